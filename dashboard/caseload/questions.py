"""The questions that colleagues put to somebody, as a list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from clinic import keys, people
from dashboard.caseload.aside_rows import detail_of, words_of
from dashboard.safety.context import printed_name
from dashboard.times import said
from recommendations.models.pause import Pause


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question: about whom, what, from whom and since when."""

    name: str
    detail: str
    question: str
    asked_by: str
    when: str
    url: str


def questions_of(pauses: Sequence[Pause], *, at: dt.datetime, zone: str) -> list[QuestionRow]:
    """The rows of these questions: two queries and the keys."""
    rows = Pause.objects.filter(pk__in=[each.pk for each in pauses]).select_related(
        "patient", "paused_by__staff"
    )
    found = {each.pk: each for each in rows}
    ring = keys.ring({each.patient_id for each in pauses})
    patients = {each.patient_id: each.patient for each in found.values() if each.patient_id in ring}
    known = people.identities(list(patients.values()), ring, at=at)
    return [
        QuestionRow(
            name=known[pause.patient_id].name,
            detail=detail_of(known[pause.patient_id]),
            question=words_of(pause, "question", ring),
            asked_by=printed_name(pause.paused_by),
            when=said(pause.paused_at, at=at, zone=zone),
            url=reverse("question", args=[pause.patient.record_number, pause.pk]),
        )
        for pause in (found[each.pk] for each in pauses)
        if pause.patient_id in known
    ]

"""Screening facts: recording what is known about a condition, and what holds now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.actor import Actor, log
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState

CONDITIONS: dict[str, StrOrPromise] = {
    "mania": _("Mania or bipolar disorder"),
    "psychosis": _("Psychosis"),
    "eating_disorder": _("Eating disorder or compulsive exercise"),
    "cardiac": _("Heart condition, or fainting on effort"),
    "pregnancy": _("Pregnancy"),
    "breathing": _("Unstable asthma or COPD"),
    "panic_breathing": _("Panic set off by noticing the breath"),
    "unsafe_setting": _("Home or neighbourhood not safe"),
}
"""Every condition that a contraindication of the catalogue may name, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one condition now; `fact` is None where nobody ever recorded anything."""

    code: str
    label: StrOrPromise
    state: ScreeningState
    fact: ScreeningFact | None


def standing(patient: Patient) -> dict[str, Standing]:
    """The newest fact of every known condition, by code; unknown where there is none."""
    newest = (
        ScreeningFact.objects.filter(patient=patient)
        .order_by("code", "-recorded_at", "-id")
        .distinct("code")
        .select_related("recorded_by__staff")
    )
    facts = {fact.code: fact for fact in newest}
    return {code: _standing(code, label, facts.get(code)) for code, label in CONDITIONS.items()}


def _standing(code: str, label: StrOrPromise, fact: ScreeningFact | None) -> Standing:
    state = ScreeningState(fact.state) if fact else ScreeningState.UNKNOWN
    return Standing(code=code, label=label, state=state, fact=fact)


@transaction.atomic
def record_facts(
    *,
    patient: Patient,
    answers: Mapping[str, ScreeningState],
    source: ScreeningSource,
    by: Actor,
    at: dt.datetime,
) -> list[ScreeningFact]:
    """Add one row for each answer that differs from what holds now; returns the new rows."""
    assert by.user is not None  # noqa: S101  facts come from a person
    present = standing(patient)
    changed = {code: state for code, state in answers.items() if _is_news(present[code], state)}
    made = []
    for code, state in changed.items():
        fact = ScreeningFact.objects.create(
            patient=patient, code=code, state=state, source=source, recorded_by=by.user, happened_at=at
        )
        log(
            "screening_fact_recorded",
            by=by,
            at=at,
            patient=patient,
            subject=fact,
            facts={"code": code, "state": state, "source": source},
        )
        made.append(fact)
    return made


def _is_news(present: Standing, state: ScreeningState) -> bool:
    return present.state != state or (present.fact is None and state != ScreeningState.UNKNOWN)

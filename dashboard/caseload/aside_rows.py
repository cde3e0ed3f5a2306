"""The rows of what is put aside, of questions to oneself, and of what one has signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import keys, people
from clinic.clock import local_date
from clinic.keys import CannotOpen, Ring
from clinic.people import Identity
from dashboard.caseload.spans import briefly
from dashboard.safety.context import printed_name
from dashboard.times import said, said_date
from recommendations.models.pause import DeferReason, Pause, PauseKind
from recommendations.models.suggestion import Suggestion
from recommendations.words import WordsChanged, draft_words


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One draft that waits. `why` is who put it aside and for what, `back` when or by whom it comes back."""

    name: str
    detail: str
    title: str
    url: str
    why: str
    question: str
    back: str
    waiting: str
    late: bool
    back_url: str


@dataclass(frozen=True, slots=True)
class Clock:
    """What holds for every row: the moment, the clinic's zone and its aim."""

    at: dt.datetime
    zone: str
    aim: dt.timedelta


def rows_of(drafts: Sequence[Suggestion], clock: Clock) -> list[AsideRow]:
    """The rows of these drafts: one query for their pauses, one for the keys."""
    pauses = _newest([draft.pk for draft in drafts])
    ring = keys.ring({draft.patient_id for draft in drafts})
    patients = {draft.patient_id: draft.patient for draft in drafts if draft.patient_id in ring}
    known = people.identities(list(patients.values()), ring, at=clock.at)
    return [
        _row(draft, pauses[draft.pk], known[draft.patient_id], ring, clock)
        for draft in drafts
        if draft.patient_id in known and draft.pk in pauses
    ]


def _newest(drafts: list[UUID]) -> dict[UUID, Pause]:
    rows = Pause.objects.filter(suggestion__in=drafts).select_related("paused_by__staff", "asked_of__staff")
    newest = rows.order_by("suggestion", "-paused_at", "-id").distinct("suggestion")
    return {pause.suggestion_id: pause for pause in newest}


def _row(draft: Suggestion, pause: Pause, person: Identity, ring: Ring, clock: Clock) -> AsideRow:
    waited = clock.at - draft.waiting_since
    args = [person.record_number, draft.pk]
    return AsideRow(
        name=person.name,
        detail=detail_of(person),
        title=title_of(draft, ring),
        url=reverse("draft", args=args),
        why=why(pause, at=clock.at, zone=clock.zone),
        question=words_of(pause, "question", ring),
        back=back(pause, at=clock.at, zone=clock.zone),
        waiting=briefly(waited),
        late=waited > clock.aim,
        back_url=reverse("draft-back", args=args),
    )


def detail_of(person: Identity) -> str:
    """Age and record number under a name."""
    return " · ".join(str(part) for part in (person.age, person.record_number) if part is not None)


def title_of(draft: Suggestion, ring: Ring) -> str:
    """A draft's title, or what is said where its words do not fit."""
    try:
        return draft_words(draft, ring).title
    except (WordsChanged, CannotOpen):
        return _("A draft that does not fit its digest")


def words_of(row: Pause, name: str, ring: Ring) -> str:
    """The sealed words of a question, or what is said where they do not open."""
    try:
        return row.unseal(ring, name)
    except CannotOpen:
        return _("These words cannot be opened.")


def why(pause: Pause, *, at: dt.datetime, zone: str) -> str:
    """Who put the draft aside, when, and why: one sentence."""
    told = {"name": printed_name(pause.paused_by), "when": said(pause.paused_at, at=at, zone=zone)}
    if pause.kind == PauseKind.DEFERRED:
        return f"{_('%(name)s deferred it %(when)s.') % told} {DeferReason(pause.reason).label}."
    return _("%(name)s asked %(when)s.") % told


def back(pause: Pause, *, at: dt.datetime, zone: str) -> str:
    """When a draft comes back by itself, or on whom it waits."""
    if pause.until is not None:
        day = local_date(at=pause.until, zone=zone)
        words = _("It comes back on %(day)s.")
        return words % {"day": said_date(day, today=local_date(at=at, zone=zone))}
    if pause.asked_of is not None:
        return _("It waits for %(name)s.") % {"name": printed_name(pause.asked_of)}
    if pause.kind == PauseKind.SESSION:
        return _("It waits for the next session: write down what the person said.")
    return _("It comes back after the next scoring run.")

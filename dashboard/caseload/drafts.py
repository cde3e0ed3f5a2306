"""A patient's drafts on their page: those that wait, those that ended, and what was not suggested, with the reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningState
from clinic.screening import CONDITIONS, Standing
from dashboard.caseload.spans import briefly
from dashboard.times import said
from recommendations import catalogue, contraindications
from recommendations.contraindications import Block
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn
from recommendations.words import WordsChanged, draft_title
from recommendations.workflow import ASIDE, STATES, UNDECIDED, State

MOST_ENDED = 10


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft: its title where it may be shown, how long it waited or how it ended. `aside`: what it waits for."""

    title: str
    kind: StrOrPromise
    url: str
    when: str
    state: StrOrPromise
    is_open: bool
    aside: StrOrPromise


@dataclass(frozen=True, slots=True)
class BlockedLine:
    """An intervention that the reading points to and that is not offered, with what speaks against it."""

    title: str
    because: str


def of_patient(patient: Patient, *, at: dt.datetime) -> list[Suggestion]:
    """The undecided drafts of a patient, and the newest of those that ended: one query, newest first."""
    rows = turn.with_turn(Suggestion.objects.filter(patient=patient), at=at).select_related("intervention")
    newest = rows.order_by("-recorded_at")[: MOST_ENDED + len(catalogue.entries())]
    return [turn.as_it_stands(draft) for draft in newest]


def lines_of(
    drafts: Sequence[Suggestion],
    ring: Ring,
    *,
    patient: Patient,
    with_words: bool,
    at: dt.datetime,
    zone: str,
) -> list[DraftLine]:
    """The drafts in words; while AI is not allowed `with_words` is False and no word of the AI is shown."""
    return [
        DraftLine(
            title=_title(draft, ring) if with_words else _("AI draft"),
            kind=catalogue.KINDS.get(draft.intervention.body["kind"], ""),
            url=reverse("draft", args=[patient.record_number, draft.pk]),
            when=_when(draft, at=at, zone=zone),
            state=STATES[State(draft.state)][0],
            is_open=draft.state in UNDECIDED,
            aside=STATES[State(draft.state)][0] if draft.state in ASIDE else "",
        )
        for draft in drafts
    ]


def _when(draft: Suggestion, *, at: dt.datetime, zone: str) -> str:
    if draft.state in UNDECIDED:
        return _("waiting %(time)s") % {"time": briefly(at - draft.waiting_since)}
    return _("drafted %(when)s") % {"when": said(draft.happened_at, at=at, zone=zone)}


def _title(draft: Suggestion, ring: Ring) -> str:
    try:
        return draft_title(draft, ring)
    except WordsChanged:
        return _("A draft whose words cannot be opened")


def blocked_lines(reading: MoodReading | None, facts: Mapping[str, Standing]) -> list[BlockedLine]:
    """What the newest reading points to but screening blocks; empty without a reading."""
    if reading is None:
        return []
    states = {code: each.state for code, each in facts.items()}
    return [
        BlockedLine(entry.title, "; ".join(block_words(block) for block in against))
        for entry, against in contraindications.blocked_by(reading, states)
    ]


def block_words(block: Block) -> str:
    """What speaks against a step: "Mania: present"."""
    label, state = str(CONDITIONS[block.condition]), block.state
    words = _("%(condition)s: present") if state == ScreeningState.PRESENT else _("%(condition)s: not known")
    return words % {"condition": label}

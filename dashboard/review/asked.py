"""The questions about one draft with their answers, and what an undecided draft waits for."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.keys import CannotOpen, Ring
from dashboard.caseload.aside_rows import back, why
from dashboard.safety.context import printed_name
from dashboard.times import said
from recommendations.models.pause import Answer, Pause, PauseKind
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn
from recommendations.workflow import ASIDE


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and its answer where there is one. All of it are words of staff."""

    asked: str
    question: str
    answered: str
    answer: str


@dataclass(frozen=True, slots=True)
class Paused:
    """What an undecided draft waits for. `session` is the question that this person may answer now."""

    why: str
    back: str
    session: Pause | None


@dataclass(frozen=True, slots=True)
class Talk:
    """All that was asked about a draft, oldest first, how often it was deferred, and what it waits for now."""

    questions: tuple[Asked, ...]
    deferred: int
    paused: Paused | None


def talk_about(draft: Suggestion, ring: Ring, *, at: dt.datetime, zone: str) -> Talk:
    """What was said about this draft: one query, two where something was asked."""
    found = turn.pauses_of(draft)
    newest = found[-1][0] if found and draft.state in ASIDE else None
    return Talk(
        questions=tuple(
            _asked(pause, answer, ring, at=at, zone=zone)
            for pause, answer in found
            if pause.kind != PauseKind.DEFERRED
        ),
        deferred=sum(pause.kind == PauseKind.DEFERRED for pause, _answer in found),
        paused=_paused(newest, at=at, zone=zone) if newest else None,
    )


def _paused(pause: Pause, *, at: dt.datetime, zone: str) -> Paused:
    return Paused(
        why=why(pause, at=at, zone=zone),
        back=back(pause, at=at, zone=zone),
        session=pause if pause.kind == PauseKind.SESSION else None,
    )


def _asked(pause: Pause, answer: Answer | None, ring: Ring, *, at: dt.datetime, zone: str) -> Asked:
    to = printed_name(pause.asked_of) if pause.asked_of else str(PauseKind(pause.kind).label)
    who = {
        "name": printed_name(pause.paused_by),
        "to": to,
        "when": said(pause.paused_at, at=at, zone=zone),
    }
    words = _("%(name)s asked %(to)s, %(when)s") if pause.asked_of else _("%(name)s, %(when)s: %(to)s")
    return Asked(
        asked=words % who,
        question=opened(pause, "question", ring),
        answered=_answered(answer, at=at, zone=zone) if answer else "",
        answer=opened(answer, "words", ring) if answer else "",
    )


def _answered(answer: Answer, *, at: dt.datetime, zone: str) -> str:
    words = _("%(name)s answered, %(when)s")
    return words % {
        "name": printed_name(answer.answered_by),
        "when": said(answer.answered_at, at=at, zone=zone),
    }


def opened(row: Pause | Answer, name: str, ring: Ring) -> str:
    """Sealed words, or what is said where they do not open."""
    try:
        return row.unseal(ring, name)
    except CannotOpen:
        return _("These words cannot be opened.")

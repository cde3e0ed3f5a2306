"""Many decisions about one draft at the same moment: who does what, and what must be true of the draft afterwards."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from audit.models import AuditEntry
from clinic.actor import Actor
from clinic.models.screening import ScreeningSource, ScreeningState
from recommendations import catalogue, permissions, review, waiting
from recommendations.models.pause import Pause
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided, ReviewRefused
from recommendations.situation import SituationChanged
from recommendations.workflow import MOVES, State
from tests.signing import OWN_WORDS, opened, signed

ENTRIES = {move.name: move.audit for move in MOVES}
DECISIONS = ("approve", "amend", "reject", "defer", "ask")
MARKED = {"approved": "approve", "amended": "amend", "rejected": "reject", "deferred": "defer"}


@dataclass(frozen=True, slots=True)
class Act:
    """What one person does with a draft, once `go` is called."""

    name: str
    draft: Suggestion
    go: Callable[[], Any]


def ten_acts(draft: Suggestion, treating: Actor, covering: Actor, *, at: dt.datetime) -> list[Act]:
    """Sign, change, decline, defer and ask by two people who have read the draft, and a fact that withdraws it."""
    acts = [
        _signs(draft, treating, at=at),
        _signs(draft, covering, at=at),
        _signs(draft, covering, at=at, changed=True),
        *(_declines(draft, by, at=at) for by in (treating, covering)),
        *(_defers(draft, by, at=at) for by in (treating, covering)),
        *(_asks(draft, by, at=at) for by in (treating, covering)),
        _withdraws(draft, treating, at=at),
    ]
    assert len(acts) == 10
    return acts


def _signs(draft: Suggestion, by: Actor, *, at: dt.datetime, changed: bool = False) -> Act:
    page = opened(draft, by, words=OWN_WORDS if changed else None, at=at)
    return Act("amend" if changed else "approve", draft, lambda: signed(page, by, at=at))


def _declines(draft: Suggestion, by: Actor, *, at: dt.datetime) -> Act:
    def go() -> Review:
        return review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=by, at=at)

    return Act("reject", draft, go)


def _defers(draft: Suggestion, by: Actor, *, at: dt.datetime) -> Act:
    day = waiting.return_days(at=at, zone="Europe/London")[0]
    return Act(
        "defer",
        draft,
        lambda: waiting.defer(suggestion=draft, reason="see_first", until=day, by=by, at=at),
    )


def _asks(draft: Suggestion, by: Actor, *, at: dt.datetime) -> Act:
    def go() -> Pause:
        return waiting.ask(suggestion=draft, kind="session", question="Since when?", by=by, at=at)

    return Act("ask", draft, go)


def _withdraws(draft: Suggestion, by: Actor, *, at: dt.datetime) -> Act:
    """New evidence: a condition that speaks against the step."""
    rules = catalogue.of_body(draft.intervention.body).contraindications
    answers = {rules[0].condition: ScreeningState.PRESENT}

    def go() -> object:
        return permissions.record_screening(
            patient=draft.patient, answers=answers, source=ScreeningSource.INTERVIEW, by=by, at=at
        )

    return Act("withdraw", draft, go)


def faults(draft: Suggestion, acts: Sequence[Act], answers: Sequence[Any]) -> list[str]:
    """What is wrong with one draft after these acts were answered so; empty when it had exactly one outcome."""
    done = [act.name for act, answer in zip(acts, answers, strict=True) if _took_place(act, answer)]
    said = [answer for answer in answers if isinstance(answer, BaseException)]
    draft.refresh_from_db()
    written = [review.verdict for review in Review.objects.filter(suggestion=draft)]
    written += [MARKED.get(pause.kind, "ask") for pause in Pause.objects.filter(suggestion=draft)]
    rows = sorted(MARKED.get(each, each) for each in written)
    log = list(AuditEntry.objects.filter(subject_id=str(draft.pk)).values_list("action", flat=True))
    released = Publication.objects.filter(signature__review__suggestion=draft).count()
    checks = {
        f"decided by {done}": len(done) <= 1,
        f"not decided: {draft.state}": bool(done) or draft.state == State.WITHDRAWN,
        f"rows {rows} after {done}": rows == sorted(done),
        f"log {log} after {done}": _told(log) == [ENTRIES[name] for name in done],
        f"log {log} at the end {draft.state}": log.count(ENTRIES["withdraw"])
        == (draft.state == State.WITHDRAWN),
        f"withdrawn after {done}": draft.state != State.WITHDRAWN or done in ([], ["defer"], ["ask"]),
        f"{released} released after {done}": released == sum(name in ("approve", "amend") for name in done),
        f"not told in words: {said}": all(_in_words(each) for each in said),
    }
    return [what for what, holds in checks.items() if not holds]


def _took_place(act: Act, answer: Any) -> bool:
    return act.name in DECISIONS and not isinstance(answer, BaseException)


def _told(log: Sequence[str]) -> list[str]:
    return [action for action in log if action in {ENTRIES[name] for name in DECISIONS}]


def _in_words(error: BaseException) -> bool:
    """Whether somebody who came too late is told a sentence; after a decision, which one it was."""
    known = isinstance(error, ReviewRefused | SituationChanged) and str(error).endswith(".")
    if isinstance(error, AlreadyDecided) and error.review is not None:
        return known and error.review.decided_by_id is not None
    return known

"""The one place that says whether somebody changed (SR-8). Nothing else here or on any page words a change.

A difference counts only where it reaches the instrument's reliable change; which way is better is the instrument's.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.questionnaires.definition import Definition


class Change(StrEnum):
    """The only words for a change."""

    IMPROVED = "reliable_improvement"
    NONE = "no_reliable_change"
    WORSE = "reliable_deterioration"


WORDS: dict[Change, StrOrPromise] = {
    Change.IMPROVED: _("Reliable improvement"),
    Change.NONE: _("No reliable change"),
    Change.WORSE: _("Reliable deterioration"),
}


class NoWord(StrEnum):
    """Why nothing is said about a change."""

    NO_THRESHOLD = "no_threshold"
    TOO_FEW = "too_few"


REASONS: dict[NoWord, StrOrPromise] = {
    NoWord.NO_THRESHOLD: _(
        "No reliable change is known for this questionnaire, so nothing is said about a change."
    ),
    NoWord.TOO_FEW: _("A change needs two totals from validated forms."),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One filled form as far as a change is concerned. `total` is None where its rule allows none."""

    on: dt.date
    total: float | None
    validated: bool
    definition: Definition


@dataclass(frozen=True, slots=True)
class Statement:
    """What can be said about a change, always with its baseline and the number of forms that it rests on.

    `may_drift` says that the baseline was a case and the total went the better way since: totals that start high fall
    somewhat without any treatment. `since_best` is the change since the best total in between, where that was better
    than the baseline: somebody who fell from 15 to 6 and is at 15 again has not "not changed".
    `left_out` counts forms that do not count here: without a total, not validated, or of an incomparable version.
    """

    change: Change
    recovered: bool
    baseline_on: dt.date
    baseline: float
    latest_on: dt.date
    latest: float
    points: int
    left_out: int
    may_drift: bool
    since_best: "Since | None" = None
    since_last: "Since | None" = None

    @property
    def is_worse(self) -> bool:
        """Whether any of the comparisons is a reliable deterioration."""
        compared = (self, self.since_best, self.since_last)
        return any(each is not None and each.change is Change.WORSE for each in compared)


@dataclass(frozen=True, slots=True)
class Since:
    """The change of the newest total since one form after the baseline."""

    change: Change
    on: dt.date
    total: float


def stated(points: Sequence[Point]) -> Statement | NoWord:
    """What the forms of one instrument, oldest first, say about a change: since the first of them, since the best total
    in between, and since the form before."""
    counted = [(point, point.total) for point in points if point.validated and point.total is not None]
    if not counted:
        return NoWord.TOO_FEW
    last, latest = counted[-1]
    definition = last.definition
    if definition.reliable_change is None:
        return NoWord.NO_THRESHOLD
    counted = [pair for pair in counted if comparable(pair[0].definition, definition)]
    if len(counted) < 2:
        return NoWord.TOO_FEW
    first, baseline = counted[0]
    change = _change(definition, definition.reliable_change, baseline, latest)
    was_case, is_case = definition.is_case(baseline), definition.is_case(latest)
    return Statement(
        change=change,
        recovered=change is Change.IMPROVED and was_case and not is_case,
        baseline_on=first.on,
        baseline=baseline,
        latest_on=last.on,
        latest=latest,
        points=len(counted),
        left_out=len(points) - len(counted),
        may_drift=was_case and _gained(definition, baseline, latest) > 0,
        since_best=_since_best(definition, definition.reliable_change, counted),
        since_last=_since(definition, definition.reliable_change, counted[-2], latest)
        if len(counted) > 2
        else None,
    )


def _since_best(definition: Definition, least: int, counted: Sequence[tuple[Point, float]]) -> Since | None:
    """None where no total in between was better than the first."""
    (_first, baseline), (_last, latest) = counted[0], counted[-1]
    between = [pair for pair in counted[1:-1] if _gained(definition, baseline, pair[1]) > 0]
    if not between:
        return None
    best = max(reversed(between), key=lambda pair: _gained(definition, baseline, pair[1]))
    return _since(definition, least, best, latest)


def _since(definition: Definition, least: int, before: tuple[Point, float], latest: float) -> Since:
    point, total = before
    return Since(_change(definition, least, total, latest), point.on, total)


def _gained(definition: Definition, before: float, after: float) -> float:
    """Points by which it went the better way."""
    return after - before if definition.higher_is_better else before - after


def _change(definition: Definition, least: int, baseline: float, latest: float) -> Change:
    gained = _gained(definition, baseline, latest)
    if gained >= least:
        return Change.IMPROVED
    return Change.WORSE if gained <= -least else Change.NONE


def comparable(one: Definition, other: Definition) -> bool:
    """Whether totals of two versions measure the same: the same questions, answers and direction."""
    return (
        [each.code for each in one.questions] == [each.code for each in other.questions]
        and [each.value for each in one.options] == [each.value for each in other.options]
        and one.scoring.factor == other.scoring.factor
        and one.higher_is_better == other.higher_is_better
    )

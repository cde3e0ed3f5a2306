"""When an assigned instrument is due, late or answered. Dates in, dates out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

LATE_AFTER = dt.timedelta(days=3)
"""So many days after the day on which it is due, a form is late. Our choice: long enough for a weekend."""


class State(StrEnum):
    """Where an assignment stands on a day."""

    UPCOMING = "upcoming"
    DUE = "due"
    LATE = "late"
    ANSWERED = "answered"
    OVER = "over"


STATES: dict[State, StrOrPromise] = {
    State.UPCOMING: _("Not due yet"),
    State.DUE: _("Due"),
    State.LATE: _("Late"),
    State.ANSWERED: _("Answered"),
    State.OVER: _("Over"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Once from `starts_on` on, or every `every_weeks` weeks up to `until`."""

    starts_on: dt.date
    every_weeks: int | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan stands: the day on which the present form fell due, the next such day, what was missed."""

    state: State
    due_on: dt.date | None
    next_on: dt.date | None
    missed: int

    @property
    def is_open(self) -> bool:
        """Whether somebody is asked for an answer now."""
        return self.state in {State.DUE, State.LATE}


def due_days(plan: Plan) -> list[dt.date]:
    """Every day on which a form falls due."""
    if plan.every_weeks is None or plan.until is None:
        return [plan.starts_on]
    step = dt.timedelta(weeks=plan.every_weeks)
    count = (plan.until - plan.starts_on) // step + 1
    return [plan.starts_on + step * number for number in range(count)]


def place_of(plan: Plan, answered_on: Sequence[dt.date], *, today: dt.date) -> Place:
    """Where a plan stands today, given the days on which its form was answered.

    An answer counts for the form that was due last; a form is missed once the next one is due.
    """
    days = due_days(plan)
    ends = [*days[1:], days[-1] + dt.timedelta(weeks=plan.every_weeks) if plan.every_weeks else dt.date.max]
    windows = [
        (begin, any(begin <= day < end for day in answered_on), end)
        for begin, end in zip(days, ends, strict=True)
    ]
    past = [window for window in windows if window[2] <= today]
    coming = [begin for begin, _answered, _end in windows if begin > today]
    present = next((window for window in windows if window[0] <= today < window[2]), None)
    missed = sum(not answered for _begin, answered, _end in past)
    following = coming[0] if coming else None
    if present is None:
        return Place(State.UPCOMING if coming else State.OVER, None, following, missed)
    begin, answered, _end = present
    if answered:
        return Place(State.ANSWERED, None, following, missed)
    return Place(State.LATE if today - begin >= LATE_AFTER else State.DUE, begin, following, missed)

"""What comes next with an alert: the very steps that page, told before their time has come."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.models.page import Step
from clinic.oncall import ahead, escalation
from clinic.oncall.escalation import CEILING, Case
from clinic.oncall.minutes import Minutes

NOW = dt.datetime(2026, 11, 30, 3, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
OWNER, PATIENT = UUID(int=7), UUID(int=9)


def case(level: int = 2, *, since: dt.datetime = NOW, **more: Any) -> Case:
    return replace(Case(alert=uuid4(), patient=PATIENT, level=level, since=since), **more)


def coming(
    one: Case, *cases: Case, made: tuple[tuple[str, int], ...] = (), after: float
) -> list[tuple[str, float]]:
    keys = {(each.alert, step, turn) for each in (one, *cases) for step, turn in made}
    at = NOW + after * MINUTE
    found = ahead.of_cases([one, *cases], keys, Minutes(), at=at).alerts[one.alert]
    return [(each.step.value, (each.due_at - NOW) / MINUTE) for each in found]


@pytest.mark.parametrize(
    ("after", "made", "expected"),
    [
        (1, [("first", 0)], [("second", 15), ("duty_lead", 30), ("everybody", 60)]),
        (16, [("first", 0), ("second", 0)], [("duty_lead", 30), ("everybody", 60)]),
        (70, [("first", 0), ("second", 0), ("duty_lead", 0), ("everybody", 0)], [("everybody", 120)]),
        (35, [("first", 0), ("second", 0), ("duty_lead", 0), ("everybody", 0)], [("everybody", 120)]),
        (16, [("first", 0)], [("second", 15), ("duty_lead", 30), ("everybody", 60)]),
    ],
)
def test_of_an_alert_that_nobody_has_every_step_that_was_not_made_is_ahead(
    after: float, made: list[tuple[str, int]], expected: list[tuple[str, float]]
) -> None:
    assert coming(case(), made=tuple(made), after=after) == expected


def test_a_later_alert_of_the_same_person_has_the_clock_of_the_first() -> None:
    later, oldest = case(since=NOW + 10 * MINUTE), case(was_paged=True)
    assert coming(later, oldest, after=11) == [("second", 15), ("duty_lead", 30), ("everybody", 60)]


def test_of_an_alert_that_somebody_has_the_owner_is_reminded_and_then_everybody() -> None:
    owned = case(owner=OWNER, taken_at=NOW + MINUTE)
    ceiling = CEILING / MINUTE
    assert coming(owned, after=2) == [("unanswered", 241), ("ceiling", ceiling)]
    assert coming(owned, made=(("unanswered", 1),), after=242) == [("ceiling", ceiling)]


def test_those_that_somebody_has_and_those_that_wait_have_clocks_of_their_own() -> None:
    owned, waits = case(owner=OWNER, taken_at=NOW), case(since=NOW + 5 * MINUTE, was_paged=True)
    assert coming(owned, waits, after=6)[0] == ("unanswered", 240)
    assert coming(waits, owned, after=6)[0] == ("second", 20)


@given(after=st.integers(0, 5_000), owned=st.booleans())
def test_what_is_said_to_come_next_is_what_the_watch_makes_next(after: int, owned: bool) -> None:
    """Whatever was due so far was made. Before the time that is said nothing is due, at that time just this is."""
    one = case(owner=OWNER, taken_at=NOW) if owned else case()
    at = NOW + after * MINUTE
    made = {
        each.key
        for minute in range(after + 1)
        for each in escalation.due([one], Minutes(), at=NOW + minute * MINUTE)
    }
    first = ahead.of_cases([one], made, Minutes(), at=at).alerts[one.alert][0]
    assert first.due_at > at
    before = escalation.due([one], Minutes(), at=first.due_at - dt.timedelta(seconds=1))
    assert all(each.key in made for each in before)
    assert first.key in {each.key for each in escalation.due([one], Minutes(), at=first.due_at)}
    assert first.step in Step

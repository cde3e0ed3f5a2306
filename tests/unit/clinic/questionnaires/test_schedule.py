"""When an assigned form is due, late, answered or missed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.questionnaires.schedule import LATE_AFTER, Plan, State, due_days, place_of

DAY = dt.date(2026, 9, 7)
ONCE = Plan(DAY)
FORTNIGHTLY = Plan(DAY, 2, DAY + dt.timedelta(weeks=8))


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def test_a_rhythm_ends_with_its_last_day() -> None:
    assert due_days(ONCE) == [DAY]
    assert due_days(FORTNIGHTLY) == [after(14 * number) for number in range(5)]
    assert due_days(Plan(DAY, 2, after(27))) == [DAY, after(14)]


@pytest.mark.parametrize(
    ("today", "answered", "state"),
    [
        (after(-1), [], State.UPCOMING),
        (after(0), [], State.DUE),
        (after(2), [], State.DUE),
        (after(3), [], State.LATE),
        (after(300), [], State.LATE),
        (after(5), [after(4)], State.ANSWERED),
        (after(5), [after(-1)], State.LATE),
    ],
)
def test_once(today: dt.date, answered: list[dt.date], state: State) -> None:
    assert place_of(ONCE, answered, today=today).state is state


def test_an_answer_counts_for_the_form_that_was_due_last() -> None:
    place = place_of(FORTNIGHTLY, [after(0), after(20)], today=after(21))
    assert (place.state, place.next_on, place.missed) == (State.ANSWERED, after(28), 0)
    place = place_of(FORTNIGHTLY, [after(0), after(20)], today=after(28))
    assert (place.state, place.due_on, place.next_on) == (State.DUE, after(28), after(42))


def test_a_form_is_missed_once_the_next_one_is_due_and_after_the_last_day_it_is_over() -> None:
    assert place_of(FORTNIGHTLY, [], today=after(29)).missed == 2
    over = place_of(FORTNIGHTLY, [after(1)], today=after(14 * 5))
    assert (over.state, over.due_on, over.next_on, over.missed) == (State.OVER, None, None, 4)


@given(
    weeks=st.integers(1, 12),
    length=st.integers(0, 400),
    today=st.integers(-30, 500),
    answered=st.lists(st.integers(0, 500), max_size=10),
)
def test_every_day_has_one_state_and_answers_never_make_more_work(
    weeks: int, length: int, today: int, answered: list[int]
) -> None:
    plan = Plan(DAY, weeks, after(length))
    without = place_of(plan, [], today=after(today))
    place = place_of(plan, [after(each) for each in answered], today=after(today))
    assert place.missed <= without.missed
    assert place.is_open <= without.is_open
    assert (place.due_on is not None) == place.is_open
    if place.state is State.LATE:
        assert place.due_on is not None
        assert after(today) - place.due_on >= LATE_AFTER

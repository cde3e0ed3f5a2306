"""Counts of a year: no cell tells of a few people, also not by subtracting, and nothing moves with one alert."""

import datetime as dt
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from clinic.safety.counts import Row, told
from clinic.safety.ledger.categories import CATEGORIES, ordered
from clinic.safety.ledger.groups import is_small
from clinic.safety.ledger.year import counted

WHEN = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)


def row(patient: int, level: int, category: str, outcome: str = "spoke") -> Row:
    return (UUID(int=patient), level, [category], WHEN, outcome)


ROWS = st.lists(
    st.builds(
        row,
        st.integers(0, 40),
        st.integers(1, 3),
        st.sampled_from(["distress", "overdose", "mania"]),
        st.sampled_from(["spoke", "no_danger", "resolved"]),
    ),
    max_size=120,
)


def people(rows: list[Row], category: str, *levels: int) -> int:
    return len({one[0] for one in rows if one[2] == [category] and one[1] in levels})


@given(ROWS)
def test_no_cell_and_no_rest_of_a_line_tells_of_a_few(rows: list[Row]) -> None:
    for line in told(2025, rows, is_over=True).lines:
        if line.alerts is None:
            continue
        hidden = [level for level, count in zip((1, 2, 3), line.counts, strict=True) if count is None]
        for level, count in zip((1, 2, 3), line.counts, strict=True):
            assert count is None or not is_small(people(rows, line.category, level))
        assert not is_small(people(rows, line.category, *hidden))


@given(ROWS)
def test_what_is_told_is_what_was_counted(rows: list[Row]) -> None:
    found = told(2025, rows, is_over=True)
    assert found.total in {None, len(rows)}
    for line in found.lines:
        own = [one for one in rows if one[2] == [line.category]]
        assert line.alerts in {None, len(own)}
        for level, count in zip((1, 2, 3), line.counts, strict=True):
            assert count in {None, sum(one[1] == level for one in own)}


@given(ROWS, st.integers(1, 3), st.sampled_from(["distress", "overdose", "mania"]))
def test_two_looks_round_one_alert_of_the_running_year_say_only_that_there_is_one_more(
    rows: list[Row], level: int, category: str
) -> None:
    before = told(2025, rows, is_over=False)
    after = told(2025, [*rows, row(7, level, category, "")], is_over=False)
    assert (before.lines, before.outcomes) == (after.lines, after.outcomes) == ((), ())


def test_planted_fault_categories_of_the_running_year_would_say_what_the_new_alert_is_about() -> None:
    rows = [row(number, 1, "distress") for number in range(30)] + [
        row(number, 2, "mania") for number in range(30)
    ]
    before, after = (told(2025, each, is_over=True) for each in (rows, [*rows, row(7, 2, "mania")]))
    assert set(after.lines) - set(before.lines)


def test_how_alerts_ended_is_told_once_none_is_open() -> None:
    rows = [row(number, 1, "distress") for number in range(30)]
    assert told(2025, rows, is_over=True).outcomes == (("spoke", 30),)
    assert told(2025, [*rows, row(7, 1, "distress", "")], is_over=True).outcomes == ()
    few = [*rows, row(7, 1, "distress", "no_danger")]
    assert told(2025, few, is_over=True).outcomes == (("spoke", None), ("no_danger", None))


def test_one_emergency_in_a_large_category_is_not_told() -> None:
    rows = [row(number, 1, "distress") for number in range(30)] + [
        row(number, 2, "distress") for number in range(20)
    ]
    [line] = counted(2025, [one[:4] for one in [*rows, row(3, 3, "distress")]]).lines
    assert (line.counts, line.alerts) == ((30, None, None), 51)


def test_categories_stand_in_order_of_gravity() -> None:
    assert ordered(reversed(CATEGORIES)) == list(CATEGORIES)
    assert ordered(["zzz", "distress", "overdose"]) == ["overdose", "distress", "zzz"]

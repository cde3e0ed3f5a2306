"""Questionnaires and sleep as indications, cell by cell: each threshold from below and above, fresh and stale."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.models.observation import Signal
from recommendations import catalogue, indications
from recommendations.indications import FormSignal, Score, Signals, SleepSignal, forms_of, met_by, sleep_of
from recommendations.models.reading import MoodReading
from recommendations.releases import SUGGEST_PARAMETERS
from recommendations.rule_wording import INDICATIONS

TODAY = dt.date(2026, 3, 30)
PHQ9, PHQ8, GAD7 = Signal.PHQ9, Signal.PHQ8, Signal.GAD7


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def met(signal: Signal, total: float, before: float | None = None) -> set[str]:
    """What one questionnaire alone indicates, with nothing else to read."""
    earlier = None if before is None else Score(signal, ago(28), before)
    return set(met_by(MoodReading(facts=None), Signals((FormSignal(Score(signal, TODAY, total), earlier),))))


AT, RISES, EASES = "depression_at_caseness", "depression_rising", "depression_easing"
ANXIOUS, MORE = "anxiety_at_caseness", "anxiety_rising"

CELLS: list[tuple[Signal, float, float | None, set[str]]] = [
    # At caseness: the bands' own boundaries (4/5, 9/10, 14/15, 19/20) change nothing but at 10.
    *[(form, total, None, set()) for form in (PHQ9, PHQ8, GAD7) for total in (0, 4, 5, 9)],
    *[(form, total, None, {AT}) for form in (PHQ9, PHQ8) for total in (10, 14, 15, 19, 20, 24)],
    (PHQ9, 27, None, {AT}),
    *[(GAD7, total, None, {ANXIOUS}) for total in (10, 14, 15, 21)],
    # A rise is one from the reliable change on: 6 points of a PHQ, 4 of a GAD-7.
    (PHQ9, 9, 4, set()),
    (PHQ9, 9, 3, {RISES}),
    (PHQ8, 9, 4, set()),
    (PHQ8, 9, 3, {RISES}),
    (PHQ9, 15, 10, {AT}),
    (PHQ9, 16, 10, {AT, RISES}),
    (GAD7, 9, 6, set()),
    (GAD7, 9, 5, {MORE}),
    (GAD7, 10, 7, {ANXIOUS}),
    (GAD7, 11, 7, {ANXIOUS, MORE}),
    # Easing is a reliable fall to below caseness, of depression alone.
    (PHQ9, 9, 15, {EASES}),
    (PHQ9, 9, 14, set()),
    (PHQ9, 10, 16, {AT}),
    (PHQ8, 3, 9, {EASES}),
    (PHQ8, 4, 9, set()),
    (GAD7, 5, 15, set()),
    # The same total twice says nothing new.
    (PHQ9, 9, 9, set()),
    (GAD7, 12, 12, {ANXIOUS}),
]


@pytest.mark.parametrize(("signal", "total", "before", "expected"), CELLS)
def test_a_total_indicates_what_its_cell_says(
    signal: Signal, total: float, before: float | None, expected: set[str]
) -> None:
    assert met(signal, total, before) == expected


def wrong_cells() -> int:
    return sum(met(signal, total, before) != expected for signal, total, before, expected in CELLS)


RELIABLE = {"phq9": 6, "phq8": 6, "gad7": 4}
OFF_BY_ONE = [(form, points + step) for form, points in RELIABLE.items() for step in (-1, 1)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("caseness", 9),
        ("caseness", 11),
        *[("reliable_change", RELIABLE | {form: points}) for form, points in OFF_BY_ONE],
    ],
)
def test_planted_fault_a_threshold_that_is_off_by_one_point_is_found(
    name: str, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wrong_cells() == 0
    monkeypatch.setitem(SUGGEST_PARAMETERS["questionnaire"], name, value)
    assert wrong_cells() > 0


@pytest.mark.parametrize(
    ("days", "read"), [(0, True), (27, True), (28, True), (29, False), (200, False), (-1, False)]
)
def test_a_total_counts_for_four_weeks_and_never_before_its_day(days: int, read: bool) -> None:
    found = forms_of([Score(PHQ9, ago(days), 20)], today=TODAY)
    assert bool(found) is read


@pytest.mark.parametrize(
    ("earlier", "compared"), [(13, False), (14, True), (28, True), (182, True), (183, False)]
)
def test_it_is_compared_with_one_at_least_two_weeks_and_at_most_half_a_year_older(
    earlier: int, compared: bool
) -> None:
    (form,) = forms_of([Score(PHQ9, ago(earlier), 4), Score(PHQ9, TODAY, 12)], today=TODAY)
    assert (form.before is not None) is compared
    assert form.change == (8 if compared else None)


def test_a_newer_total_takes_the_place_of_an_older_one_even_where_it_is_lower() -> None:
    rows = [Score(PHQ9, ago(30), 20), Score(PHQ9, ago(1), 8)]
    (form,) = forms_of(rows, today=TODAY)
    assert (form.newest.value, form.change) == (8, -12)
    assert met_by(MoodReading(facts=None), Signals((form,))) == {EASES}


def test_a_total_of_one_form_is_never_compared_with_that_of_another() -> None:
    forms = forms_of([Score(PHQ8, ago(28), 2), Score(PHQ9, TODAY, 9)], today=TODAY)
    assert all(form.before is None for form in forms)


def nights(recent: int, usual: int, *, short: float, long: float = 8.0) -> SleepSignal | None:
    """The newest `recent` nights of the last week and the newest `usual` ones before it."""
    rows = [Score(Signal.SLEEP, ago(7 + number), long) for number in reversed(range(usual))]
    rows += [Score(Signal.SLEEP, ago(number), short) for number in reversed(range(recent))]
    return sleep_of(rows, today=TODAY)


@pytest.mark.parametrize(
    ("recent", "usual", "read"),
    [(0, 28, False), (4, 28, False), (5, 13, False), (5, 14, True), (7, 28, True), (7, 0, False)],
)
def test_sleep_is_read_from_five_nights_of_the_week_and_fourteen_before_it(
    recent: int, usual: int, read: bool
) -> None:
    assert (nights(recent, usual, short=5) is not None) is read


@pytest.mark.parametrize(
    ("short", "expected"), [(8.5, False), (8.0, False), (7.1, False), (7.0, True), (4.0, True), (0.0, True)]
)
def test_an_hour_less_than_usual_is_a_sign_and_less_than_an_hour_is_none(
    short: float, expected: bool
) -> None:
    signals = Signals(sleep=nights(7, 28, short=short))
    assert ("sleep_shorter_than_usual" in met_by(MoodReading(facts=None), signals)) is expected


@pytest.mark.parametrize(
    ("day", "in_week", "in_all"), [(0, 1, 1), (6, 1, 1), (7, 0, 1), (34, 0, 1), (35, 0, 0), (-1, 0, 0)]
)
def test_the_week_has_seven_nights_and_what_it_is_compared_with_twenty_eight(
    day: int, in_week: int, in_all: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = SUGGEST_PARAMETERS["sleep_shorter_than_usual"] | {
        "least_recent_nights": 0,
        "least_usual_nights": 0,
    }
    monkeypatch.setitem(SUGGEST_PARAMETERS, "sleep_shorter_than_usual", rules)
    always = [Score(Signal.SLEEP, ago(20), 8.0), Score(Signal.SLEEP, ago(3), 8.0)]
    found = sleep_of([*always, Score(Signal.SLEEP, ago(day), 6.0)], today=TODAY)
    assert found is not None
    assert found.recent_nights - 1 == in_week
    assert found.recent_nights + found.usual_nights - 2 == in_all


@given(
    st.lists(
        st.builds(
            Score,
            st.sampled_from([PHQ9, GAD7, Signal.SLEEP]),
            st.integers(-5, 250).map(ago),
            st.floats(0, 21),
        ),
        max_size=30,
    )
)
def test_what_lies_outside_the_windows_changes_nothing(rows: list[Score]) -> None:
    """So it does not matter who else is scored in the same chunk, for whom more days are fetched."""
    rows.sort(key=lambda row: row.day)
    inside = [row for row in rows if ago(182) <= row.day <= TODAY]
    near = [row for row in rows if ago(34) <= row.day <= TODAY]
    assert forms_of(rows, today=TODAY) == forms_of(inside, today=TODAY)
    assert sleep_of(rows, today=TODAY) == sleep_of(near, today=TODAY)


def test_every_step_is_indicated_by_a_rule_that_has_words_and_every_rule_indicates_a_step() -> None:
    assert {entry.indication for entry in catalogue.entries().values()} == set(INDICATIONS)
    assert {*indications.CASENESS.values(), *indications.RISING.values()} <= set(INDICATIONS)

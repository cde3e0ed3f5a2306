"""One call reads a chunk: shapes, the two modes, and no word or line where the reading is held back."""

import numpy as np
import pytest

from recommendations.scoring.direction import Direction
from recommendations.scoring.evidence import HeldBack
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.reading import read_chunk
from tests.unit.recommendations.scoring.chunks import (
    FIRST_DAY,
    check_any_chunk,
    check_causal,
    history,
    latest,
    levels,
    same,
    synthetic,
)
from tests.unit.recommendations.scoring.plain import TWO_SIGNALS


def test_the_latest_mode_is_the_last_day_of_the_history() -> None:
    values = synthetic(7, 60, seed=26, signals=2)
    last, every = latest(values, TWO_SIGNALS), history(values, TWO_SIGNALS)
    assert every.days == range(FIRST_DAY, FIRST_DAY + 60)
    assert last.days == range(FIRST_DAY + 59, FIRST_DAY + 60)
    for part in ("figures", "evidence"):
        for field in getattr(last, part).__dataclass_fields__:
            one, other = getattr(getattr(last, part), field), getattr(getattr(every, part), field)
            assert one.shape == (7, 1, 2)
            assert same(one[:, 0], other[:, -1])
    for field in last.facts.__dataclass_fields__:
        assert same(getattr(last.facts, field), getattr(every.facts, field))


def test_levels_and_words_are_shown_exactly_where_nothing_holds_them_back() -> None:
    values = synthetic(50, 90, seed=27, missing=0.55)
    reading = history(values)
    shown = reading.evidence.held_back == HeldBack.NONE
    assert 0 < shown.mean() < 1
    for part, whole in levels(values).items():
        assert same(getattr(reading.figures, part), np.where(shown, whole, np.nan))
    scored = reading.figures.direction != Direction.NOT_SCORED
    assert same(scored, shown & ~np.isnan(reading.figures.usual_middle))


def test_a_reading_knows_no_future_and_no_other_patient() -> None:
    values = synthetic(9, 70, seed=28)
    check_causal(lambda some: history(some).figures.numbers(), values, 40)
    check_any_chunk(lambda some: latest(some).figures.numbers(), values)


def test_an_empty_chunk_gives_no_readings() -> None:
    reading = read_chunk(np.empty((0, 30, 1)), first_day=FIRST_DAY, release=MOOD_1)
    assert reading.figures.level.shape == (0, 1, 1)
    assert reading.reading_digests == ()


def test_a_reading_leaves_its_input_as_it_was() -> None:
    values = synthetic(3, 40, seed=29)
    before = values.copy()
    history(values)
    assert same(values, before)


def test_values_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="off its scale"):
        latest(np.full((1, 5, 1), 11.0))

"""The word for a reading follows from two ranges by fixed rules, and from the person's own days only."""

import numpy as np
import pytest

from recommendations.scoring.direction import Direction, direction
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.usual import UsualRange
from tests.unit.recommendations.scoring.chunks import (
    Chunk,
    check_any_chunk,
    check_causal,
    history,
    latest,
    synthetic,
)
from tests.unit.recommendations.scoring.plain import TWO_SIGNALS


def one(*values: float) -> Chunk:
    return np.array([values])


def usual(factor: float = 1.0) -> UsualRange:
    return UsualRange(*(one(edge, edge * 10 * factor) for edge in (4.0, 4.4, 6.0, 7.6, 8.0)))


@pytest.mark.parametrize(
    ("low", "high", "said", "where_higher_is_worse"),
    [
        (3.6, 4.3, Direction.LIKELY_WORSE, Direction.LIKELY_BETTER),
        (3.6, 4.4, Direction.UNSURE, Direction.UNSURE),
        (4.1, 4.3, Direction.LIKELY_WORSE, Direction.LIKELY_BETTER),
        (4.0, 8.0, Direction.NO_CHANGE, Direction.NO_CHANGE),
        (3.9, 8.0, Direction.UNSURE, Direction.UNSURE),
        (7.7, 8.5, Direction.LIKELY_BETTER, Direction.LIKELY_WORSE),
        (np.nan, np.nan, Direction.NOT_SCORED, Direction.NOT_SCORED),
    ],
)
def test_the_word_compares_the_two_ranges(
    low: float, high: float, said: Direction, where_higher_is_worse: Direction
) -> None:
    level = (low + high) / 2
    found = direction(
        level=one(level, level * 10),
        low=one(low, low * 10),
        high=one(high, high * 10),
        usual=usual(),
        release=TWO_SIGNALS,
    )
    assert found.tolist() == [[said, where_higher_is_worse]]


def test_without_a_usual_range_nothing_is_said() -> None:
    unknown = UsualRange(*[one(np.nan)] * 5)
    found = direction(level=one(1.0), low=one(0.5), high=one(1.5), usual=unknown, release=MOOD_1)
    assert found.tolist() == [[Direction.NOT_SCORED]]


def test_a_lasting_fall_is_likely_worse_and_a_lasting_rise_likely_better() -> None:
    settled = [5.0, 6.0, 7.0, 6.0] * 12
    days = np.array([[*settled, *[2.0] * 8], [*settled, *[9.0] * 8], [*settled, *settled[:8]]])
    said = latest(days[:, :, None]).figures.direction[:, 0, 0]
    assert said.tolist() == [Direction.LIKELY_WORSE, Direction.LIKELY_BETTER, Direction.NO_CHANGE]


def test_two_people_at_the_same_mood_get_their_own_words() -> None:
    days = np.array([[*[7.0, 8.0] * 25, *[4.0, 5.0] * 5], [4.0, 5.0] * 30])
    said = latest(days[:, :, None]).figures.direction[:, 0, 0]
    assert said.tolist() == [Direction.LIKELY_WORSE, Direction.NO_CHANGE]


def test_stable_people_are_rarely_called_worse_and_people_who_fell_mostly_are() -> None:
    rng = np.random.default_rng(11)
    values = np.round(6.0 + rng.normal(0.0, 1.0, (200, 120, 1))).clip(0, 10)
    values[rng.random(values.shape) < 0.24] = np.nan
    fell = np.where(np.arange(120)[None, :, None] >= 60, np.maximum(values - 2.0, 0.0), values)
    worse = [history(some).figures.direction == Direction.LIKELY_WORSE for some in (values, fell)]
    assert worse[0][:, 30:].any(axis=1).mean() < 0.1
    assert worse[1][:, 60:88].any(axis=1).mean() > 0.9


def test_the_word_knows_no_future_and_no_other_patient() -> None:
    values = synthetic(12, 50, seed=12)
    check_causal(lambda some: history(some).figures.direction, values, 35)
    check_any_chunk(lambda some: history(some).figures.direction, values)

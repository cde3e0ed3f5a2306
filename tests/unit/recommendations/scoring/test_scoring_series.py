"""From observations to daily values: averaged by day, refused rather than bent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.series import by_day, by_series, checked, daily_values
from tests.unit.recommendations.scoring.chunks import FIRST_DAY, same, synthetic

Row = tuple[int, int, int, float]


def built(
    rows: list[Row], shape: tuple[int, int, int] = (2, 3, 2)
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    patient, signal, day = (np.array([row[place] for row in rows], dtype=np.int64) for place in range(3))
    value = np.array([row[3] for row in rows], dtype=np.float64)
    return daily_values(
        patient=patient, signal=signal, day=day + FIRST_DAY, value=value, shape=shape, first_day=FIRST_DAY
    )


def test_several_values_on_one_day_are_averaged_and_other_days_stay_empty() -> None:
    values = built([(0, 0, 1, 4.0), (0, 0, 1, 7.0), (1, 1, 2, 3.0)])
    assert values[0, 1, 0] == 5.5
    assert values[1, 2, 1] == 3.0
    assert np.isnan(values).sum() == 10


def test_no_observations_give_an_empty_series() -> None:
    assert np.isnan(built([])).all()


@given(st.permutations([0.1, 0.2, 0.3, 0.7, 1e-9, 8.3]))
def test_the_order_of_the_observations_changes_not_one_bit(order: list[float]) -> None:
    rows = [(0, 0, 0, value) for value in order]
    assert built(rows)[0, 0, 0] == built(sorted(rows))[0, 0, 0]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ((2, 0, 0, 5.0), "patient"),
        ((0, 2, 0, 5.0), "signal"),
        ((0, 0, 3, 5.0), "day"),
        ((0, 0, -1, 5.0), "day"),
    ],
)
def test_an_observation_outside_the_series_is_refused(row: Row, what: str) -> None:
    with pytest.raises(ValueError, match=f"outside the {what} range"):
        built([row])


@pytest.mark.parametrize("value", [-0.5, 10.5, np.inf, -np.inf])
def test_a_value_off_its_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="mood lies off its scale"):
        checked(np.array([[[5.0], [value]]]), release=MOOD_1)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 2), (2, 0, 1)])
def test_values_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="patients x days"):
        checked(np.zeros(shape), release=MOOD_1)


def test_the_two_layouts_hold_the_same_values() -> None:
    values = synthetic(3, 7, seed=25, signals=2)
    assert same(by_series(values)[1, 0], values[1, :, 0])
    assert same(by_day(values)[4, 1], values[:, 4, 1])

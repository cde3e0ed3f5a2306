"""From single observations to daily values: patients x days x signals, NaN where nothing came."""

import numpy as np
from numpy.typing import NDArray

from recommendations.scoring.release import Release

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def daily_values(
    *,
    patient: IntArray,
    signal: IntArray,
    day: IntArray,
    value: FloatArray,
    shape: tuple[int, int, int],
    first_day: int,
) -> FloatArray:
    """Average the observations of each patient, signal and local day.

    The four columns are of equal length: row numbers of patient and signal, the local date's ordinal
    (`date.toordinal()`), and the value. `shape` is (patients, days, signals); `first_day` is the ordinal of
    the first column. The order of the rows does not matter, to the last bit. Raises ValueError for an
    observation outside the shape: leaving it out in silence would change a reading.
    """
    patients, days, signals = shape
    column = day - first_day
    for index, size, what in (
        (patient, patients, "patient"),
        (column, days, "day"),
        (signal, signals, "signal"),
    ):
        if index.size and (index.min() < 0 or index.max() >= size):
            raise ValueError(f"an observation lies outside the {what} range of the series")
    cell = (patient * days + column) * signals + signal
    order = np.lexsort((value, cell))
    size = patients * days * signals
    total = np.bincount(cell[order], weights=value[order], minlength=size)
    count = np.bincount(cell, minlength=size)
    means = np.full(size, np.nan)
    np.divide(total, count, out=means, where=count > 0)
    return means.reshape(shape)


def checked(values: FloatArray, *, release: Release) -> FloatArray:
    """The values as float64 with -0.0 made 0.0; ValueError for a wrong shape or a value off its scale."""
    if values.ndim != 3 or values.shape[2] != len(release.signals) or values.shape[1] == 0:
        raise ValueError("values must be patients x days x the release's signals, with at least one day")
    array = np.asarray(values, dtype=np.float64) + 0.0
    for number, signal in enumerate(release.signals):
        one = array[:, :, number]
        if bool(((one < signal.scale_low) | (one > signal.scale_high)).any()):
            raise ValueError(f"a value of {signal.name} lies off its scale")
    return array


def by_series(values: FloatArray) -> FloatArray:
    """Patients x days x signals to patients x signals x days, with the days of one series side by side."""
    return np.ascontiguousarray(values.transpose(0, 2, 1))


def by_day(values: FloatArray) -> FloatArray:
    """Patients x days x signals to days x signals x patients, with one day of all patients side by side."""
    return np.ascontiguousarray(values.transpose(1, 2, 0))

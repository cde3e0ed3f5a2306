"""Chunks of synthetic daily values for the tests, and checks that are shown to fail on faulty arithmetic."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommendations.scoring.digests import Digests
from recommendations.scoring.local_level import Estimate, advance, estimate, model_of, start
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.reading import ChunkReading, read_chunk
from recommendations.scoring.release import Release
from recommendations.scoring.series import by_day

Chunk = NDArray[np.float64]
Figures = NDArray[Any]
FIRST_DAY = 739_000
LEVEL_PARTS = ("level", "low", "high", "next_low", "next_high")


def synthetic(patients: int, days: int, *, seed: int, missing: float = 0.24, signals: int = 1) -> Chunk:
    """Drifting moods on eleven points with missing days; further signals are ten times as large."""
    rng = np.random.default_rng(seed)
    drift = rng.normal(0.0, 0.25, (patients, days, signals)).cumsum(axis=1)
    values = np.clip(np.round(6.0 + drift + rng.normal(0.0, 0.9, drift.shape)), 0.0, 10.0)
    values[..., 1:] *= 10.0
    values[rng.random(values.shape) < missing] = np.nan
    return values


@st.composite
def chunks(draw: st.DrawFn, max_patients: int = 4, max_days: int = 40) -> Chunk:
    """Any chunk of one signal: half points from 0 to 10, missing days, whole empty series too."""
    patients, days = draw(st.integers(1, max_patients)), draw(st.integers(1, max_days))
    one = st.one_of(st.just(np.nan), st.integers(0, 20).map(lambda half: half / 2))
    rows = draw(st.lists(st.lists(one, min_size=days, max_size=days), min_size=patients, max_size=patients))
    return np.array(rows, dtype=np.float64)[:, :, None]


def levels(values: Chunk, release: Release = MOOD_1) -> dict[str, Chunk]:
    """Level and ranges of every day, patients x days x signals, with nothing held back."""
    model = model_of(release)
    state = start(model, values.shape[0])
    days: list[Estimate] = []
    for value in by_day(values):
        advance(state, value, model)
        days.append(estimate(state, model))
    return {part: np.stack([getattr(day, part).T for day in days], axis=1) for part in LEVEL_PARTS}


def all_parts(values: Chunk) -> Chunk:
    """Level and ranges of every day side by side: patients x days x signals x parts."""
    return np.stack(list(levels(values).values()), axis=-1)


def history(values: Chunk, release: Release = MOOD_1) -> ChunkReading:
    return read_chunk(values, first_day=FIRST_DAY, release=release, history=True)


def latest(values: Chunk, release: Release = MOOD_1) -> ChunkReading:
    return read_chunk(values, first_day=FIRST_DAY, release=release)


def same(one: NDArray[np.generic], other: NDArray[np.generic]) -> bool:
    """Equal to the last bit, "not known" included."""
    return bool(np.array_equal(one, other, equal_nan=np.issubdtype(one.dtype, np.floating)))


def check_causal(figures_of: Callable[[Chunk], Figures], values: Chunk, day: int) -> None:
    """No day up to `day` may change when everything after it does. figures_of returns patients x days x …."""
    future = values.copy()
    future[:, day + 1 :] = np.where(np.isnan(future[:, day + 1 :]), 9.0, np.nan)
    before, after = figures_of(values)[:, : day + 1], figures_of(future)[:, : day + 1]
    assert same(before, after), "a day changed with its future"


def check_any_chunk(figures_of: Callable[[Chunk], Figures], values: Chunk) -> None:
    """Every patient alone must come out as in the whole chunk, to the last bit."""
    together = figures_of(values)
    for row in range(values.shape[0]):
        assert same(together[row], figures_of(values[row : row + 1])[0]), "a patient changed with the chunk"


def flat(digests: Digests) -> list[bytes]:
    return [digest for own in digests for digest in own]

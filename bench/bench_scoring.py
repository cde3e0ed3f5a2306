"""How many patients one core scores in a second: 180 days, 24% missing, the release's fixed parameters.

Runs in rounds that take turns between simdkalman (the fastest published filter for many series) and ours, so
that a noisy machine hits both; prints the medians. simdkalman gets the same chunk, filters forward only and
knows no other way than to keep every day. A full reading adds what is stored with it: usual range, evidence,
direction, facts and two digests.

    python bench/bench_scoring.py [--rounds 7] [--patients 4096]
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

# One thread for every numerical library, and the kernels that numpy itself would choose.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
os.environ.pop("OPENBLAS_CORETYPE", None)
os.environ.pop("OPENBLAS_L2_SIZE", None)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import simdkalman

from recommendations.scoring.local_level import advance, estimate, model_of, start
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.reading import read_chunk
from recommendations.scoring.series import FloatArray, by_day

DAYS, MISSING = 180, 0.24
MOOD = MOOD_1.signals[0]
FIRST_DAY = 739000
ANCHOR = "simdkalman, level and range of each day"


def chunk(patients: int, seed: int = 1) -> FloatArray:
    """Synthetic daily moods: a drifting level with noise, some days missing."""
    rng = np.random.default_rng(seed)
    drift = rng.normal(0.0, np.sqrt(MOOD.drift * MOOD.noise_variance), (patients, DAYS)).cumsum(axis=1)
    values = np.clip(6.0 + drift + rng.normal(0.0, np.sqrt(MOOD.noise_variance), drift.shape), 0.0, 10.0)
    values[rng.random(values.shape) < MISSING] = np.nan
    return values[:, :, None]


def anchor(values: FloatArray) -> None:
    """simdkalman's filter (no smoother) with the same drift and noise, and the range around each level."""
    model = simdkalman.KalmanFilter(
        state_transition=np.eye(1),
        process_noise=np.eye(1) * MOOD.drift * MOOD.noise_variance,
        observation_model=np.eye(1),
        observation_noise=MOOD.noise_variance,
    )
    result = model.compute(
        values[:, :, 0], 0, filtered=True, smoothed=False, observations=False, initial_value=[5.0]
    )
    level = result.filtered.states.mean[:, :, 0]
    half = MOOD.width_start * np.sqrt(result.filtered.states.cov[:, :, 0, 0])
    np.stack([level - half, level + half])


def last_day(values: FloatArray) -> None:
    """Ours: what a nightly run needs, the level and the ranges of the last day."""
    model = model_of(MOOD_1)
    state = start(model, values.shape[0])
    for day in by_day(values):
        advance(state, day, model)
    estimate(state, model)


def each_day(values: FloatArray) -> None:
    """Ours: the level and the ranges of every day."""
    model = model_of(MOOD_1)
    state = start(model, values.shape[0])
    for day in by_day(values):
        advance(state, day, model)
        estimate(state, model)


def full_reading(values: FloatArray) -> None:
    read_chunk(values, first_day=FIRST_DAY, release=MOOD_1)


def full_readings(values: FloatArray) -> None:
    read_chunk(values, first_day=FIRST_DAY, release=MOOD_1, history=True)


def rate(work: Callable[[FloatArray], None], values: FloatArray) -> float:
    """Patients a second of one call."""
    begin = perf_counter()
    work(values)
    return float(values.shape[0] / (perf_counter() - begin))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--patients", type=int, default=4096, help="patients in one chunk")
    given = parser.parse_args()
    values = chunk(given.patients)
    contest = {
        ANCHOR: (anchor, values),
        "ours, level and range of the last day": (last_day, values),
        "ours, level and range of each day": (each_day, values),
        "ours, full reading of the last day": (full_reading, values),
        "ours, full readings of each day": (full_readings, values[:256]),
    }
    for work, part in contest.values():
        rate(work, part[:64])
    rounds = [{name: rate(*entry) for name, entry in contest.items()} for _ in range(given.rounds)]
    base = median(results[ANCHOR] for results in rounds)
    print(f"{DAYS} days, {MISSING:.0%} missing, one core, {given.rounds} rounds in turn, medians\n")
    print("| work | patients a second | against simdkalman |\n|---|---|---|")
    for name in contest:
        middle = median(results[name] for results in rounds)
        print(f"| {name} | {middle:,.0f} | {middle / base:.1f}x |")


if __name__ == "__main__":
    main()

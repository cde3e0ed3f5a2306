"""How often does "likely worse" appear for people who are stable, and how often for people who fell?

Stable people are made so that nothing changes: rounded noise (simulated), and real people's days drawn
anew, one by one or in blocks of 7 (which keep how moods cling from day to day, and with it real ups and
downs of a week). 24% of days are missing. Counted over 90 days after 30 days of history. The fall is a drop
by some of the person's own standard deviations that lasts; it counts as seen if "likely worse" appears
within 28 days.

    python -m bench.evaluate_direction --data FOLDER
"""

import argparse
from pathlib import Path

import numpy as np

from bench.esm import Series, interval, load
from recommendations.scoring.direction import Direction
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.reading import read_chunk

PEOPLE, HISTORY, DAYS, MISSING, SEEN_WITHIN = 400, 30, 90, 0.24, 28
FALLS = (1.0, 1.5, 2.0)


def simulated(cling: float, rng: np.random.Generator) -> Series:
    """Rounded values around 6 with a standard deviation of 1 that cling to the day before by `cling`."""
    shocks = rng.normal(0.0, np.sqrt(1.0 - cling**2), (PEOPLE, HISTORY + DAYS))
    noise = np.zeros_like(shocks)
    noise[:, 0] = rng.normal(size=PEOPLE)
    for day in range(1, noise.shape[1]):
        noise[:, day] = cling * noise[:, day - 1] + shocks[:, day]
    return np.round(6.0 + noise)


def drawn(people: list[Series], block: int, rng: np.random.Generator) -> Series:
    """Days of real people drawn anew with replacement, in blocks."""
    known = [part[~np.isnan(part)] for part in people]
    long = [part for part in known if part.size >= 28]
    rows = []
    for person in range(PEOPLE):
        days = long[person % len(long)]
        starts = rng.integers(0, days.size - block + 1, (HISTORY + DAYS) // block + 1)
        rows.append(np.concatenate([days[start : start + block] for start in starts])[: HISTORY + DAYS])
    return np.array(rows)


def worse(values: Series, rng: np.random.Generator) -> Series:
    """Whether each of the 90 days says "likely worse", for each person."""
    values = np.where(rng.random(values.shape) < MISSING, np.nan, np.clip(values, 0.0, 10.0))
    reading = read_chunk(values[:, :, None], first_day=1, release=MOOD_1, history=True)
    said: Series = (reading.figures.direction[:, HISTORY:, 0] == Direction.LIKELY_WORSE).astype(np.float64)
    return said


def share(per_person: Series) -> str:
    middle, low, high = interval([np.array([[value], [1.0]]) for value in per_person])
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the esm_* sets")
    folder = parser.parse_args().data
    rng = np.random.default_rng(7)
    kinds = {"noise, simulated": simulated(0.0, rng), "clinging by .3, simulated": simulated(0.3, rng)}
    for name in ("fisher2017", "rowland2020"):
        kinds |= {
            f"{name}, {block} days at a time": drawn(load(folder, name), block, rng) for block in (1, 7)
        }
    falls = " | ".join(f"fall of {fall} SD seen" for fall in FALLS)
    print(f"| stable people | alarmed in 90 days | spells per person and 90 days | {falls} |")
    print("|---" * (3 + len(FALLS)) + "|")
    for kind, values in kinds.items():
        said = worse(values, rng)
        spells = said[:, 0] + np.maximum(np.diff(said, axis=1), 0.0).sum(axis=1)
        cells = [share(said.max(axis=1)), share(spells)]
        for fall in FALLS:
            drop = fall * values.std(axis=1, keepdims=True)
            fell = np.where(np.arange(values.shape[1]) >= HISTORY + 30, values - drop, values)
            cells.append(share(worse(fell, rng)[:, 30 : 30 + SEEN_WITHIN].max(axis=1)))
        print(f"| {kind} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()

"""Daily mood series from experience sampling studies, for judging the model. The data are never part of the
project.

Each set is a folder with `data.csv.gz` (columns person, day, valence). Valence is brought to 0 to 10 and
averaged within each day, as check-ins are.
"""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]

# Valence runs from -1 to 1; in fried2021 from -1 to 0, for it holds negative feelings only. The release's
# numbers were chosen on the first two sets, whose licences allow that, and are judged on the others.
SETS = {
    "bringmann2013": (5.0, 5.0),
    "fried2021": (10.0, 10.0),
    "fisher2017": (5.0, 5.0),
    "rowland2020": (5.0, 5.0),
    "kossakowski2017": (5.0, 5.0),
}
CHOSEN_ON = ("bringmann2013", "fried2021")


def load(folder: Path, name: str) -> list[Series]:
    """One series of daily means per person, from the first to the last day with data, NaN on missing days."""
    shift, scale = SETS[name]
    people: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(folder / f"esm_{name}" / "data.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row["valence"]:
                people[row["person"]][int(float(row["day"]))].append(shift + scale * float(row["valence"]))
    return [_daily(days) for _, days in sorted(people.items())]


def _daily(days: dict[int, list[float]]) -> Series:
    first = min(days)
    series = np.full(max(days) - first + 1, np.nan)
    for day, values in days.items():
        series[day - first] = np.clip(np.mean(values), 0.0, 10.0)
    return series


def interval(per_person: list[Series], rounds: int = 1000) -> tuple[float, float, float]:
    """Mean over all days, with its 95% interval from drawing whole people anew (rows: numerator,
    denominator)."""
    sums = np.array([[part[0].sum(), part[1].sum()] for part in per_person])
    draws = np.random.default_rng(20).integers(0, len(sums), (rounds, len(sums)))
    again = sums[draws].sum(axis=1)
    low, high = np.percentile(again[:, 0] / again[:, 1], [2.5, 97.5])
    return float(sums[:, 0].sum() / sums[:, 1].sum()), float(low), float(high)

"""One day ahead on real series: is the next day's value where mood-1 said, and is the level worth having?

For every day on which a level is shown and the next day has data: coverage of the 8-in-10 range, and the
mean absolute error of the level against the last value (persistence) and the mean of the last 14 days. 95%
intervals from drawing people anew. `seven days` is the coverage of an 8-in-10 range for the mean of the
next 7 days, made from the level's own uncertainty: it would be off if the model split drift and noise
wrongly.

    python -m bench.evaluate_readings --data FOLDER
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.esm import CHOSEN_ON, SETS, Series, interval, load
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.reading import read_chunk

AHEAD = 7
MOOD = MOOD_1.signals[0]
# Ranges that are not cut at the ends of the scale, to tell the level's part of their width from the noise's.
UNCUT = replace(MOOD_1, signals=(replace(MOOD, scale_low=-1000.0, scale_high=1000.0),))


def next_day(series: Series) -> Series | None:
    """Rows: inside the range, error of the level, of persistence, of the 14-day mean; columns: days
    judged."""
    figures = read_chunk(series[None, :, None], first_day=1, release=MOOD_1, history=True).figures
    level, low, high = (part[0, :, 0] for part in (figures.level, figures.next_low, figures.next_high))
    days = [d for d in range(len(series) - 1) if not (np.isnan(level[d]) or np.isnan(series[d + 1]))]
    rows = []
    for d in days:
        comes, before = series[d + 1], series[: d + 1]
        last = before[~np.isnan(before)][-1]
        mean = np.nanmean(before[-14:])
        rows.append([low[d] <= comes <= high[d], *(abs(comes - guess) for guess in (level[d], last, mean))])
    return np.array(rows, dtype=np.float64).T if rows else None


def next_week(series: Series) -> Series | None:
    """Whether the mean of the next 7 days (5 of them with data, at least) lies in the range made for it."""
    figures = read_chunk(series[None, :, None], first_day=1, release=UNCUT, history=True).figures
    level, high, next_high = (part[0, :, 0] for part in (figures.level, figures.high, figures.next_high))
    hits = []
    for d in range(len(series) - AHEAD):
        ahead = np.flatnonzero(~np.isnan(series[d + 1 : d + 1 + AHEAD])) + 1
        if np.isnan(level[d]) or np.isnan(series[d]) or ahead.size < 5:
            continue
        own = (high[d] - level[d]) ** 2
        noise = ((next_high[d] - level[d]) ** 2 - own) / (1.0 + MOOD.drift)
        drifted = MOOD.drift * np.minimum.outer(ahead, ahead).mean()
        reach = np.sqrt(own + noise * (drifted + 1.0 / ahead.size))
        hits.append(abs(series[d + ahead].mean() - level[d]) <= reach)
    return np.array([hits], dtype=np.float64) if hits else None


def ratio(parts: list[Series], top: int, bottom: int | None) -> str:
    """A mean, or a ratio of two means, of rows of all people, with its interval."""
    pairs = [
        np.array([part[top], np.ones(part.shape[1]) if bottom is None else part[bottom]]) for part in parts
    ]
    middle, low, high = interval(list(pairs))
    return f"{middle:.3f} ({low:.3f} to {high:.3f})" if len(parts) > 1 else f"{middle:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the esm_* sets")
    folder = parser.parse_args().data
    print("| set | people | days | next day inside | error | by last value | by 14-day mean | seven days |")
    print("|---" * 8 + "|")
    for name in SETS:
        people = load(folder, name)
        days = [part for part in map(next_day, people) if part is not None]
        weeks = [part for part in map(next_week, people) if part is not None]
        mark = " (chosen on)" if name in CHOSEN_ON else ""
        cells = [ratio(days, 0, None), ratio(days, 1, None), ratio(days, 1, 2), ratio(days, 1, 3)]
        week = ratio(weeks, 0, None) if weeks else "too short"
        count = sum(part.shape[1] for part in days)
        print(f"| {name}{mark} | {len(days)} | {count} | {' | '.join(cells)} | {week} |")


if __name__ == "__main__":
    main()

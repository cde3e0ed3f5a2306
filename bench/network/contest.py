"""Contestants in turn, medians, and one table in which every row says what it is measured against."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

HEADING = "| work | measured | against | ratio | aim |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Line:
    """One row: what was done, the figure in words, its anchor, the ratio to it and what the ratio should be."""

    work: str
    measured: str
    against: str = ""
    ratio: float | None = None
    aim: str = ""

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}x"
        return f"| {self.work} | {self.measured} | {self.against} | {ratio} | {self.aim} |"


def medians(contest: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Milliseconds of each contestant: the median over rounds in which they take turns, after one round to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in contest}
    for number in range(rounds + 1):
        for name, work in contest.items():
            began = perf_counter()
            work()
            if number:
                taken[name].append((perf_counter() - began) * 1_000)
    return {name: median(times) for name, times in taken.items()}


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def say(lines: list[Line]) -> None:
    """Print the rows, each part as soon as it is measured."""
    for line in lines:
        print(line)
    sys.stdout.flush()

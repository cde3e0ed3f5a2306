"""Seven days ahead on real people: how far off is forecast-1, and does its range hold what comes?

Split by person: the numbers were chosen on the people of two sets and are judged on all people of three others. From
every day with data on which there is a forecast, each of the next seven days with data is one case. Errors are given
as shares of what the mean of the last 14 days errs, and of what statsmodels' local level with AR(1) errs, fitted anew
to each person at each of these days by maximum likelihood (every third day: fitting takes long). 95% intervals come
from drawing whole people anew.

    python -m bench.evaluate_forecast --data FOLDER
"""

import argparse
import warnings
from pathlib import Path

import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

from bench.esm import CHOSEN_ON, SETS, Series, interval, load
from recommendations.scoring.forecast import forecast
from recommendations.scoring.forecast_release import FORECAST_1

EVERY = 3
ANCHORS: dict[str, dict[str, object]] = {
    "level + AR(1)": {"level": "llevel", "autoregressive": 1},
    "random walk + AR(1)": {"level": "rwalk", "autoregressive": 1},
    "local level": {"level": "llevel"},
}
ERROR, MEAN, IN_80, IN_90, FIRST_ANCHOR = 0, 1, 2, 3, 4


def judged(series: Series, *, with_anchors: bool) -> Series | None:
    """Columns: cases. Rows: our error, that of the 14-day mean, inside 8 in 10, inside 9 in 10, the anchors' errors."""
    cases = []
    for day in range(0, len(series) - 1, EVERY if with_anchors else 1):
        past, coming = series[: day + 1], series[day + 1 : day + 1 + FORECAST_1.days_ahead]
        found = forecast(past[None])
        if np.isnan(past[-1]) or found.held_back[0]:
            continue
        rivals = _anchors(past) if with_anchors else []
        mean = float(np.nanmean(past[-14:]))
        for ahead in np.flatnonzero(~np.isnan(coming)).tolist():
            came = coming[ahead]
            cases.append(
                [
                    abs(came - found.middle[0, ahead]),
                    abs(came - mean),
                    found.low[0, ahead] <= came <= found.high[0, ahead],
                    found.lowest[0, ahead] <= came <= found.highest[0, ahead],
                    *(abs(came - rival[ahead]) for rival in rivals),
                ]
            )
    return np.array(cases, dtype=np.float64).T if cases else None


def _anchors(past: Series) -> list[Series]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            UnobservedComponents(past, **shape)
            .fit(disp=0, maxiter=100)
            .forecast(FORECAST_1.days_ahead)
            .clip(0, 10)
            for shape in ANCHORS.values()
        ]


def share(people: list[Series], top: int, bottom: int | None) -> str:
    """A share, or a ratio of errors, with its interval; one person alone has none."""
    pairs = [
        np.array([part[top], np.ones(part.shape[1]) if bottom is None else part[bottom]]) for part in people
    ]
    middle, low, high = interval(pairs)
    return f"{middle:.3f} ({low:.3f} to {high:.3f})" if len(people) > 1 else f"{middle:.3f}"


def row(name: str, people: list[Series], fitted: list[Series]) -> str:
    """One line of the table."""
    cells = [share(people, ERROR, MEAN), share(people, IN_80, None), share(people, IN_90, None)]
    anchors = [share(fitted, ERROR, FIRST_ANCHOR + number) for number in range(len(ANCHORS))]
    cases = sum(part.shape[1] for part in people)
    return f"| {name} | {len(people)} | {cases} | {' | '.join([*cells, *anchors])} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the esm_* sets")
    folder = parser.parse_args().data
    heads = ["set", "people", "cases", "error / 14-day mean", "in 8 of 10", "in 9 of 10"]
    print(f"| {' | '.join([*heads, *(f'error / {anchor}' for anchor in ANCHORS)])} |")
    print("|---" * (len(heads) + len(ANCHORS)) + "|")
    all_people, all_fitted = [], []
    for name in SETS:
        if (
            name in CHOSEN_ON
        ):  # two weeks or less: too short for a forecast; the numbers were chosen with shorter pasts
            continue
        series = load(folder, name)
        people = [part for each in series if (part := judged(each, with_anchors=False)) is not None]
        fitted = [part for each in series if (part := judged(each, with_anchors=True)) is not None]
        print(row(name, people, fitted), flush=True)
        all_people += people
        all_fitted += fitted
    print(row("all", all_people, all_fitted))


if __name__ == "__main__":
    main()

"""What changed: facts counted from the person's own check-ins, no opinion and no model in them."""

from dataclasses import dataclass

import numpy as np

from recommendations.scoring.evidence import NEVER, Evidence
from recommendations.scoring.release import DayRules, Release
from recommendations.scoring.series import BoolArray, FloatArray, IntArray
from recommendations.scoring.usual import UsualRange


@dataclass(frozen=True, slots=True)
class Facts:
    """At the last day, patients x signals. Points, days or counts; NaN where the fact is not known.

    "Recent" is the last 14 days. `below_usual` and `above_usual` count recent days with data outside the
    usual range; `run_below` and `run_above` are how many days with data in a row lie outside up to the
    latest one (a missing day neither counts nor ends a run, a gap of more than 3 days ends it).
    `days_since_data` is -1 before the first day with data; `longest_gap` counts missing days in a row
    within the last 28, after the first day with data. A swing is the mean absolute difference between
    neighbouring days that both have data: `swing_recent` over the last 14 days, `swing_usual` over the 90
    before, each from 5 pairs on.
    """

    recent_days: IntArray
    recent_lowest: FloatArray
    recent_highest: FloatArray
    recent_mean: FloatArray
    usual_low: FloatArray
    usual_middle: FloatArray
    usual_high: FloatArray
    below_usual: FloatArray
    above_usual: FloatArray
    run_below: FloatArray
    run_above: FloatArray
    days_since_data: IntArray
    longest_gap: IntArray
    swing_recent: FloatArray
    swing_usual: FloatArray


def facts(series: FloatArray, *, known: Evidence, usual: UsualRange, release: Release) -> Facts:
    """The facts at the last day of series (patients x signals x days), whose evidence is `known`."""
    rules = release.rules
    window, since = series[..., -rules.window_days :], known.days_since_data[..., -rules.window_days :]
    recent = window[..., -rules.recent_days :]
    seen = ~np.isnan(recent)
    has_data, has_usual = known.recent_days[..., -1] > 0, ~np.isnan(usual.middle)
    below, above = window < usual.low[..., None], window > usual.high[..., None]
    return Facts(
        recent_days=known.recent_days[..., -1],
        recent_lowest=_or_nan(np.min(np.where(seen, recent, np.inf), axis=-1), has_data),
        recent_highest=_or_nan(np.max(np.where(seen, recent, -np.inf), axis=-1), has_data),
        recent_mean=_mean(recent, seen, least=1),
        usual_low=usual.low,
        usual_middle=usual.middle,
        usual_high=usual.high,
        below_usual=_or_nan(below[..., -rules.recent_days :].sum(axis=-1), has_usual),
        above_usual=_or_nan(above[..., -rules.recent_days :].sum(axis=-1), has_usual),
        run_below=_or_nan(_run(below, since, rules), has_usual),
        run_above=_or_nan(_run(above, since, rules), has_usual),
        days_since_data=since[..., -1],
        longest_gap=_longest_gap(since[..., -rules.facts_days :]),
        swing_recent=swing(recent, least=rules.swing_pairs),
        swing_usual=swing(window[..., : -rules.recent_days], least=rules.swing_pairs),
    )


def swing(series: FloatArray, *, least: int) -> FloatArray:
    """Mean absolute difference of neighbouring days that both have data; NaN below `least` such pairs."""
    change = np.abs(series[..., 1:] - series[..., :-1])
    return _mean(change, ~np.isnan(change), least=least)


def _mean(values: FloatArray, seen: BoolArray, *, least: int) -> FloatArray:
    """Mean over the last axis. A running sum adds in one order, whatever the size of the chunk."""
    count = seen.sum(axis=-1)
    if values.shape[-1] == 0:
        return np.full(count.shape, np.nan)
    total = np.cumsum(np.where(seen, values, 0.0), axis=-1)[..., -1]
    return _or_nan(total / np.maximum(count, 1), count >= least)


def _run(outside: BoolArray, since: IntArray, rules: DayRules) -> IntArray:
    """Days with data outside the range after the last one inside it and after the last long gap."""
    breaks = ((since == 0) & ~outside) | (since > rules.gap_days)
    reverse = breaks[..., ::-1]
    days = since.shape[-1]
    length = np.where(reverse.any(axis=-1), np.argmax(reverse, axis=-1), days)
    inside = np.arange(days - 1, -1, -1) < length[..., None]
    run: IntArray = np.count_nonzero(outside & inside, axis=-1)
    return run


def _longest_gap(since: IntArray) -> IntArray:
    """The longest row of missing days inside the window; one that began before it counts from its edge."""
    inside = np.minimum(since, np.arange(1, since.shape[-1] + 1))
    longest: IntArray = np.where(inside == NEVER, 0, inside).max(axis=-1)
    return longest


def _or_nan(values: FloatArray | IntArray, known: BoolArray) -> FloatArray:
    return np.where(known, values, np.nan)

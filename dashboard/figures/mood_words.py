"""Where the words of the mood chart stand: in gaps, above events, and at the right end of what they name."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dashboard.figures.shown import Event, Label, Shown

LINE = 0.85
"""Height of one line of words in points of the axis, at the chart's height of 18 rem."""

SIDEWAYS_SHARE = 0.085
"""A gap of less than this share of the chart has room for its words only when they stand upright."""

EVENT_SHARE, EVENT_SHARE_NARROW = 0.16, 0.4
"""Words above events that stand closer than this share of the chart would touch."""

LANES, LANE_HEIGHT = 2, 17
"""Lanes of words above the chart, and the height of one in pixels."""


def gap_words(shown: Shown, gap: tuple[dt.date, dt.date], words: tuple[str, ...]) -> dict[str, Any]:
    """The name of a gap inside it, lying where there is room and upright where there is not."""
    upright = ((gap[1] - gap[0]).days + 1) / shown.length < SIDEWAYS_SHARE
    return _in_gap(gap, words, upright=upright)


def _in_gap(gap: tuple[dt.date, dt.date], words: tuple[str, ...], *, upright: bool) -> dict[str, Any]:
    middle = dt.datetime.combine(gap[0], dt.time()) + (gap[1] - gap[0]) / 2
    return {
        "x": middle.isoformat(),
        "y": 0.2,
        "text": " ".join(words) if upright else "<br>".join(words),
        "textangle": -90 if upright else 0,
    }


def event_words(shown: Shown, *, share: float = EVENT_SHARE) -> list[dict[str, Any]]:
    """The words above the chart in two lanes; of three that would touch, the earliest goes (the line and row stay)."""
    return [_above(shown, event, lane) for event, lane in _in_lanes(shown, share=share)]


def lanes(shown: Shown, *, share: float = EVENT_SHARE) -> int:
    """How many lanes the words need: room is left above the chart for no more than that."""
    return max((lane for _event, lane in _in_lanes(shown, share=share)), default=0) + 1


def _in_lanes(shown: Shown, *, share: float) -> list[tuple[Event, int]]:
    """The later words nearer to the chart: today has the first lane always."""
    earliest: list[dt.date | None] = [None] * LANES
    kept = []
    for event in sorted(_by_day(shown.events), key=lambda each: each.day, reverse=True):
        for lane, day in enumerate(earliest):
            if day is None or (day - event.day).days / shown.length >= share:
                earliest[lane] = event.day
                kept.append((event, lane))
                break
    return kept


def _by_day(events: Sequence[Event]) -> list[Event]:
    """One entry a day: what happened on the same day stands in one line."""
    days: dict[tuple[dt.date, bool], list[str]] = {}
    for event in events:
        days.setdefault((event.day, event.strong), []).append(event.words)
    return [Event(day, ", ".join(words), strong) for (day, strong), words in days.items()]


def _above(shown: Shown, event: Event, lane: int) -> dict[str, Any]:
    font = {"font": {"color": "var(--ink)", "weight": 600}} if event.strong else {}
    at_the_end = event.day == shown.last and not shown.ahead
    edge = "right" if at_the_end else "left" if event.day == shown.first else "center"
    place = {"x": event.day.isoformat(), "yref": "paper", "y": 1, "xanchor": edge}
    return place | {"text": event.words, **font, "yshift": 6 + LANE_HEIGHT * lane}


def right_words(shown: Shown) -> list[dict[str, Any]]:
    """The direct labels, moved apart so that none covers another."""
    return [_at_right(label, height) for label, height in zip(_ordered(shown), _apart(shown), strict=True)]


def _ordered(shown: Shown) -> list[Label]:
    return sorted(shown.labels, key=lambda label: label.at)


def _apart(shown: Shown) -> list[float]:
    """The heights of the labels' middles, lowest first: each at least half of both heights above the last."""
    labels = _ordered(shown)
    heights: list[float] = []
    for number, label in enumerate(labels):
        lowest = LINE * len(label.lines) / 2
        if number:
            before = labels[number - 1]
            lowest = heights[-1] + LINE * (len(before.lines) + len(label.lines)) / 2
        heights.append(max(label.at, lowest))
    return _lowered(labels, heights)


def _lowered(labels: Sequence[Label], heights: list[float]) -> list[float]:
    """Push what stands above the top of the axis down again, and with it what lies under it."""
    ceiling = 10.4
    for number in range(len(labels) - 1, -1, -1):
        half = LINE * len(labels[number].lines) / 2
        heights[number] = min(heights[number], ceiling - half)
        ceiling = heights[number] - half
    return heights


def _at_right(label: Label, height: float) -> dict[str, Any]:
    font: dict[str, Any] = {"color": label.colour}
    if label.strong:
        font["weight"] = 600
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": round(height, 2),
        "yanchor": "middle",
        "align": "left",
        "text": "<br>".join(label.lines),
        "font": font,
    }


def narrow_words(shown: Shown) -> list[dict[str, Any]]:
    """Words for a narrow chart: gaps upright, fewer events, no labels at the right (the key names the lines)."""
    inside = [
        _in_gap(gap, words, upright=True) for gap, words in zip(shown.gaps, shown.gap_words, strict=True)
    ]
    return [*inside, *event_words(shown, share=EVENT_SHARE_NARROW)]

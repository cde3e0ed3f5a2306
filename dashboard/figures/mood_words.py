"""Where the words of the mood chart stand: in gaps, above events, and at the right end of what they name."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dashboard.figures.shown import Event, Label, Shown

LINE = 0.85
"""Height of one line of words in points of the axis, at the chart's height of 18 rem."""

SIDEWAYS_SHARE = 0.085
"""A gap of less than this share of the chart has room for its words only when they stand upright."""

EVENT_SHARE, EVENT_SHARE_NARROW = 0.12, 0.3
"""Words above events that stand closer than this share of the chart would touch; the later one is kept."""


def gap_words(shown: Shown, gap: tuple[dt.date, dt.date], words: tuple[str, ...]) -> dict[str, Any]:
    """The name of a gap inside it, lying where there is room and upright where there is not."""
    length = (shown.last - shown.first).days + 1
    upright = ((gap[1] - gap[0]).days + 1) / length < SIDEWAYS_SHARE
    return _in_gap(gap, words, upright=upright)


def _in_gap(gap: tuple[dt.date, dt.date], words: tuple[str, ...], *, upright: bool) -> dict[str, Any]:
    middle = dt.datetime.combine(gap[0], dt.time()) + (gap[1] - gap[0]) / 2
    return {
        "x": middle.isoformat(),
        "y": 0.2,
        "yanchor": "bottom",
        "text": " ".join(words) if upright else "<br>".join(words),
        "textangle": -90 if upright else 0,
        "showarrow": False,
    }


def event_words(shown: Shown, *, share: float = EVENT_SHARE) -> list[dict[str, Any]]:
    """The words above the chart; of two that would touch, the earlier one goes (the line stays)."""
    length = (shown.last - shown.first).days + 1
    kept: list[Event] = []
    for event in sorted(shown.events, key=lambda each: each.day, reverse=True):
        if not kept or (kept[-1].day - event.day).days / length >= share:
            kept.append(event)
    return [_above(shown, event) for event in kept]


def _above(shown: Shown, event: Event) -> dict[str, Any]:
    font = {"color": "var(--ink)", "weight": 600} if event.strong else {"color": "var(--ink-2)"}
    edge = "right" if event.day == shown.last else "left" if event.day == shown.first else "center"
    place = {"x": event.day.isoformat(), "yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": edge}
    return place | {"text": event.words, "font": font, "showarrow": False, "yshift": 6}


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
        "showarrow": False,
    }


def narrow_words(shown: Shown) -> list[dict[str, Any]]:
    """Words for a narrow chart: gaps upright, fewer events, no labels at the right (the key names the lines)."""
    inside = [
        _in_gap(gap, words, upright=True) for gap, words in zip(shown.gaps, shown.gap_words, strict=True)
    ]
    return [*inside, *event_words(shown, share=EVENT_SHARE_NARROW)]

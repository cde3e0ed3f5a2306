"""The layout of a folded figure: what most shapes and words share, and what a narrow screen has as the wide one has it.

What is implied and does not hold stands as None. `static/countersign/js/chart.js` unfolds it; `fold.py` says why.
"""

from collections.abc import Mapping
from typing import Any

Layout = dict[str, Any]

SHAPE: Layout = {"yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}}
WORDS: Layout = {"yref": "paper", "y": 1, "xanchor": "center"}
"""What a shape and a word are unless they say otherwise. A shape ends where it begins unless it has an `x1`."""

TICKS = ("tickvals", "ticktext")


def folded_layout(layout: Layout, narrow: Layout) -> tuple[Layout, Layout]:
    """Both layouts in few bytes."""
    small = dict(layout)
    if "shapes" in layout:
        small["shapes"] = [_less(each, SHAPE | {"x1": each["x0"]}) for each in layout["shapes"]]
    if "annotations" in layout:
        small["annotations"] = [_less(each, WORDS) for each in layout["annotations"]]
    return small, {name: _beside(name, value, layout) for name, value in narrow.items()}


def unfolded_layout(small: Layout, narrow: Layout) -> tuple[Layout, Layout]:
    """Both layouts as they were."""
    layout = dict(small)
    if "shapes" in small:
        layout["shapes"] = [_whole(each, SHAPE | {"x1": each["x0"]}) for each in small["shapes"]]
    if "annotations" in small:
        layout["annotations"] = [_whole(each, WORDS) for each in small["annotations"]]
    return layout, {name: _apart(name, value, layout) for name, value in narrow.items()}


def _less(given: Layout, implied: Layout) -> Layout:
    missing = {name: None for name in implied if name not in given}
    return {name: value for name, value in given.items() if implied.get(name) != value} | missing


def _whole(given: Layout, implied: Layout) -> Layout:
    return {name: value for name, value in (implied | given).items() if value is not None}


def _beside(name: str, value: Any, layout: Layout) -> Any:
    """What differs from the wide layout; words and ticks that stand there too are named by their place in it."""
    if name == "annotations":
        known = layout.get(name, [])
        return [known.index(each) if each in known else _less(each, WORDS) for each in value]
    wide = layout.get(name)
    if not (isinstance(value, Mapping) and isinstance(wide, Mapping)):
        return value
    return _fewer_ticks(_less(dict(value), dict(wide)), wide)


def _fewer_ticks(axis: Layout, wide: Mapping[str, Any]) -> Layout:
    """Ticks that are some of the wide ones, as their places."""
    ticks = [
        list(zip(each["tickvals"], each["ticktext"], strict=True)) for each in (axis, wide) if _named(each)
    ]
    if len(ticks) < 2 or not set(ticks[0]) <= set(ticks[1]):
        return axis
    rest = {name: value for name, value in axis.items() if name not in TICKS}
    return rest | {"ticks": [ticks[1].index(each) for each in ticks[0]]}


def _named(axis: Mapping[str, Any]) -> bool:
    return all(axis.get(name) is not None for name in TICKS)


def _apart(name: str, value: Any, layout: Layout) -> Any:
    if name == "annotations":
        return [layout[name][each] if isinstance(each, int) else _whole(each, WORDS) for each in value]
    wide = layout.get(name)
    if not (isinstance(value, Mapping) and isinstance(wide, Mapping)):
        return value
    axis = dict(value)
    places = axis.pop("ticks", None)
    if places is not None:
        axis |= {each: [wide[each][place] for place in places] for each in TICKS}
    return _whole(axis, dict(wide))

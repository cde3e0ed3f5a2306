"""Pages by cursor: a place in a list as an opaque text, and one shape for every list."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from rest_framework.request import Request

from dashboard.api.refusals import BadCursor

Row = TypeVar("Row")

LIMIT, MOST = 50, 200
LONGEST_CURSOR = 400


def encode(place: Sequence[object]) -> str:
    """A place as text that a program hands back as it is."""
    return base64.urlsafe_b64encode(json.dumps([str(part) for part in place]).encode()).decode().rstrip("=")


def decode(request: Request, *parse: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """The place after which the page begins, each part parsed; None for the first page. Raises BadCursor."""
    text = request.query_params.get("cursor", "")
    if not text:
        return None
    try:
        if len(text) > LONGEST_CURSOR:
            raise ValueError
        parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            raise ValueError
        return tuple(each(part) for each, part in zip(parse, parts, strict=True))
    except (ValueError, binascii.Error, OverflowError) as error:
        raise BadCursor(_("Use the cursor as the list gave it, or none for its beginning.")) from error


def moment(text: str) -> dt.datetime:
    """A part of a place that is a moment, in UTC. Raises ValueError or OverflowError."""
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("A moment has a zone.")
    return found.astimezone(dt.UTC)


def written(text: str) -> str:
    """A part of a place that is text. Raises ValueError for what no database holds."""
    if "\0" in text:
        raise ValueError("No text of ours holds this character.")
    return text.encode().decode()


def limit_of(request: Request) -> int:
    """How many rows the page holds. Raises ValidationError for a number outside 1 to 200."""
    text = request.query_params.get("limit", str(LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST):
        raise BadCursor(_("The limit is a whole number from 1 to %(most)d.") % {"most": MOST})
    return int(text)


def page(
    found: Sequence[Row],
    *,
    limit: int,
    shown: Callable[[Row], dict[str, Any]],
    place: Callable[[Row], Sequence[object]],
    fits: Callable[[Row], bool] = lambda _row: True,
) -> dict[str, Any]:
    """One page of a list that was asked for one row more than it shows, without the rows that do not fit."""
    rows = found[:limit]
    onwards = encode(place(rows[-1])) if len(found) > limit else None
    return {"results": [shown(row) for row in rows if fits(row)], "next": onwards}

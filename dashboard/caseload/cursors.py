"""Pages of a list by a true row comparison: as fast on the last page as on the first, and no row shown twice.

The address carries the moment and the id of the last row; neither says anything about a person.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404

from dashboard.access import ActingRequest

Row = TypeVar("Row", bound=Model)
PAGE = 50


@dataclass(frozen=True, slots=True)
class After:
    """The two columns by which a list is ordered: a moment, and the id that decides between equal moments."""

    moment: str
    key: str
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page, and the cursor that asks for the next; "" on the last."""

    rows: list[Row]
    next_after: str


Cursor = tuple[dt.datetime, UUID | int]


def asked_for(request: ActingRequest, kind: type[UUID] | type[int]) -> Cursor | None:
    """The cursor in the address, its key of this kind. Raises Http404 for one that is none."""
    text = request.GET.get("after", "")
    if not text:
        return None
    moment, _separator, key = text.partition("_")
    try:
        when = dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(microseconds=int(moment[:18]))
        return when, kind(key[:36])
    except (ValueError, OverflowError) as error:
        raise Http404 from error


def page_of(rows: QuerySet[Row], after: After, cursor: Cursor | None, *, size: int = PAGE) -> Page[Row]:
    """Up to `size` rows after the cursor, in the order of `after`: one query."""
    place: Any = Tuple(F(after.moment), F(after.key))
    if cursor is not None:
        further = TupleLessThan if after.newest_first else TupleGreaterThan
        rows = rows.filter(further(place, cursor))
    sign = "-" if after.newest_first else ""
    found = list(rows.order_by(f"{sign}{after.moment}", f"{sign}{after.key}")[: size + 1])
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return Page(shown, cursor_of(getattr(last, after.moment), getattr(last, after.key)) if last else "")


def cursor_of(moment: dt.datetime, key: UUID | int) -> str:
    """The cursor as it stands in an address."""
    since = moment - dt.datetime.fromtimestamp(0, dt.UTC)
    return f"{since // dt.timedelta(microseconds=1)}_{key}"

"""Refusals of the API's own, and what is said by field. Apart from `errors`, which knows the operations' refusals."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import exceptions


class ScopeMissing(exceptions.PermissionDenied):
    """The token was not made for this."""

    default_code = "scope_missing"


class BadCursor(exceptions.ValidationError):
    """The cursor is none that this list gave out."""

    default_code = "bad_cursor"


def by_field(errors: Mapping[str, Any]) -> dict[str, list[str]]:
    """The sentences of each field; those about one place of a list name the place, counted from 1."""
    return {name: list(_sentences(found)) for name, found in errors.items()}


def _sentences(found: Any) -> Iterator[str]:
    if isinstance(found, Mapping):
        for place, inner in found.items():
            named = int(place) + 1 if str(place).isdigit() else place
            yield from (f"{named}: {sentence}" for sentence in _sentences(inner))
    else:
        yield from map(str, found)

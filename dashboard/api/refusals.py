"""Refusals of the API's own, and what is said by field. Apart from `errors`, which knows the operations' refusals."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response


class ScopeMissing(exceptions.PermissionDenied):
    """The token was not made for this."""

    default_code = "scope_missing"


class BadCursor(exceptions.ValidationError):
    """The cursor is none that this list gave out."""

    default_code = "bad_cursor"


def unreadable(error: Exception) -> Response | None:
    """The answer to a body that is no JSON or too long, and to what DRF refuses itself; None for anything else."""
    if isinstance(error, exceptions.ParseError):
        body = {"code": "not_json", "detail": str(error.detail), "fields": {}}
        return Response(body, status=status.HTTP_400_BAD_REQUEST)
    if isinstance(error, RequestDataTooBig):
        detail = _("This is longer than anything that is taken here, so nothing of it was read.")
        body = {"code": "too_long", "detail": detail, "fields": {}}
        return Response(body, status=status.HTTP_400_BAD_REQUEST)
    if not isinstance(error, exceptions.APIException):
        return None
    code = str(error.get_codes()) if isinstance(error.detail, str) else "refused"
    headers = {"WWW-Authenticate": header} if (header := getattr(error, "auth_header", "")) else None
    body = {"code": code, "detail": str(error.detail), "fields": {}}
    return Response(body, status=error.status_code, headers=headers)


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

"""What a program is told when something does not work: one shape, a code to act on, a sentence to read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from clinic.access import NotAllowed
from clinic.keys import CannotOpen, KeysUnavailable
from clinic.reauth import NotConfirmed
from dashboard.api.refusals import BadCursor, by_field, unreadable
from recommendations.review import AlreadyDecided, ReviewRefused
from recommendations.situation import SituationChanged
from recommendations.words import WordsChanged

UNPROCESSABLE = status.HTTP_422_UNPROCESSABLE_ENTITY

REFUSALS: tuple[tuple[type[Exception], str, int], ...] = (
    (Http404, "not_found", status.HTTP_404_NOT_FOUND),
    (PermissionDenied, "not_allowed", status.HTTP_403_FORBIDDEN),
    (NotAllowed, "not_allowed", status.HTTP_403_FORBIDDEN),
    (NotConfirmed, "password_wrong", status.HTTP_403_FORBIDDEN),
    (AlreadyDecided, "already_decided", status.HTTP_409_CONFLICT),
    (SituationChanged, "situation_changed", status.HTTP_409_CONFLICT),
    (ReviewRefused, "refused", status.HTTP_409_CONFLICT),
    (WordsChanged, "words_changed", status.HTTP_409_CONFLICT),
    (CannotOpen, "cannot_open", status.HTTP_409_CONFLICT),
    (KeysUnavailable, "keys_unavailable", status.HTTP_503_SERVICE_UNAVAILABLE),
)
"""Each refusal of the operations with its code and status. The first that fits counts."""


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception; None lets Django answer with its own page for what nobody foresaw."""
    for kind, code, number in REFUSALS:
        if isinstance(error, kind):
            detail = (
                _("There is nothing here for you.") if number == status.HTTP_404_NOT_FOUND else str(error)
            )
            return Response({"code": code, "detail": detail, "fields": {}}, status=number)
    if isinstance(error, exceptions.ValidationError):
        return Response(_invalid(error), status=UNPROCESSABLE)
    return unreadable(error)


def _invalid(error: exceptions.ValidationError) -> dict[str, Any]:
    fields = by_field(error.detail) if isinstance(error.detail, dict) else {}
    detail = _("Nothing was done. These values do not fit.") if fields else " ".join(map(str, error.detail))
    code = "bad_cursor" if isinstance(error, BadCursor) else "invalid"
    return {"code": code, "detail": detail, "fields": fields}

"""Help in the answers of the API, also to a body that nobody can make sense of: its words are read all the same."""

import hashlib
import json
import re
from typing import Any
from urllib.parse import unquote_plus
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http.request import RawPostDataException
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.models.patient import Patient
from clinic.safety import alerts
from dashboard.api.door import acting_of
from dashboard.api.refusals import unreadable
from dashboard.portal import danger
from dashboard.portal.parts import Danger

_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)(?:"|\\?\Z)', re.DOTALL)
"""A text of JSON; the last one may lack its end. It never looks at a character twice."""


def shown(found: Danger | None) -> dict[str, Any] | None:
    """The help card as a program reads it."""
    if found is None:
        return None
    card = found.card
    return {
        "protocol": card.protocol,
        "heading": card.heading,
        "lead": card.lead,
        "actions": [
            {"label": each.label, "detail": each.detail, "href": each.href, "kind": each.kind}
            for each in card.actions
        ],
        "notes": list(card.notes),
        "told": str(found.told),
        "words": list(found.words),
    }


def refused(request: Request, patient: Patient, error: Exception) -> Response:
    """The answer to a body that cannot be read as JSON, with the help that its words call for."""
    acting, raw = acting_of(request), _body(request)
    noticed = alerts.notice(
        patient=patient,
        text=f"{unquote_plus(raw.decode(errors='replace'))}\n{strings_of(raw)}",
        submission=UUID(bytes=hashlib.sha256(raw).digest()[:16]),
        at=acting.at,
    )
    answer = unreadable(error)
    if answer is None:
        raise error
    answer.data["help"] = shown(danger.of_notice(noticed, patient=patient, at=acting.at))
    return answer


def strings_of(raw: bytes) -> str:
    """Every text in a body, wherever it stands in it, a line each."""
    return "\n".join(_plain(found[1]) for found in _STRING.finditer(raw.decode(errors="replace")))


def _plain(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _body(request: Request) -> bytes:
    """What was sent; nothing where it was longer than anybody reads."""
    try:
        return bytes(request.body)
    except (RequestDataTooBig, RawPostDataException):
        return b""

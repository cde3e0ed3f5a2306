"""What the portal's tests share: addresses, forms as they are posted, pages as they are read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import keys
from clinic.models.observation import CheckIn, Observation
from clinic.models.patient import Patient
from dashboard.entrance.resume import OWNER_FIELD, owner_token

CHECK_IN = "/my/check-in/"
PAGES = ("/my/", "/my/plan/", CHECK_IN, "/my/mood/", "/my/about/", "/my/about/looked/", "/my/help/")
URGENT = "I want to die"
CONCERN = "I can't cope anymore"
TRANSACTION_WORDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def filled(mood: object = 6, note: str = "", **more: Any) -> dict[str, Any]:
    """The check-in form as a browser sends it."""
    return {"mood": mood, "note": note, "submission": str(uuid4()), **more}


def of_owner(patient: Patient, **fields: Any) -> dict[str, Any]:
    """The same with the token that says whose form it is."""
    assert patient.user is not None
    return filled(**fields) | {OWNER_FIELD: owner_token(patient.user)}


def html_of(client: Client, path: str) -> str:
    """A page as text, with its characters as people read them."""
    response = client.get(path)
    assert response.status_code == 200, path
    return text_of(response)


def text_of(response: Any) -> str:
    """The body of an answer, with its characters as people read them."""
    return unescape(response.content.decode())


def check_ins_of(patient: Patient) -> list[CheckIn]:
    """Every row, oldest first."""
    return list(CheckIn.objects.filter(patient=patient).order_by("recorded_at", "happened_at"))


def moods_of(patient: Patient) -> list[int]:
    """The moods that count, corrected ones left out."""
    rows = Observation.objects.filter(patient=patient, superseded_at=None)
    return [int(value) for value in rows.order_by("happened_at", "id").values_list("value", flat=True)]


def keys_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the key store does not answer."""

    def away(patient_ids: object) -> keys.Ring:
        raise keys.KeysUnavailable("The key store does not answer.")

    monkeypatch.setattr(keys, "ring", away)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements on all doors that read, without the transactions' own words; filled when the block ends."""
    found: list[str] = []
    with ExitStack() as watched:
        captures = [
            watched.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in ("default", "portal", "keystore")
        ]
        yield found
        for capture in captures:
            found.extend(query["sql"] for query in capture.captured_queries)
    found[:] = [sql for sql in found if not sql.startswith(TRANSACTION_WORDS)]

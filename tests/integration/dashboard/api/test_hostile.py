"""Bodies and cursors that make no sense: a clear refusal in the API's own shape, and words in them are still read."""

import base64
import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from dashboard.api.helping import strings_of
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

NEW, SHAPE = "/api/v1/my/check-ins/new/", {"code", "detail", "fields"}
DANGER = "I want to kill myself"
NOBODY = str(UUID(int=0))


def post(client: Client, body: bytes, content_type: str = "application/json") -> Any:
    return client.post(NEW, body, content_type=content_type)


def nested(words: str, depth: int = 5_000) -> bytes:
    return b'{"note":"%s","more":%s1%s}' % (words.encode(), b'{"a":' * depth, b"}" * depth)


UNREADABLE = {
    "nested": nested(DANGER),
    "nested words": b'{"more":' + b"[" * 5_000 + json.dumps(DANGER).encode() + b"]" * 5_000 + b"}",
    "cut off": b'{"mood": 4, "note": "I want to kill myself',
    "escaped": b'{"note": "I want to \\u006bill myself", }',
    "single quotes": b"{'note': 'I want to kill myself'}",
    "not a number": b'{"mood": NaN, "note": "I want to kill myself"}',
    "not UTF-8": b'{"mood": 4, "note": "I want to kill myself \xff"}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_words_of_a_body_that_cannot_be_read_bring_help_and_an_alert(
    cast: Cast, patient: Client, body: bytes
) -> None:
    answer = post(patient, body)
    assert (answer.status_code, set(answer.json())) == (400, SHAPE | {"help"})
    assert answer.json()["code"] == "not_json"
    assert answer.json()["help"]["protocol"]
    post(patient, body)
    assert SafetyAlert.objects.get().patient == cast.patient
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_page_that_sends_such_a_body_with_its_session_is_answered_alike(cast: Cast, body: bytes) -> None:
    answer = post(signed_in(Client(), cast.as_patient), body)
    assert (answer.status_code, bool(answer.json()["help"])) == (400, True)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_words_of_another_kind_of_content_are_read_too(cast: Cast, patient: Client, kind: str) -> None:
    answer = post(patient, b"mood=4&note=I+want+to+kill+myself", kind)
    assert (answer.status_code, bool(answer.json()["help"])) == (415, True)


@pytest.mark.parametrize(
    "body", [[DANGER], {"note": {"in": [DANGER]}}, {"mood": 4, "feelings": [DANGER], "note": ""}, DANGER]
)
def test_words_in_the_wrong_place_are_read_too(cast: Cast, patient: Client, body: object) -> None:
    answer = post(patient, json.dumps(body).encode())
    assert (answer.status_code, bool(answer.json()["help"])) == (422, True)
    assert SafetyAlert.objects.count() == 1


def test_a_quiet_body_that_cannot_be_read_opens_nothing(cast: Cast, patient: Client) -> None:
    answer = post(patient, nested("Slept well."))
    assert (answer.status_code, answer.json()["help"]) == (400, None)
    assert answer.json()["detail"] == "This JSON is nested too deeply to be read."
    assert not SafetyAlert.objects.exists()


def test_nesting_is_refused_at_the_psychologists_addresses_too(cast: Cast, treating: Client) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/{draft.pk}/reject/"
    answer = treating.post(path, nested("x"), content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (400, SHAPE)


def test_a_body_that_is_too_long_is_refused_in_the_same_shape(
    cast: Cast, patient: Client, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = post(patient, b'{"note": "%s"}' % (b"x" * 2_000))
    assert (answer.status_code, answer.json()["code"]) == (400, "too_long")
    assert set(answer.json()) == SHAPE | {"help"}


def cursor(*parts: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


CURSORS = {
    "before time": cursor("0001-01-01T00:00:00+23:59", NOBODY),
    "after time": cursor("9999-12-31T23:59:59-23:59", NOBODY),
    "no zone": cursor("2026-01-01T00:00:00", NOBODY),
    "a surrogate": cursor("\ud800"),
    "two surrogates": cursor("2026-01-01T00:00:00+00:00", "\ud800"),
    "a zero": cursor("a\0b"),
}


@pytest.mark.parametrize("given", CURSORS.values(), ids=CURSORS)
@pytest.mark.parametrize("path", ["queue/", "patients/", "patients/{ref}/drafts/"])
def test_no_cursor_is_an_accident(cast: Cast, treating: Client, path: str, given: str) -> None:
    answer = treating.get(f"/api/v1/{path.format(ref=cast.patient.record_number)}?cursor={given}")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


def test_texts_of_a_body_are_found_once_each_however_they_end() -> None:
    assert strings_of(b'{"a": "b\\"c", "d": ["\\u0065", "f') == 'a\nb"c\nd\ne\nf'
    assert strings_of(b'"' + b'\\"' * 200_000).count('"') == 200_000

"""What a patient's program reads and saves: nothing unsigned, and help in the same answer."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.consent import Purpose, Source
from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from recommendations import permissions
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.integration.dashboard.api.conftest import Program

NEW = "/api/v1/my/check-ins/new/"
DANGER = "I want to kill myself"


def sent(**fields: object) -> dict[str, object]:
    return {"submission": str(uuid4()), "mood": 4, "note": ""} | fields


@COMMITTED
def test_no_answer_holds_a_word_that_nobody_signed(cast: Cast, program: Program) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    approved(drafts[0], cast.treating)
    patient = program(cast.as_patient)
    paths = ("/api/v1/my/plan/", "/api/v1/my/check-ins/", "/api/v1/my/consents/", "/api/v1/")
    answers = "".join(patient.get(path).content.decode() for path in paths)
    signed, *unsigned = (draft_words(each, cast.ring) for each in drafts)
    assert signed.title in answers
    assert unsigned
    assert not [words.title for words in unsigned if words.title in answers]


@ROLLED_BACK
def test_a_check_in_sent_twice_is_stored_once(cast: Cast, patient: Client) -> None:
    body = sent(note="Slept well.", feelings=["calm"])
    first, second = (patient.post(NEW, body, content_type="application/json") for _ in range(2))
    assert (first.status_code, first.json()["is_new"], first.json()["help"]) == (201, True, None)
    assert (second.status_code, second.json()["is_new"]) == (201, False)
    listed = patient.get("/api/v1/my/check-ins/").json()["results"]
    assert [(each["mood"], each["note"], each["feelings"]) for each in listed] == [
        (4, "Slept well.", ["calm"])
    ]


@ROLLED_BACK
@pytest.mark.parametrize(
    "fields", [{}, {"mood": 99}, {"note": DANGER + "x" * 10_000}, {"feelings": ["nonsense"]}]
)
def test_danger_brings_the_help_card_in_the_same_answer_whatever_else_is_wrong(
    cast: Cast, patient: Client, fields: dict[str, object]
) -> None:
    answer = patient.post(NEW, sent(note=DANGER) | fields, content_type="application/json")
    assert answer.status_code == (422 if fields else 201)
    card = answer.json()["help"]
    assert card["heading"]
    assert card["actions"]
    assert SafetyAlert.objects.count() == 1


@ROLLED_BACK
def test_without_consent_nothing_is_stored_and_help_comes_all_the_same(cast: Cast, patient: Client) -> None:
    permissions.withdraw_consent(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.KEEP, by=cast.as_patient, at=NOW
    )
    answer = patient.post(NEW, sent(note=DANGER), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_consent")
    assert answer.json()["help"]
    assert not CheckIn.objects.exists()


@ROLLED_BACK
def test_nothing_of_anybody_else_is_there(cast: Cast, program: Program, patient: Client) -> None:
    patient.post(NEW, sent(note="Mine alone."), content_type="application/json")
    other = program(cast.treating)
    assert other.get("/api/v1/my/check-ins/").status_code == 404

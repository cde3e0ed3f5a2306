"""Forgot the password: whom to ask, a code from the clinic, a new one chosen, without a script."""

from html import unescape

import pytest
from django.test import Client

from clinic import access, invitations, password_links, people
from clinic.clock import now
from clinic.invitations import Invited
from clinic.models.care import CareKind
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.staff import new_password
from tests import pages
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import invited
from tests.integration.dashboard.entrance.door import enter

pytestmark = ROLLED_BACK

NEW = "four quiet words here"
CHOSEN = {"password": NEW, "repeated": NEW}
BORN = {"birth_date": "1992-03-12"}


def code_for(cast: Cast, user: User | None = None) -> str:
    user = user or cast.patient.user
    assert user is not None
    return password_links.issue(user=user, by=cast.administrator, at=now())[1]


@pytest.mark.parametrize("path", ["/sign-in/", "/password/"])
def test_the_page_says_whom_to_ask_and_keeps_help_in_sight(cast: Cast, path: str) -> None:
    page = pages.get(Client(), path)
    assert "Ask your clinic, Northside" in page.words
    assert '/help/"' in page.html


def test_a_patient_chooses_a_new_password_and_signs_in_with_it(cast: Cast) -> None:
    code, client = code_for(cast), Client()
    page = pages.get(client, "/password/").send("/password/", {"code": code.upper()}).follow()
    assert "Your date of birth" in page.words
    done = page.send(f"/password/{code}/", CHOSEN | BORN)
    assert "Your sign-in name is amara" in done.words
    assert pages.get(client, "/my/").status == 302
    assert enter("amara", NEW).status_code == 302
    assert pages.get(Client(), f"/password/{code}/").status == 410


def test_a_wrong_answer_is_refused_without_saying_more_and_then_the_code_is_over(cast: Cast) -> None:
    code, client = code_for(cast), Client()
    page = pages.get(client, f"/password/{code}/")
    for left in ("4 tries are left", "3 tries are left", "2 tries are left", "1 try is left"):
        page = page.send(f"/password/{code}/", CHOSEN | {"birth_date": "1990-01-01"})
        assert page.status == 422
        assert f"This is not what the clinic knows. Check it, or ask the clinic. {left}." in page.words
        assert "amara" not in page.html
        assert not page.has_value("password")
    over = page.send(f"/password/{code}/", CHOSEN | {"birth_date": "1990-01-01"})
    assert (over.status, "your old password still works" in over.words) == (410, True)
    assert pages.get(client, f"/password/{code}/").status == 410


def test_passwords_that_differ_cost_no_try(cast: Cast) -> None:
    code = code_for(cast)
    page = pages.get(Client(), f"/password/{code}/")
    wrong = page.send(f"/password/{code}/", {"password": NEW, "repeated": "x", "birth_date": "1990-01-01"})
    assert (wrong.status, "tries are left" in wrong.words) == (422, False)


def test_a_code_that_is_not_known_reads_the_same_whoever_asks_and_guessing_is_paused(cast: Cast) -> None:
    client, guess = Client(), new_password()
    said = {unescape(client.post("/password/", {"code": guess}).content.decode()) for _try in range(10)}
    assert all("This code is not known" in each for each in said)
    assert client.post("/password/", {"code": guess}).status_code == 429
    assert client.get(f"/password/{code_for(cast)}/").status_code == 200, "a right code works at any time"


def test_a_code_typed_on_the_other_page_leads_to_its_own(cast: Cast) -> None:
    _invitation, of_joining = invited(cast.administrator)
    of_password = code_for(cast)
    assert pages.post(Client(), "/password/", {"code": of_joining}).path == f"/join/{of_joining}/"
    assert pages.post(Client(), "/join/", {"code": of_password}).path == f"/password/{of_password}/"


def test_words_of_danger_in_a_name_get_the_card_in_the_same_answer(cast: Cast) -> None:
    cast.patient.seal(cast.ring, birth_date="")
    cast.patient.save()
    code = code_for(cast)
    page = pages.get(Client(), f"/password/{code}/")
    assert "Your date of birth" not in page.words
    answer = page.send(f"/password/{code}/", CHOSEN | {"name": "I want to kill myself"})
    assert (answer.status, 'role="alert"' in answer.html) == (422, True)


def test_a_colleague_chooses_one_without_a_date_of_birth(cast: Cast) -> None:
    code = code_for(cast, cast.treating.user)
    page = pages.get(Client(), f"/password/{code}/")
    assert "Only if you are in care at this clinic too." in page.words
    page.send(f"/password/{code}/", CHOSEN)
    assert enter("treating", NEW).status_code == 302


def test_whoever_joins_a_record_from_elsewhere_must_say_its_birth_date(cast: Cast) -> None:
    person = people.NewPatient("Rosa Lindqvist", "", now().date().replace(year=1986), "", "UTC", "en")
    record, _ring = people.register_patient(person=person, user=None, by=cast.administrator, at=now())
    assert cast.treating.user
    access.start_care(
        patient=record, user=cast.treating.user, kind=CareKind.TREATING, by=cast.administrator, at=now()
    )
    guest = Invited(role=Role.PATIENT, record_number=record.record_number, zone="UTC", language="en")
    code = invitations.invite(person=guest, by=cast.treating, at=now())[1]
    page = pages.get(Client(), f"/join/{code}/")
    assert "It must be the one that the clinic knows of you." in page.words
    own = CHOSEN | {"name": "Rosa", "birth_date": "1990-01-01"}
    for _try in range(4):
        page = page.send(f"/join/{code}/", own)
        assert page.status == 422
    assert "1 try is left" in page.words
    assert "Lindqvist" not in page.html
    over = page.send(f"/join/{code}/", own)
    assert (over.status, "too many dates of birth that did not fit" in over.words) == (410, True)
    assert Patient.objects.get(pk=record.pk).user is None

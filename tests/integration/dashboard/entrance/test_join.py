"""Joining through the pages, without a script: from the sheet to the first page, and every way in which it ends."""

import re
from html import unescape

import pytest
from axes.models import AccessAttempt
from django.test import Client

from audit.models import AuditEntry
from clinic import invitations
from clinic.clock import now
from clinic.models.consent import ConsentGrant
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.staff import new_password
from tests import pages
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import invited
from tests.integration.dashboard.governance.desk import html_of, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

OWN = {"password": "four quiet words here", "repeated": "four quiet words here"}
AMA = OWN | {
    "name": "Ama Boateng",
    "pronouns": "she/her",
    "birth_date": "1990-05-04",
    "phone": "+44 1632 960777",
}


def code_on(page: str) -> str:
    found = re.search(r'class="secret__words">([^<]+)<', page)
    assert found
    return found[1]


def test_a_colleague_is_invited_and_joins_with_a_password_that_nobody_else_saw(cast: Cast) -> None:
    desk = signed_in(Client(), cast.administrator)
    given = {"printed_name": "Dr Amina Bello", "title": "Clinical psychologist", "role": "psychologist"}
    code = code_on(text_of(desk.post("/manage/invitations/staff/", given), status=201))
    assert code not in html_of(desk, "/manage/invitations/")
    client = Client()
    typed = pages.get(client, "/join/").send("/join/", {"code": code.upper().replace("-", " ")})
    page = typed.follow()
    assert "Dr Amina Bello" in page.words
    done = page.send(f"/join/{code}/", OWN | {"sign_in_name": "amina"})
    assert done.path == "/queue/"
    assert "Your account is ready" in pages.get(client, "/queue/").words
    assert User.objects.get(sign_in_name="amina").staff.printed_name == "Dr Amina Bello"


def test_a_patient_joins_and_everything_is_off_until_they_say_so(cast: Cast) -> None:
    therapist = signed_in(Client(), cast.treating)
    sent = {"record_number": "", "zone": "Europe/London", "language": "en"}
    code = code_on(text_of(therapist.post("/patients/invite/", sent), status=201))
    client = Client()
    page = pages.get(client, f"/join/{code}/")
    done = page.send(f"/join/{code}/", AMA)
    assert done.path == "/my/about/"
    patient = Patient.objects.exclude(pk__in=[cast.patient.pk, cast.other_patient.pk]).get()
    assert not ConsentGrant.objects.filter(patient=patient).exists()
    assert re.fullmatch(r"[a-z]+-\d{4}", patient.user.sign_in_name if patient.user else "")
    assert "Nothing is kept, shared or read by AI until you say so" in pages.get(client, "/my/about/").words
    assert "Ama Boateng" in html_of(therapist, "/patients/")


def test_the_administrator_reads_the_record_number_and_nothing_of_the_person(cast: Cast) -> None:
    desk = signed_in(Client(), cast.administrator)
    invitation, code = invited(cast.administrator, Role.PATIENT)
    client = Client()
    pages.get(client, f"/join/{code}/").send(f"/join/{code}/", AMA)
    everything = "".join(
        html_of(desk, path)
        for path in ("/manage/invitations/?show=all", "/manage/people/?show=patients", "/manage/audit/")
    )
    assert invitation.record_number in everything
    assert [word for word in ("Ama", "Boateng", "960777", "1990") if word in everything] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sign_in_name": "boateng-1"}, "a part of your own name"),
        ({"sign_in_name": "treating"}, "signs in with this name already"),
        ({"repeated": "something else"}, "The two passwords differ"),
        ({"password": "short", "repeated": "short"}, "too short"),
        ({"birth_date": "2990-01-01"}, "Check the year"),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_the_rest_is_kept(
    cast: Cast, changes: dict[str, str], said: str
) -> None:
    _invitation, code = invited(cast.administrator, Role.PATIENT)
    before = User.objects.count()
    page = pages.get(Client(), f"/join/{code}/").send(f"/join/{code}/", AMA | changes)
    assert page.status == 422
    assert said in page.words
    assert 'value="+44 1632 960777"' in page.html
    assert not page.has_value("password")
    assert User.objects.count() == before


def test_a_name_that_calls_for_help_gets_it_in_the_same_answer(cast: Cast) -> None:
    _invitation, code = invited(cast.administrator, Role.PATIENT)
    client = Client()
    wrong = pages.get(client, f"/join/{code}/").send(
        f"/join/{code}/", AMA | {"name": "I want to kill myself", "password": "x"}
    )
    assert 'role="alert"' in wrong.html
    done = wrong.send(f"/join/{code}/", AMA | {"name": "I want to kill myself"})
    assert (done.status, 'role="alert"' in done.html) == (200, True)


def test_a_name_that_is_too_long_is_not_cut_and_read_to_its_end(cast: Cast) -> None:
    _invitation, code = invited(cast.administrator, Role.PATIENT)
    page = pages.get(Client(), f"/join/{code}/")
    assert "maxlength" not in page.html
    words = "I do not know what to write here. " * 100 + "I want to kill myself"
    refused = page.send(f"/join/{code}/", AMA | {"name": words})
    assert (refused.status, 'role="alert"' in refused.html) == (422, True)


def test_each_way_in_which_an_invitation_ends_says_what_to_do(cast: Cast) -> None:
    said = {}
    for state in ("used", "expired", "revoked"):
        at = now() - invitations.STANDS_FOR[Role.ADMINISTRATOR] if state == "expired" else now()
        invitation, code = invited(cast.administrator, at=at)
        if state == "used":
            pages.get(Client(), f"/join/{code}/").send(f"/join/{code}/", OWN | {"sign_in_name": "ada"})
        if state == "revoked":
            invitations.revoke(invitation=invitation, by=cast.administrator, at=now())
        page = pages.get(Client(), f"/join/{code}/")
        assert page.status == 410
        said[state] = page.words
    assert "sign in with the name and password that you chose" in said["used"]
    assert "Ask whoever invited you for a new code" in said["expired"]
    assert "ask the clinic for a new code" in said["revoked"]


def test_guessing_is_counted_and_paused_without_keeping_what_was_typed(cast: Cast) -> None:
    client, guess = Client(), new_password()
    for _try in range(10):
        assert client.post("/join/", {"code": guess}).status_code == 422
    counted = AuditEntry.objects.filter(action="join_failed").count()
    paused = client.post("/join/", {"code": guess})
    assert paused.status_code == 429
    assert "A right code works at any time" in unescape(paused.content.decode())
    assert AuditEntry.objects.filter(action="join_failed").count() == counted
    kept = str(list(AccessAttempt.objects.values()))
    assert guess not in kept
    assert client.post("/sign-in/", {"username": "treating", "password": "x"}).status_code == 200


def test_a_code_that_works_is_never_counted(cast: Cast) -> None:
    _invitation, code = invited(cast.administrator)
    client = Client()
    assert {client.get(f"/join/{code}/").status_code for _try in range(12)} == {200}

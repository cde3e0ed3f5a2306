"""People: who there is."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.patient import Patient
from clinic.models.user import Role, StaffProfile, User
from dashboard.governance.context import people as listing
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import address, html_of

pytestmark = ROLLED_BACK

PATIENTS = "/manage/people/?show=patients"


def test_staff_are_listed_with_name_role_and_licence(desk: Client, cast: Cast) -> None:
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=dt.date(2020, 5, 4))
    page = html_of(desk, "/manage/people/")
    row = page.split("Dr Maya Okonkwo")[1].split("</tr>")[0]
    assert "Psychologist" in row
    assert "Ended 4 May 2020: signing is refused" in row


def test_patients_are_listed_by_record_number_and_sign_in_name(desk: Client, cast: Cast) -> None:
    page = html_of(desk, PATIENTS)
    row = page.split(cast.patient.record_number)[1].split("</tr>")[0]
    assert ">amara</td>" in row
    assert cast.other_patient.record_number in page


@pytest.mark.parametrize(
    "path",
    [
        "/manage/people/?q=%00",
        "/manage/people/?show=patients&q=%00",
        "/manage/people/?show=patients&after=%00",
        "/manage/teams/?q=%00",
    ],
)
def test_a_search_that_no_database_takes_is_answered(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 200


def test_that_a_colleague_is_a_patient_too_stands_neither_in_the_list_nor_on_their_page_nor_in_the_log(
    desk: Client, cast: Cast
) -> None:
    user = cast.other_psychologist.user
    assert user is not None
    Patient.objects.filter(pk=cast.patient.pk).update(user=user)
    access.grant_role(user=user, role=Role.PATIENT, by=SOFTWARE, at=NOW)
    row = html_of(desk, "/manage/people/").split("Dr Elias Ruiz")[1].split("</tr>")[0]
    assert "Psychologist" in row
    assert "Patient" not in row
    assert 'value="patient"' not in html_of(desk, address(user))
    entry = html_of(desk, "/manage/audit/?action=role_granted").split("<tbody>")[1].split("</tr>")[0]
    assert cast.patient.record_number in entry
    assert "Elias" not in entry


def test_a_colleague_who_is_a_patient_too_is_not_named_beside_the_record(desk: Client, cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(user=cast.other_psychologist.user)
    page = html_of(desk, PATIENTS)
    assert cast.patient.record_number in page
    assert str(cast.other_psychologist.user.pk if cast.other_psychologist.user else "") not in page
    searched = html_of(desk, f"{PATIENTS}&q=other")
    assert cast.patient.record_number not in searched
    assert cast.patient.record_number not in html_of(desk, address(cast.other_psychologist.user))


@pytest.mark.parametrize(("query", "found"), [("amar", True), ("AMAR", True), ("henr", False)])
def test_patients_are_found_by_the_first_letters_of_the_sign_in_name(
    desk: Client, cast: Cast, query: str, found: bool
) -> None:
    assert (cast.patient.record_number in html_of(desk, f"{PATIENTS}&q={query}")) is found


def test_patients_are_found_by_the_first_digits_of_the_record_number(desk: Client, cast: Cast) -> None:
    page = html_of(desk, f"{PATIENTS}&q={cast.patient.record_number[:7].lower()}")
    assert cast.patient.record_number in page


def test_lists_are_read_page_by_page_and_lose_nobody(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for number in range(3):
        patient_of(None, f"Person {number}", sign_in_name=f"person-{number}")
    for start, pattern in (
        (PATIENTS, r'href="/manage/people/[0-9a-f-]{36}/">(CS-\d{5})<'),
        ("/manage/people/?", r'href="/manage/people/([0-9a-f-]{36})/"'),
    ):
        seen: list[str] = []
        path: str | None = start
        while path:
            page = html_of(desk, path)
            seen += re.findall(pattern, page)
            more = re.search(r'href="([^"]*)" rel="next"', page)
            path = more[1] if more else None
        expected = (
            Patient.objects.count() if "patients" in start else User.objects.filter(patient=None).count()
        )
        assert len(seen) == len(set(seen)) == expected


def test_lists_cost_as_many_queries_for_many_as_for_few(desk: Client, cast: Cast) -> None:
    for path in (PATIENTS, "/manage/people/"):
        html_of(desk, path)
        with CaptureQueriesContext(connection) as few:
            html_of(desk, path)
        for number in range(6):
            patient_of(None, f"Person {number}", sign_in_name=f"{path[-3:-1]}-{number}".replace("/", ""))
            User.objects.create_user(f"staff-{path[-3:-1]}-{number}")
        with CaptureQueriesContext(connection) as many:
            html_of(desk, path)
        assert len(many) == len(few) <= 18

"""A clinic set up from nothing: its first administrator, a psychologist, a patient, and care between the two."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from clinic.models.care import CareRelationship
from clinic.models.observation import CheckIn
from tests import database
from tests.functional import acts
from tests.functional.browsing import PHONE, Browsing
from tests.functional.site import Site

pytestmark = pytest.mark.browser

OWN_PASSWORD = "four quiet words here"


@pytest.fixture
def first_password(site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A clinic that was just made by the command, and the password that the command printed."""
    said = StringIO()
    place = {
        "country": "GB",
        "zone": "Europe/London",
        "sign_in_name": "ines",
        "printed_name": "Ines Carvalho",
    }
    with django_db_blocker.unblock():
        call_command("start_clinic", "Riverbank", **place, stdout=said)
        found = re.search(r"ines  (\S+)", said.getvalue())
        assert found
        yield found[1]
        database.wipe()


def code_of(page: Page) -> str:
    """The code on the sheet."""
    page.get_by_text("This page shows the code once").wait_for()
    return page.locator(".secret__words:not(.secret__words--small)").first.inner_text()


def type_code(page: Page, code: str) -> None:
    """From the sign-in page, as somebody with a sheet of paper."""
    page.goto("/sign-in/")
    page.get_by_role("link", name="Open your account with the code").click()
    page.get_by_label("Your code").fill(code.upper().replace("-", " "))
    page.get_by_role("button", name="Go on").click()


def choose_password(page: Page) -> None:
    """A password that nobody else has seen."""
    page.get_by_label("Password", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("The same password again").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Open my account").click()


def invite_a_psychologist(page: Page) -> str:
    """People, Invite, the form: the code on the sheet."""
    page.get_by_role("link", name="Invite…").click()
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("Printed name").fill("Dr Amina Bello")
    page.get_by_label("Professional title").fill("Clinical psychologist")
    page.get_by_label("Licence valid until").fill("2099-01-01")
    page.get_by_role("button", name="Make the invitation").click()
    return code_of(page)


def invite_a_patient(page: Page) -> str:
    """Into the own care."""
    page.goto("/patients/")
    page.get_by_role("link", name="Invite a patient").click()
    page.get_by_role("button", name="Make the invitation").click()
    return code_of(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_clinic_begins_with_one_administrator_and_ends_in_care(
    browsing: Browsing, first_password: str, scripts: bool
) -> None:
    desk = browsing.signed_in("ines", password=first_password, scripts=scripts)
    code = invite_a_psychologist(desk)
    therapist = browsing.window(scripts=scripts)
    type_code(therapist, code)
    therapist.get_by_label("Sign-in name").fill("amina")
    choose_password(therapist)
    therapist.get_by_text("Your account is ready").wait_for()
    code = invite_a_patient(therapist)
    patient = browsing.window(size=PHONE, scripts=scripts)
    type_code(patient, code)
    patient.get_by_label("Your name").fill("Ama Boateng")
    choose_password(patient)
    patient.get_by_text("Nothing is kept, shared or read by AI until you say so").wait_for()
    for title in ("Keep my check-ins", "Share my check-ins with my psychologist"):
        switch = patient.locator("form.consent").filter(
            has=patient.get_by_role("heading", name=title, exact=True)
        )
        switch.get_by_role("button").click()
        patient.get_by_text("Switched on.").wait_for()
    acts.check_in(patient, 6, "A quiet day.")
    therapist.goto("/patients/")
    therapist.get_by_role("link", name="Ama Boateng").click()
    therapist.get_by_text("A quiet day.").first.wait_for()
    for path in ("/manage/people/?show=patients", "/manage/invitations/?show=all", "/manage/audit/"):
        desk.goto(path)
        assert "Boateng" not in desk.content()
    assert (CheckIn.objects.count(), CareRelationship.objects.count()) == (1, 1)

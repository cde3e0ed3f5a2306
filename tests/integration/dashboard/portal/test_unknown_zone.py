"""A time zone that this machine does not know takes away neither the help card nor the page to whoever is on call."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from clinic.clock import zone_of
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall import rows
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import CHECK_IN, text_of
from tests.paging import kept

pytestmark = ROLLED_BACK


@pytest.fixture(autouse=True)
def _damaged(cast: Cast) -> None:
    kept(cast)
    Clinic.objects.update(zone="Mars/Olympus")
    Patient.objects.update(zone="Mars/Olympus")


def test_the_card_is_shown_and_the_alert_opens(portal: Client) -> None:
    form = {"mood": "3", "note": "I want to kill myself tonight", "submission": str(uuid4())}
    assert "help-card" in text_of(portal.post(CHECK_IN, form, follow=True))
    assert SafetyAlert.objects.count() == 1
    assert portal.get("/my/help/").status_code == 200


def test_whoever_is_on_call_is_found_by_utc() -> None:
    assert rows.on_call(at=NOW)
    assert zone_of("Mars/Olympus") is dt.UTC

"""A time zone that this machine does not know takes away neither the help card nor the page to whoever is on call."""

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from django.test import Client

from clinic.actor import Actor
from clinic.clock import now, zone_of
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall import rows
from clinic.slots import Slot
from recommendations import correspondence
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import CHECK_IN, text_of
from tests.paging import kept
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

DAY = f"{now().year + 1}-01-0"
TIMES = {"from_day": f"{DAY}5", "from_time": "18:00", "to_day": f"{DAY}6", "to_time": "08:00"}


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


def answers(actor: Actor, *paths: str) -> dict[str, int]:
    client = signed_in(Client(), actor)
    found = {path: client.get(path) for path in paths}
    assert all(b"".join(each) for each in found.values())  # what is sent in pieces is sent whole
    return {path: each.status_code for path, each in found.items() if each.status_code != 200}


def test_no_page_of_a_record_is_lost(cast: Cast) -> None:
    assert cast.treating.user
    slot = Slot(
        dt.date(2999, 6, 1), dt.time(14), "Mars/Olympus", 50, cast.treating.user, "video", "I ring you."
    )
    held = correspondence.agree(patient=cast.patient, slot=slot, by=cast.treating, at=NOW)
    of = f"/patients/{cast.patient.record_number}/"
    own = (
        "",
        "appointments/",
        f"appointments/{held.pk}/",
        "history/",
        "export/",
        "questionnaires/",
        "safety-plan/",
    )
    assert answers(cast.treating, *(of + each for each in own), "/queue/", "/safety/") == {}
    assert answers(cast.as_patient, f"/my/appointments/{held.pk}/", "/my/help/") == {}


def test_no_page_of_an_administrator_is_lost(cast: Cast) -> None:
    pages = ("rota/", "audit/", "audit/download/", "safety/", "people/", "paging/", "health/")
    assert answers(cast.administrator, *(f"/manage/{each}" for each in pages)) == {}
    assert cast.treating.user
    away = TIMES | {"absent": cast.treating.user.pk, "cover": ""}
    assert signed_in(Client(), cast.administrator).post("/manage/rota/absences/", away).status_code in {
        302,
        422,
    }


def test_where_one_page_looked_the_zone_up_itself_it_would_be_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.governance.context.rota.zone_of", ZoneInfo)
    with pytest.raises(ZoneInfoNotFoundError):
        answers(cast.administrator, "/manage/rota/")

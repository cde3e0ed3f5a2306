"""Sessions: who is signed in where, ending one or all, and the end that comes however busy somebody is."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from audit.models import AuditEntry
from clinic import access, reauth, sessions
from clinic.clock import now
from clinic.models.clinic import Clinic
from clinic.models.user import Role
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import address, html_of, text_of

pytestmark = ROLLED_BACK

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def entered(name: str, agent: str = LAPTOP) -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR="203.0.113.9")
    assert client.post("/sign-in/", {"username": name, "password": PASSWORD}).status_code == 302
    return client


def moved(client: Client, hours: float) -> None:
    """Let the session have begun so many hours ago."""
    session = client.session
    for key in (reauth.BEGAN_KEY, sessions.ENDS_KEY):
        session[key] -= hours * 3600
    session.save()


def test_one_sees_where_one_is_signed_in_and_ends_the_others(cast: Cast) -> None:
    here, there = entered("treating"), entered("treating", PHONE)
    page = html_of(here, "/sessions/")
    assert "A phone" in page
    assert "A computer" in page
    assert "This one" in page
    assert "203.0.113.9" not in page
    here.post("/sessions/")
    assert there.get("/safety/").status_code == 302
    assert here.get("/safety/").status_code == 200
    entry = AuditEntry.objects.get(action="session_ended")
    assert entry.facts == {"sessions": 1, "kept": sessions.handle_of(here.session.session_key or "")}


def test_the_handle_of_a_session_is_not_its_key(cast: Cast) -> None:
    here = entered("treating")
    key = here.session.session_key
    assert key is not None
    assert key not in html_of(here, "/sessions/")
    assert sessions.handle_of(key) != key[:16]


def test_nobody_ends_a_session_of_somebody_else(cast: Cast) -> None:
    here, other = entered("treating"), entered("other")
    here.post("/sessions/", {"handle": sessions.handle_of(other.session.session_key or "")})
    assert other.get("/safety/").status_code == 200


def test_a_patient_sees_theirs_in_their_own_frame(cast: Cast) -> None:
    page = html_of(entered("amara", PHONE), "/sessions/")
    assert "A phone" in page
    assert "portal-head" in page


def test_an_administrator_ends_one_of_a_colleagues_sessions(desk: Client, cast: Cast) -> None:
    phone, laptop = entered("treating", PHONE), entered("treating")
    assert "A phone" in html_of(desk, address(cast.treating.user, "sessions/"))
    handle = {"handle": sessions.handle_of(phone.session.session_key or "")}
    desk.post(address(cast.treating.user, "sessions/end/"), handle)
    assert phone.get("/safety/").status_code == 302
    assert laptop.get("/safety/").status_code == 200


def test_when_and_where_a_patient_is_signed_in_is_not_shown_and_can_be_ended(
    desk: Client, cast: Cast
) -> None:
    client = entered("amara", PHONE)
    page = text_of(desk.get(address(cast.patient.user, "sessions/")))
    assert "A phone" not in page
    assert "Since" not in page
    desk.post(address(cast.patient.user, "sessions/end/"))
    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 302)])
def test_a_session_of_staff_ends_after_twelve_hours_however_busy(
    cast: Cast, hours: float, status: int
) -> None:
    client = entered("treating")
    moved(client, hours)
    assert client.get("/safety/").status_code == status


def test_the_clinic_sets_how_long(cast: Cast) -> None:
    Clinic.objects.update(staff_session_hours=2)
    client = entered("treating")
    moved(client, 2.1)
    assert client.get("/safety/").status_code == 302


def test_a_session_without_an_end_would_go_on_for_days(cast: Cast) -> None:
    """The planted fault: the moment of its end is missing, and nothing ends it but idling."""
    client = entered("treating")
    session = client.session
    del session[sessions.ENDS_KEY]
    session.save()
    moved_began = now() - dt.timedelta(days=3)
    session[reauth.BEGAN_KEY] = moved_began.timestamp()
    session.save()
    assert client.get("/safety/").status_code == 200


def test_changing_the_role_changes_the_key_of_the_session(cast: Cast) -> None:
    assert cast.treating.user is not None
    access.grant_role(user=cast.treating.user, role=Role.ADMINISTRATOR, by=cast.administrator, at=now())
    client = entered("treating")
    before = client.session.session_key
    client.post("/role/", {"role": "administrator"})
    assert client.get("/manage/people/").status_code == 200
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (PHONE, "phone"),
        (LAPTOP, "computer"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (Linux; Android 15; SM-X710)", "tablet"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari", "phone"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_only_the_rough_kind_of_device_is_kept(agent: str, kind: str) -> None:
    assert sessions.device_of(agent) == kind

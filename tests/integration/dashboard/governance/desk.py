"""What the tests of the administrator's pages share: addresses, pages as they are read, a patient with a record."""

from html import unescape
from typing import Any

from django.test import Client

from audit.models import AuditEntry
from clinic.models.safety import AlertLevel
from clinic.models.user import User
from recommendations import permissions
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.factories import approved, check_in, open_drafts
from tests.integration.dashboard.safety.raised import WORDS, raised

NOTE = "the walk by the river was grey"
PERSON = ("Amara", "Nwosu", "she/her", "960001", "1992")
PAGES = (
    "/manage/people/",
    "/manage/people/?show=patients",
    "/manage/health/",
    "/manage/licences/",
    "/manage/invitations/?show=all",
    "/manage/invitations/staff/",
    "/manage/invitations/patient/",
    "/manage/teams/",
    "/manage/teams/?ended=1",
    "/manage/teams/nobody/",
    "/manage/switch/",
    "/manage/audit/",
)


def text_of(response: Any, status: int = 200) -> str:
    """The body of an answer, with its characters as people read them."""
    assert response.status_code == status, response
    return unescape(response.content.decode())


def html_of(client: Client, path: str) -> str:
    """A page as people read it."""
    return text_of(client.get(path))


def newest() -> AuditEntry:
    """The newest entry of the log."""
    return AuditEntry.objects.order_by("-id")[0]


def full_record(cast: Cast) -> list[str]:
    """Give the patient of the cast a note, drafts, a plan, an alert and a stop of AI; returns words of all of them."""
    check_in(cast.patient, note=NOTE)
    draft, *_others = open_drafts(cast.patient, cast.treating)
    plan = draft_words(draft, cast.ring)
    approved(draft, cast.treating)
    raised(cast.patient, AlertLevel.EMERGENCY)
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    return [*PERSON, NOTE, WORDS, plan.title, plan.words, draft.code]


def address(user: User | None, act: str = "") -> str:
    """The page of somebody's account, or an act on it."""
    assert user is not None
    return f"/manage/people/{user.pk}/{act}"


def sign_in(name: str, password: str) -> Client:
    """A browser in which somebody has signed in through the page."""
    client = Client()
    response = client.post("/sign-in/", {"username": name, "password": password})
    assert response.status_code == 302
    return client

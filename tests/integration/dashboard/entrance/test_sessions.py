"""Being inside: roles, idle time, leaving, words that come back to the same person only."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from audit.models import AuditEntry
from clinic import access, clock
from clinic.models.user import Role
from dashboard.entrance import resume
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.entrance.door import SIGN_IN, enter, entered, text_of

pytestmark = ROLLED_BACK

NEW_COLLEAGUE = {"printed_name": "Dr Amina Bello", "title": "Psychologist"}
ADD = "/manage/invitations/staff/"


def sealed_by(cast: Cast, *, path: str = ADD, token: str = "") -> str:
    """What the administrator typed, sealed in the sign-in page that answers a form without a session."""
    assert cast.administrator.user is not None
    owner = token or owner_token(cast.administrator.user)
    page = text_of(Client().post(path, NEW_COLLEAGUE | {OWNER_FIELD: owner}), status=401)
    return page.split('name="resume" value="')[1].split('"')[0] if 'name="resume"' in page else ""


def test_another_role_is_taken_on_by_a_press_of_its_own_and_stands_in_the_log(cast: Cast) -> None:
    assert cast.treating.user is not None
    access.grant_role(user=cast.treating.user, role=Role.ADMINISTRATOR, by=cast.administrator, at=NOW)
    client = entered("treating")
    assert client.get("/manage/people/").status_code == 404
    assert client.post("/role/", {"role": "administrator"})["Location"] == "/manage/people/"
    assert client.get("/manage/people/").status_code == 200
    assert client.get("/safety/").status_code == 404
    switched = AuditEntry.objects.get(action="role_switched")
    assert (switched.actor_role, switched.reason) == ("administrator", "administrator")


def test_a_role_that_one_does_not_hold_is_not_taken_on(cast: Cast) -> None:
    client = entered("treating")
    client.post("/role/", {"role": "administrator"})
    assert client.get("/manage/people/").status_code == 404
    assert not AuditEntry.objects.filter(action="role_switched").exists()


def test_a_role_that_ended_makes_its_session_useless_at_once(cast: Cast) -> None:
    client = entered("treating")
    assert client.get("/safety/").status_code == 200
    assert cast.treating.user is not None
    access.end_role(user=cast.treating.user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=clock.now())
    assert client.get("/safety/")["Location"] == f"{SIGN_IN}?next=/safety/"


@pytest.mark.parametrize(
    ("name", "seconds"), [("treating", settings.STAFF_IDLE_SECONDS), ("amara", settings.PATIENT_IDLE_SECONDS)]
)
def test_an_idle_session_ends_after_the_time_of_its_role(cast: Cast, name: str, seconds: int) -> None:
    client = entered(name)
    session = Session.objects.get(session_key=client.session.session_key)
    left = (session.expire_date - clock.now()).total_seconds()
    assert seconds - 20 < left <= seconds
    Session.objects.filter(pk=session.pk).update(expire_date=clock.now() - dt.timedelta(seconds=1))
    assert client.get("/").headers["Location"] == SIGN_IN


def test_every_answer_prolongs_the_session(cast: Cast) -> None:
    client = entered("treating")
    key = client.session.session_key
    Session.objects.filter(pk=key).update(expire_date=clock.now() + dt.timedelta(seconds=30))
    client.get("/safety/")
    left = Session.objects.get(pk=key).expire_date - clock.now()
    assert left > dt.timedelta(minutes=14)


def test_signing_out_ends_the_session_on_both_sides(cast: Cast) -> None:
    client = entered("treating")
    key = client.session.session_key
    response = client.post("/sign-out/")
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(pk=key).exists()
    assert AuditEntry.objects.order_by("-id")[0].action == "signed_out"


def test_signing_out_is_no_link_that_a_strange_page_could_open(cast: Cast) -> None:
    client = entered("treating")
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/safety/").status_code == 200


def test_leaving_ends_the_session_and_clears_the_browser(cast: Cast) -> None:
    client = entered("amara")
    response = client.get("/leave/")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/my/").status_code == 302
    left = AuditEntry.objects.order_by("-id")[0]
    assert (left.action, left.reason) == ("signed_out", "leave")


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_page_one_leaves_to_says_nothing_of_where_one_was(cast: Cast, signed_in: bool) -> None:
    client = entered("amara") if signed_in else Client()
    page = text_of(client.get("/leave/"))
    words = ("Northside", "Countersign", "clinic", "mood", "help", "mark.svg", "Sign in", "fictional")
    text = page.replace("/static/countersign/", "/static/")
    assert [word for word in words if word in text] == []


@pytest.mark.parametrize(
    ("chosen", "stands"), [("dark", True), ("light", True), ("pink", False), ("", False)]
)
def test_colours_are_kept_in_a_cookie_and_nothing_else_is(cast: Cast, chosen: str, stands: bool) -> None:
    client = Client()
    response = client.post("/colours/", {"theme": chosen, "next": "/help/"})
    assert response["Location"] == "/help/"
    page = text_of(client.get("/help/"))
    assert (f'data-theme="{chosen}"' in page) is stands
    assert ("data-theme" in page) is stands


def test_colours_lead_to_no_strange_address(cast: Cast) -> None:
    response = Client().post("/colours/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_words_of_a_session_that_had_ended_come_back_in_their_form(cast: Cast) -> None:
    client = Client()
    response = enter("administrator", client=client, resume=sealed_by(cast))
    assert response["Location"] == ADD
    page = text_of(client.get(ADD))
    assert 'value="Dr Amina Bello"' in page
    assert "nothing was stored yet" in page
    assert "Dr Amina Bello" not in text_of(client.get(ADD))


def test_the_words_are_not_readable_in_the_page_that_carries_them(cast: Cast) -> None:
    assert cast.administrator.user is not None
    owner = owner_token(cast.administrator.user)
    page = text_of(Client().post(ADD, NEW_COLLEAGUE | {OWNER_FIELD: owner}), status=401)
    assert "Amina" not in page
    assert "Nothing was stored yet" in page


def test_words_of_one_person_come_back_to_no_other(cast: Cast, second: None) -> None:
    client = Client()
    response = enter("second", client=client, resume=sealed_by(cast))
    assert response["Location"] == "/manage/people/"
    assert "Dr Amina Bello" not in text_of(client.get(ADD))


def test_if_nobody_asked_whose_words_they_are_another_would_read_them(
    cast: Cast, second: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = sealed_by(cast)
    opened = resume._opened(sealed)
    assert opened is not None

    class Anybody(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            return True

        def __ne__(self, other: object) -> bool:
            return False

    monkeypatch.setattr(resume, "_opened", lambda sealed: opened | {"owner": Anybody()} if sealed else None)
    client = Client()
    enter("second", client=client, resume=sealed)
    assert 'value="Dr Amina Bello"' in text_of(client.get(ADD))


@pytest.mark.parametrize("token", ["forged", "forged:token:x"])
def test_words_without_an_owner_are_not_carried_on(cast: Cast, token: str) -> None:
    assert sealed_by(cast, token=token) == ""


def test_words_older_than_an_hour_do_not_come_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = sealed_by(cast)
    monkeypatch.setattr(resume, "LONGEST_SECONDS", -1)
    assert enter("administrator", resume=sealed)["Location"] == "/manage/people/"


def test_sealed_words_that_were_changed_do_not_come_back(cast: Cast) -> None:
    assert enter("administrator", resume=sealed_by(cast)[:-9] + "AAAAAAAA=")["Location"] == "/manage/people/"

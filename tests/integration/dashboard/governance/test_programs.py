"""Tokens and the administrator: they end with access, role and password, are listed of staff alone, and are revoked."""

import datetime as dt

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import token_ends, tokens
from clinic.actor import Actor
from clinic.clock import now
from clinic.models.user import Role
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import address, html_of, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

NINE_DAYS = dt.timedelta(days=9)


def token(by: Actor, label: str = "Notebook") -> str:
    return tokens.make(label=label, scopes=["read"], lasts=NINE_DAYS, by=by, at=now())[1]


def works(secret: str) -> bool:
    return Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/").status_code == 200


WAYS = [("access/end/", "access/give/", {}), ("role/end/", "role/give/", {"role": "psychologist"})]


@pytest.mark.parametrize(("end", "give", "sent"), WAYS)
def test_a_token_never_holds_again_after_access_or_role_ended(
    desk: Client, cast: Cast, end: str, give: str, sent: dict[str, str]
) -> None:
    secret = token(cast.treating)
    assert works(secret)
    for act in (end, give):
        desk.post(address(cast.treating.user, act), sent)
    assert not works(secret)
    entry = AuditEntry.objects.get(action="token_revoked")
    assert entry.actor_role == "administrator"
    assert cast.treating.user is not None
    assert entry.facts["user"] == str(cast.treating.user.pk)


@pytest.mark.parametrize(("end", "give", "sent"), WAYS)
def test_planted_fault_without_the_revocation_it_comes_back(
    desk: Client, cast: Cast, end: str, give: str, sent: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_ends, "revoke_all", lambda **_asked: 0)
    secret = token(cast.treating)
    for act in (end, give):
        desk.post(address(cast.treating.user, act), sent)
    assert works(secret)


def test_an_ended_role_ends_its_own_tokens_alone(desk: Client, cast: Cast) -> None:
    assert cast.treating.user
    desk.post(address(cast.treating.user, "role/give/"), {"role": "administrator"})
    both = Actor(cast.treating.user, Role.ADMINISTRATOR)
    _row, of_the_log = tokens.make(label="Log", scopes=["audit"], lasts=NINE_DAYS, by=both, at=now())
    of_records = token(cast.treating)
    desk.post(address(cast.treating.user, "role/end/"), {"role": "administrator"})
    assert (works(of_the_log), works(of_records)) == (False, True)


def test_an_administrator_lists_the_programs_of_a_colleague_and_revokes_one(desk: Client, cast: Cast) -> None:
    kept, revoked = token(cast.treating, "Notebook"), token(cast.treating, "Stolen tablet")
    path = address(cast.treating.user)
    page = html_of(desk, path)
    assert "Stolen tablet" in page
    pk = page.split("Stolen tablet")[1].split('name="token" value="')[1].split('"')[0]
    answer = text_of(desk.post(path + "tokens/end/", {"token": pk}, follow=True))
    assert "1 token was revoked." in answer
    assert (works(kept), works(revoked)) == (True, False)
    assert "2 tokens" not in text_of(desk.post(path + "tokens/end/", follow=True))
    assert not works(kept)
    assert desk.post(path + "tokens/end/", {"token": "x"}).status_code == 404


def test_of_a_patient_nothing_is_listed_and_all_is_ended(desk: Client, cast: Cast) -> None:
    secret = token(cast.as_patient, "My diary")
    path = address(cast.patient.user)
    assert "My diary" not in html_of(desk, path)
    desk.post(path + "tokens/end/")
    assert not works(secret)


def test_that_a_colleague_is_in_care_here_is_told_by_no_token_or_session(desk: Client, cast: Cast) -> None:
    assert cast.treating.user
    own = Actor(cast.treating.user, Role.PATIENT)
    secret = token(own, "My diary")
    signed_in(Client(), own)
    path = address(cast.treating.user)
    assert "My diary" not in html_of(desk, path)
    assert "There was no token to revoke." in text_of(desk.post(path + "tokens/end/", follow=True))
    assert "Signed in nowhere" in html_of(desk, path + "sessions/")
    assert token_ends.of_person(cast.treating.user, at=now())
    assert not works(secret), "they hold no role of a patient in this test"

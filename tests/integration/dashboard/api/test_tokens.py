"""A token acts for one person in one role, for what it was made, until it ends."""

import datetime as dt

import pytest
from django.test import Client

from clinic import access, token_ends, tokens
from clinic.access import NotAllowed
from clinic.models.token import ApiToken
from clinic.models.user import Role, User
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts
from tests.integration.dashboard.api.conftest import Program, token_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

DAY = dt.timedelta(days=1)


def test_it_says_for_whom_it_acts(cast: Cast, treating: Client) -> None:
    answer = treating.get("/api/v1/").json()
    assert (answer["role"], answer["scopes"]) == ("psychologist", ["decide", "read"])


def test_only_its_digest_is_kept(cast: Cast) -> None:
    token, secret = tokens.make(label="A", scopes=["read"], lasts=DAY, by=cast.treating, at=NOW)
    stored = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret not in str(stored)
    found = tokens.find(secret, at=NOW)
    assert found is not None
    assert found.pk == token.pk


@pytest.mark.parametrize("how", ["ended", "revoked", "person", "role", "wrong", "empty"])
def test_one_that_no_longer_holds_opens_nothing(cast: Cast, how: str) -> None:
    assert cast.treating.user is not None
    token, secret = tokens.make(label="A", scopes=["read"], lasts=DAY, by=cast.treating, at=NOW)
    at = NOW + 2 * DAY if how == "ended" else NOW
    if how == "revoked":
        token_ends.revoke(token=token, by=cast.treating, at=NOW)
    if how == "person":
        User.objects.filter(pk=cast.treating.user.pk).update(is_active=False)
    if how == "role":
        access.end_role(user=cast.treating.user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=NOW)
    sent = {"wrong": secret[:-1], "empty": ""}.get(how, secret)
    assert tokens.find(sent, at=at) is None


def test_a_wrong_token_is_401_in_the_one_shape_of_refusals(cast: Cast) -> None:
    answer = Client(headers={"authorization": "Bearer cst_wrong"}).get("/api/v1/queue/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "authentication_failed"


def test_a_token_without_the_scope_is_refused_and_says_so(cast: Cast, program: Program) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    reader = program(cast.treating, "read")
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/{draft.pk}/reject/"
    answer = reader.post(path, {"reasons": ["wrong_time"]}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    draft.refresh_from_db()
    assert draft.state == "open"


@pytest.mark.parametrize(
    ("scopes", "lasts"), [(["audit"], DAY), ([], DAY), (["read"], dt.timedelta(0)), (["read"], 366 * DAY)]
)
def test_nobody_makes_one_that_allows_more_than_their_role_or_lasts_for_ever(
    cast: Cast, scopes: list[str], lasts: dt.timedelta
) -> None:
    with pytest.raises(NotAllowed):
        tokens.make(label="A", scopes=scopes, lasts=lasts, by=cast.treating, at=NOW)


def test_guessing_passwords_with_a_token_ends_the_token(cast: Cast, treating: Client) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/{draft.pk}/"
    seen = treating.get(path).json()["seen"]
    body = {
        "seen": seen,
        "supporting": ["level"],
        "valid_until": "2999-01-01",
        "password": "wrong",
        "digest": "0",
    }
    answers = [
        treating.post(f"{path}approve/", body, content_type="application/json").status_code for _ in range(6)
    ]
    assert answers == [403] * tokens.MOST_WRONG_PASSWORDS + [401]
    assert token_of(cast.treating).revoked_at is not None


def test_the_page_shows_a_new_token_once_and_revokes_it(cast: Cast) -> None:
    client = signed_in(Client(), cast.treating)
    sent = {"label": "Notebook", "scopes": ["read"], "lasts": "7", "password": PASSWORD}
    made = client.post("/tokens/", sent)
    assert made.status_code == 201
    secret = made.context["secret"]
    assert secret in made.content.decode()
    again = client.get("/tokens/").content.decode()
    assert "Notebook" in again
    assert secret not in again
    client.post(f"/tokens/{token_of(cast.treating).pk}/revoke/")
    assert Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/").status_code == 401


def test_making_one_needs_the_password(cast: Cast) -> None:
    client = signed_in(Client(), cast.treating)
    sent = {"label": "Notebook", "scopes": ["read"], "lasts": "7", "password": "wrong"}
    answer = client.post("/tokens/", sent)
    assert answer.status_code == 422
    assert 'value="Notebook"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_nobody_revokes_a_token_of_somebody_else(cast: Cast, treating: Client) -> None:
    client = signed_in(Client(), cast.other_psychologist)
    assert client.post(f"/tokens/{token_of(cast.treating).pk}/revoke/").status_code == 404
    assert treating.get("/api/v1/").status_code == 200


def test_a_session_needs_its_token_against_forged_requests(cast: Cast) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    path = f"/api/v1/patients/{cast.patient.record_number}/drafts/{draft.pk}/reject/"
    strict = signed_in(Client(enforce_csrf_checks=True), cast.treating)
    answer = strict.post(path, {"reasons": ["wrong_time"]}, content_type="application/json")
    assert answer.status_code == 403
    draft.refresh_from_db()
    assert draft.state == "open"

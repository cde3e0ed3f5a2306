"""Giving the password again: a stranger cannot block it, and a guesser is signed out."""

from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from audit.models import AuditEntry
from clinic import reauth, tokens
from clinic.models.token import ApiToken
from clinic.models.tries import PasswordTries
from clinic.models.user import User
from clinic.reauth import MOST_FAILURES, NotConfirmed, confirm
from tests.at_once import at_once
from tests.cast import NOW, PASSWORD, Cast
from tests.database import COMMITTED, ROLLED_BACK


def attempt(cast: Cast, client: Client, password: str) -> None:
    """One try with the session of this client, which is saved as the middleware would."""
    assert cast.treating.user is not None
    request = RequestFactory().post("/")
    request.session = client.session
    try:
        confirm(request, user=cast.treating.user, password=password, at=NOW)
    finally:
        request.session.save()


@ROLLED_BACK
def test_wrong_sign_ins_by_a_stranger_keep_nobody_from_signing(cast: Cast) -> None:
    for _ in range(MOST_FAILURES + 2):
        Client().post("/sign-in/", {"username": "treating", "password": "a stranger's guess"})
    signed_in = Client()
    assert cast.treating.user is not None
    signed_in.force_login(cast.treating.user, backend="django.contrib.auth.backends.ModelBackend")
    attempt(cast, signed_in, PASSWORD)


@ROLLED_BACK
def test_whoever_guesses_in_an_open_session_is_signed_out_and_stands_in_the_log(cast: Cast) -> None:
    client = Client()
    assert cast.treating.user is not None
    client.force_login(cast.treating.user, backend="django.contrib.auth.backends.ModelBackend")
    for _ in range(MOST_FAILURES - 1):
        with pytest.raises(NotConfirmed, match="still here"):
            attempt(cast, client, "a guess")
    assert "_auth_user_id" in client.session
    with pytest.raises(NotConfirmed, match="signed out"):
        attempt(cast, client, "a guess")
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(action="reauthentication_failed").count() == MOST_FAILURES


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that somebody compared with the right one; none of them fits."""
    seen: list[str] = []

    def check_password(_user: User, password: str) -> bool:
        seen.append(password)
        return False

    monkeypatch.setattr(User, "check_password", check_password)
    return seen


def guess_at_once(cast: Cast, many: int) -> None:
    """Guesses of one session at the same moment, each with the session as it was before, and saved afterwards."""
    client = Client()
    assert cast.treating.user is not None
    user = cast.treating.user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    key = client.session.session_key

    def guess() -> None:
        request = RequestFactory().post("/")
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        request.session["read"] = bool(request.session.get("read"))
        confirm(request, user=user, password="a guess", at=NOW)

    at_once(*[guess] * many)


@COMMITTED
def test_of_many_guesses_at_the_same_moment_no_more_are_looked_at(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = looked_at(monkeypatch)
    guess_at_once(cast, MOST_FAILURES + 6)
    assert len(seen) == MOST_FAILURES


@COMMITTED
def test_planted_fault_counted_in_the_session_more_are(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = looked_at(monkeypatch)
    monkeypatch.setattr(reauth, "_counted", lambda _digest, *, at: 1)
    guess_at_once(cast, MOST_FAILURES + 6)
    assert len(seen) > MOST_FAILURES


@COMMITTED
def test_of_many_guesses_with_one_token_no_more_are_looked_at(cast: Cast) -> None:
    lasts = tokens.LONGEST
    token, _secret = tokens.make(label="A", scopes=["read"], lasts=lasts, by=cast.treating, at=NOW)
    seen: list[int] = []

    def guess() -> None:
        tokens.count_try(token=token, by=cast.treating, at=NOW)
        seen.append(1)
        tokens.guessed(token=token, by=cast.treating, at=NOW)

    at_once(*[guess] * 12)
    assert len(seen) == tokens.MOST_WRONG_PASSWORDS
    assert ApiToken.objects.get(pk=token.pk).revoked_at == NOW


@ROLLED_BACK
def test_a_right_password_forgives_and_a_switched_role_does_not(cast: Cast) -> None:
    client = Client()
    assert client.post("/sign-in/", {"username": "treating", "password": PASSWORD}).status_code == 302
    for password in ("a guess", "another"):
        with pytest.raises(NotConfirmed):
            attempt(cast, client, password)
    assert PasswordTries.objects.get().tries == 2
    client.post("/role/", {"role": "psychologist"})
    with pytest.raises(NotConfirmed):
        attempt(cast, client, "a third")
    assert PasswordTries.objects.get().tries == 3
    attempt(cast, client, PASSWORD)
    assert PasswordTries.objects.get().tries == 0

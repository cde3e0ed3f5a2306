"""Giving the password again: a stranger cannot block it, and a guesser is signed out."""

import pytest
from django.test import Client, RequestFactory

from audit.models import AuditEntry
from clinic.reauth import MOST_FAILURES, NotConfirmed, confirm
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK


def attempt(cast: Cast, client: Client, password: str) -> None:
    """One try with the session of this client, which is saved as the middleware would."""
    assert cast.treating.user is not None
    request = RequestFactory().post("/")
    request.session = client.session
    try:
        confirm(request, user=cast.treating.user, password=password, at=NOW)
    finally:
        request.session.save()


def test_wrong_sign_ins_by_a_stranger_keep_nobody_from_signing(cast: Cast) -> None:
    for _ in range(MOST_FAILURES + 2):
        Client().post("/sign-in/", {"username": "treating", "password": "a stranger's guess"})
    signed_in = Client()
    assert cast.treating.user is not None
    signed_in.force_login(cast.treating.user, backend="django.contrib.auth.backends.ModelBackend")
    attempt(cast, signed_in, PASSWORD)


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

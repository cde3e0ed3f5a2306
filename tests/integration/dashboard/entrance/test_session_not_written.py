"""The session cannot be written when everything else is: the answer stands, with what was stored and with the help."""

from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError
from django.test import Client

from clinic.models.observation import CheckIn
from clinic.models.safety import SafetyAlert
from dashboard.middleware import LateSessionMiddleware
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import CHECK_IN, URGENT, filled
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


def gone(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on no session can be written."""

    def save(*_args: Any, **_named: Any) -> None:
        raise error

    monkeypatch.setattr(SessionStore, "save", save)


@pytest.mark.parametrize(
    "error",
    [UpdateError(), OperationalError("gone"), InterfaceError("closed")],
    ids=["row gone", "gone", "closed"],
)
def test_the_help_of_an_urgent_check_in_is_shown_although_the_session_was_not_written(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    portal = signed_in(client, cast.as_patient)
    gone(monkeypatch, error)
    answer = portal.post(CHECK_IN, filled(1, URGENT))
    assert answer.status_code == 200
    assert b'class="help-card' in answer.content
    assert (CheckIn.objects.count(), SafetyAlert.objects.count()) == (1, 1)


def test_by_django_alone_the_person_would_be_told_that_nothing_was_stored(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: 400 without the card, for words that were stored and passed on."""
    portal = signed_in(client, cast.as_patient)
    gone(monkeypatch, UpdateError())
    monkeypatch.setattr(LateSessionMiddleware, "process_response", SessionMiddleware.process_response)
    answer = portal.post(CHECK_IN, filled(1, URGENT))
    assert answer.status_code == 400
    assert b"nothing was stored" in answer.content
    assert (CheckIn.objects.count(), SafetyAlert.objects.count()) == (1, 1)


def test_a_session_that_was_ended_meanwhile_does_not_come_back(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = signed_in(client, cast.as_patient)
    process = LateSessionMiddleware.process_response

    def ended(*args: Any) -> Any:
        Session.objects.all().delete()
        return process(*args)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(LateSessionMiddleware, "process_response", ended)
        assert portal.get(CHECK_IN).status_code == 200
    assert not Session.objects.exists()
    assert portal.get(CHECK_IN).status_code == 302

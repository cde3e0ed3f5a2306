"""Programs with tokens, one for each of the cast."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clinic import tokens
from clinic.actor import Actor
from clinic.models.token import ApiToken
from tests.cast import NOW, Cast

Program = Callable[..., Client]


@pytest.fixture
def program() -> Program:
    """`program(actor, "read", …)`: a client that sends a token of this person with these scopes (all by default)."""

    def of(actor: Actor, *scopes: str) -> Client:
        chosen = scopes or tokens.SCOPES[actor.role]
        _row, secret = tokens.make(
            label="Notebook", scopes=chosen, lasts=dt.timedelta(days=300), by=actor, at=NOW
        )
        return Client(headers={"authorization": f"Bearer {secret}"})

    return of


@pytest.fixture
def treating(cast: Cast, program: Program) -> Client:
    """The program of the psychologist who treats the patient."""
    return program(cast.treating)


@pytest.fixture
def patient(cast: Cast, program: Program) -> Client:
    """The patient's own program."""
    return program(cast.as_patient)


def token_of(actor: Actor) -> ApiToken:
    """The newest token of a person."""
    found: Any = ApiToken.objects.filter(user=actor.user).latest("recorded_at")
    token: ApiToken = found
    return token

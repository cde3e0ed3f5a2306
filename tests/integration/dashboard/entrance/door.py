"""What the tests of the entrance share."""

from html import unescape
from typing import Any

from django.test import Client

from tests.cast import PASSWORD

SIGN_IN = "/sign-in/"


def text_of(response: Any, status: int = 200) -> str:
    """The body of an answer, with its characters as people read them."""
    assert response.status_code == status, response
    return unescape(response.content.decode())


def enter(name: str, password: str = PASSWORD, *, client: Client | None = None, **more: str) -> Any:
    """The answer to the sign-in form."""
    form = {"username": name, "password": password, **more}
    return (client or Client()).post(SIGN_IN, form)


def entered(name: str) -> Client:
    """A browser in which somebody has signed in through the page."""
    client = Client()
    assert enter(name, client=client).status_code == 302
    return client

"""What every answer carries, and the pages for when something is wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings

from clinic import access
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.dashboard.entrance.door import SIGN_IN, enter, entered, text_of

pytestmark = COMMITTED

ADDRESSES = ("/", SIGN_IN, "/help/", "/leave/", "/healthz", "/nothing/", "/safety/", "/sign-out/")
HELP = "Ring your local emergency number, or go to the nearest emergency department."
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def strict(response: Any) -> bool:
    """Whether an answer carries exactly our Content-Security-Policy."""
    return {part.strip() for part in response.get("Content-Security-Policy", "").split(";")} == POLICY


def guarded(response: Any) -> bool:
    """Whether an answer carries all that keeps a page to itself."""
    return strict(response) and all(
        response.get(header) == value
        for header, value in {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }.items()
    )


@pytest.fixture
def storage_down() -> Iterator[None]:
    """PostgreSQL does not answer: the application asks at a port where nobody listens."""
    places = {alias: connections[alias].settings_dict["PORT"] for alias in ("default", "portal", "keystore")}
    for alias in places:
        connections[alias].close()
        connections[alias].settings_dict["PORT"] = 1
    yield
    for alias, port in places.items():
        connections[alias].close()
        connections[alias].settings_dict["PORT"] = port


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy_and_is_kept_by_nobody(cast: Cast, address: str) -> None:
    for client in (Client(), entered("treating")):
        assert guarded(client.get(address)), address


@override_settings(X_FRAME_OPTIONS="SAMEORIGIN")
def test_an_answer_that_may_be_framed_is_found(cast: Cast) -> None:
    assert not guarded(Client().get(SIGN_IN))


def test_every_answer_has_an_id_of_its_own(cast: Cast) -> None:
    first, other = (Client().get(SIGN_IN, headers={"X-Request-ID": "mine"})["X-Request-ID"] for _turn in "ab")
    assert len({first, other, "mine"}) == 3


def test_cookies_of_a_session_are_out_of_reach_of_scripts_and_strange_pages(cast: Cast) -> None:
    cookie = enter("treating").cookies["countersign-session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_page_that_is_not_there_looks_like_one_that_is_not_yours(cast: Cast) -> None:
    absent = text_of(Client().get("/nothing/"), status=404)
    foreign = text_of(entered("amara").get("/safety/"), status=404)
    assert absent == foreign
    assert HELP in absent


def test_a_form_without_its_token_is_refused_with_a_way_on(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    page = text_of(client.post(SIGN_IN, {"username": "treating", "password": "x"}), status=403)
    assert "This form is too old" in page
    assert HELP in page


def test_a_fault_of_ours_says_what_is_safe_and_shows_no_innards(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("the innards")

    client = entered("treating")
    client.raise_request_exception = False
    monkeypatch.setattr(access, "records", broken)
    response = client.get("/safety/")
    page = text_of(response, status=500)
    assert guarded(response)
    assert "What you saved before is safe." in page
    assert HELP in page
    assert "innards" not in page


@pytest.mark.parametrize("address", [SIGN_IN, "/help/", "/my/", "/safety/"])
def test_with_storage_down_the_page_itself_carries_help_and_says_that_nothing_was_stored(
    cast: Cast, storage_down: None, address: str
) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["countersign-session"] = "x" * 32
    response = client.get(address)
    page = text_of(response, status=503)
    assert guarded(response)
    assert HELP in page
    assert page.index(HELP) < page.index("nothing was stored")


def test_with_storage_down_a_posted_check_in_is_answered_with_help(cast: Cast, storage_down: None) -> None:
    client = Client(raise_request_exception=False)
    response = client.post("/my/check-in/", {"mood": "1", "note": "I want to die"})
    page = text_of(response, status=503)
    assert HELP in page
    assert "nothing was stored" in page
    assert "I want to die" not in page


def test_with_storage_down_help_is_said_in_the_language_that_the_browser_asks_for(
    cast: Cast, storage_down: None
) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "uz"})
    page = text_of(client.post("/my/check-in/", {"mood": "1", "note": "Oʻlgim keladi"}), status=503)
    help_in_it = page.split('class="help-card"')[1].split("</section>")[0]
    assert help_in_it.startswith(' lang="uz"')
    assert "Hozir xavf ostida boʻlsangiz" in help_in_it
    assert HELP not in help_in_it


@pytest.mark.parametrize("cookie", ["", "x" * 32])
def test_with_storage_down_one_still_leaves_to_a_page_that_says_nothing(
    cast: Cast, storage_down: None, cookie: str
) -> None:
    client = Client(raise_request_exception=False)
    if cookie:
        client.cookies["countersign-session"] = cookie
    response = client.get("/leave/")
    assert "You can close this page" in text_of(response)
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Northside" not in text_of(response)


def test_error_pages_keep_the_colours_that_were_chosen_by_hand(cast: Cast) -> None:
    client = Client()
    client.post("/colours/", {"theme": "dark"})
    assert 'data-theme="dark"' in text_of(client.get("/nothing/"), status=404)

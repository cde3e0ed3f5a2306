"""A signer whose session ended: nothing is signed, and what was typed comes back after signing in again."""

import pytest
from django.test import Client

from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.review.steps import OWN, address, amended, approve, edit, read, sign
from tests.pages import Page, get, post

pytestmark = ROLLED_BACK

NOTE = "Low energy this week."


def came_back(page: Page, name: str = "treating") -> Page:
    """Sign in on the page that answered the form; where that leads."""
    assert page.status == 401
    return page.send("/sign-in/", {"username": name, "password": PASSWORD})


def test_a_signature_after_the_session_ended_comes_back_filled_with_an_empty_password(
    treating: Client, draft: Suggestion
) -> None:
    page = amended(treating, draft)
    treating.logout()
    asked = sign(page, note=NOTE, reasons=["tone"], with_estimate="on")
    assert not Publication.objects.exists()
    assert PASSWORD not in asked.html
    back = came_back(asked)
    assert back.path == address(draft, "sign/")
    form = back.follow()
    assert "What you typed is here again; nothing of it was stored yet." in form.words
    assert form.field("/sign/", "words").strip() == OWN["words"]
    assert form.field("/sign/", "note").strip() == NOTE
    assert form.form("/sign/").fields["reasons"] == ["tone"]
    assert form.form("/sign/").fields["supporting"] == ["below_usual"]
    assert not form.has_value("password")
    assert sign(form).status == 302


def test_a_change_meanwhile_is_noticed_after_signing_in_again(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    from tests.factories import screened

    page = approve(read(treating, draft))
    treating.logout()
    asked = sign(page)
    screened(cast.patient, cast.treating, pregnancy="present")  # type: ignore[arg-type]
    form = came_back(asked).follow()
    assert "A screening fact was recorded." in form.words
    assert not Publication.objects.exists()


def test_somebody_else_at_the_same_computer_gets_none_of_it(
    treating: Client, covering: Client, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    treating.logout()
    came_back(sign(page, note=NOTE), name="other")
    assert NOTE not in get(treating, address(draft, "sign/")).html


def test_words_typed_into_the_editor_come_back_too(treating: Client, draft: Suggestion) -> None:
    page = edit(read(treating, draft))
    treating.logout()
    asked = page.send("/sign/", {"step": "preview"} | OWN)
    assert OWN["words"] in came_back(asked).follow().words


@pytest.mark.parametrize("step", ["sign/", "edit/", "reject/"])
def test_a_visitor_who_is_not_signed_in_sees_the_sign_in_page(
    client: Client, draft: Suggestion, step: str
) -> None:
    assert get(client, address(draft, step)).path.startswith("/sign-in/?next=")
    assert post(client, address(draft, step), {"note": NOTE}).status == 401

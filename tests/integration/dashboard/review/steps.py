"""The steps of a signer, so that a test reads like what a person does."""

from typing import Any

from django.test import Client

from audit.models import AuditEntry
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.cast import PASSWORD
from tests.pages import Page, get

OWN = {"words": "Pick two days this week for a ten-minute walk, in daylight if you can. Nothing is lost."}
"""Words that a psychologist puts in the place of the draft's."""

NOTE = "Low energy this week; see her on the 26th."
NOT_SIGNED = "This was not signed. Amara Nwosu sees nothing new."


def address(draft: Suggestion, step: str = "") -> str:
    """The address of a draft, or of one step: "sign/", "edit/", "reject/", "evidence/"."""
    return f"/patients/{draft.patient.record_number}/drafts/{draft.pk}/{step}"


def read(client: Client, draft: Suggestion) -> Page:
    """The draft's page."""
    return get(client, address(draft))


def approve(page: Page) -> Page:
    """Press Approve on a draft's page: the words before the signature."""
    return page.send("/sign/", {"step": "preview"})


def edit(page: Page) -> Page:
    """Press Edit first."""
    form = page.form("/sign/")
    address = form.action.removeprefix("http://testserver").replace("/sign/", "/edit/")
    return page.send("/sign/", {"step": "begin"}, to=address)


def filled(**changes: Any) -> dict[str, Any]:
    """What a signer fills in: support, the statement, the password."""
    return {"step": "sign", "supporting": ["below_usual"], "statement": "on", "password": PASSWORD} | changes


def sign(page: Page, **changes: Any) -> Page:
    """Press Sign and release."""
    return page.send("/sign/", filled(**changes))


def amended(client: Client, draft: Suggestion, **words: str) -> Page:
    """From the draft's page through Edit first to the changed words before the signature."""
    return edit(read(client, draft)).send("/sign/", {"step": "preview"} | OWN | words)


def assert_kept(page: Page) -> None:
    """Nothing was signed; note and support are still in the form, and the password is not."""
    assert not Publication.objects.exists()
    assert page.field("/sign/", "note").strip() == NOTE
    assert page.form("/sign/").fields["supporting"] == ["below_usual"]
    if "Sign and release" in page.words:
        assert not page.has_value("password")


def refusals() -> list[str]:
    """The codes of the refusals in the audit log."""
    return list(AuditEntry.objects.filter(action="signing_refused").values_list("reason", flat=True))

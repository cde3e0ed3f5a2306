"""What is said after a check-in was sent: what became of it, and where its words are now."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.intake import NotKept, Outcome
from clinic.models.observation import CheckIn
from dashboard.portal.parts import Act, Notice


def address(corrected: CheckIn | None) -> str:
    """Where the form goes: to a new check-in, or to the one that it corrects."""
    if corrected is None:
        return reverse("portal-check-in")
    return reverse("portal-check-in-correct", kwargs={"check_in": corrected.pk})


def initial(posted: QueryDict) -> dict[str, Any]:
    """What had been typed, for a form that is not checked yet."""
    return {
        "mood": posted.get("mood", ""),
        "feelings": posted.getlist("feelings"),
        "note": posted.get("note", ""),
    }


def resumed() -> Notice:
    """After sign-in: the words are back."""
    return Notice(
        "info", _("You were signed out"), _("What you typed is here. Nothing was stored yet: press Save.")
    )


def old_page() -> Notice:
    """The page had stayed open over a sign-in."""
    title = _("Not saved yet")
    text = _("You signed in again while this page was open. What you typed is here: press Save.")
    return Notice("info", title, text)


def not_fitting() -> Notice:
    """Something in the form does not fit; beside the field it says what."""
    return Notice(
        "warning", _("Not saved yet"), _("Please look at what is marked below. Your words are kept.")
    )


def resumed_report() -> Notice:
    """After sign-in: a report about a step is back, and was not sent."""
    text = _("What you typed is here. Nothing was sent yet, and the step is still in your plan.")
    return Notice("info", _("You were signed out"), text)


def old_report() -> Notice:
    """The page of a report had stayed open over a sign-in."""
    text = _("You signed in again while this page was open. What you typed is here: send it once more.")
    return Notice("info", _("Not sent yet"), text)


def not_sent() -> Notice:
    """Something in the report does not fit; beside the field it says what."""
    text = _("Please look at what is marked below. Your words are kept, and the step is still in your plan.")
    return Notice("warning", _("Not sent yet"), text)


def closed() -> Notice:
    """The words of a stored check-in cannot be opened."""
    title = _("These words cannot be opened just now")
    text = _("Nothing is lost. Please come back in a few minutes.")
    return Notice("warning", title, text)


def saved_before() -> Notice:
    """The same form had been saved with other words: they would be a correction."""
    title = _("You had saved this already, with other words")
    text = _("What you typed now is here. Press Save to correct the earlier one.")
    return Notice("info", title, text)


def not_kept(reason: NotKept) -> Notice:
    """Why a check-in was not stored."""
    if reason is NotKept.NO_CONSENT:
        return Notice(
            "warning",
            _("Not saved: keeping check-ins is switched off"),
            _("Your words are still here. Nothing of them was stored."),
            (Act(reverse("portal-about"), _("Change this under About me")),),
        )
    return Notice(
        "warning",
        _("Not saved: the clinic’s key store does not answer"),
        _(
            "Your words are still here, and nothing of them was stored. Please press Save again in a few minutes."
        ),
    )


def after(outcome: Outcome) -> str:
    """What became of a check-in whose words needed help."""
    if outcome.not_kept:
        return _("Your check-in was not saved. Your words are below.")
    return _("Your check-in was saved.")


def keys_away() -> Notice:
    """Words could not be kept because the key store does not answer."""
    return not_kept(NotKept.NO_KEYS)

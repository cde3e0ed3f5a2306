"""What is said after a form was sent or saved."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.intake import NotKept
from clinic.questionnaires.record import Recorded
from dashboard.portal.parts import Act, Notice


def resumed() -> Notice:
    """After sign-in: the answers are back."""
    title, text = _("You were signed out"), _("Your answers are here. They are not sent yet: press Send.")
    return Notice("info", title, text)


def old_page() -> Notice:
    """The page had stayed open over a sign-in."""
    title = _("Not sent yet")
    text = _("You signed in again while this page was open. Your answers are here: press Send.")
    return Notice("info", title, text)


def not_fitting() -> Notice:
    """Something in the form does not fit; beside the field it says what."""
    text = _("Please look at what is marked below. Your answers are kept in the form.")
    return Notice("warning", _("Not sent yet"), text)


def sent_before() -> Notice:
    """The same form had been sent with other answers: these would be a correction."""
    title = _("You had sent this already, with other answers")
    return Notice("info", title, _("What you answered now is here. Press Send to correct the earlier one."))


def closed() -> Notice:
    """Stored answers cannot be opened."""
    title = _("These answers cannot be opened just now")
    return Notice("warning", title, _("Nothing is lost. Please come back in a few minutes."))


def not_kept(reason: NotKept) -> Notice:
    """Why a form was not stored."""
    if reason is NotKept.NO_CONSENT:
        text = _("Your answers are still here, and none of them was stored.")
        act = Act(reverse("portal-about"), _("What may be kept: About me"))
        return Notice("warning", _("Not sent: keeping your answers is switched off"), text, (act,))
    return Notice(
        "warning",
        _("Not sent: the clinic’s key store does not answer"),
        _(
            "Your answers are still here, and none of them was stored. Please press Send again in a few minutes."
        ),
    )


def after(outcome: Recorded) -> str:
    """What became of a form whose safety question called for somebody."""
    if outcome.not_kept:
        return _("Your answers were not stored. They are below.")
    return _("Your answers were sent.")


def after_saving(reason: NotKept | None) -> str:
    """What became of answers that are not sent yet."""
    if reason is NotKept.NO_CONSENT:
        return _("Not saved for later: keeping your answers is switched off. They are still in the form.")
    if reason is NotKept.NO_KEYS:
        return _("Not saved for later: the clinic’s key store does not answer. They are still in the form.")
    return _("Saved for later, not sent yet.")

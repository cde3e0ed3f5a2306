"""What is said after a message was sent: what became of it, and where its words are now."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.messages import NotSent, Outcome
from dashboard.portal.parts import Act, Notice


def resumed() -> Notice:
    """After sign-in: the words are back."""
    text = _("What you typed is here. Nothing was sent yet: press Send.")
    return Notice("info", _("You were signed out"), text)


def old_page() -> Notice:
    """The page had stayed open over a sign-in."""
    text = _("You signed in again while this page was open. What you typed is here: press Send.")
    return Notice("info", _("Not sent yet"), text)


def not_fitting() -> Notice:
    """Something in the form does not fit; beside the field it says what."""
    return Notice("warning", _("Not sent yet"), _("Please look at what is marked below."))


def sent_before() -> Notice:
    """The same form had been sent with other words."""
    text = _("What you typed now is here. Press Send to send it as a new message.")
    return Notice("info", _("You had sent this already, with other words"), text)


def not_sent(reason: NotSent) -> Notice:
    """Why a message was not stored."""
    if reason is NotSent.NOBODY_READS:
        text = _("You are in nobody’s care here at the moment. What was written before stays here for you.")
        acts = (Act(reverse("portal-help"), _("Where to find a person now")),)
        return Notice("warning", _("Nobody would read a message here"), text, acts)
    if reason is NotSent.TOO_MANY:
        text = _(
            "You have sent very many messages within the hour. Your words are still here: send them later."
        )
        return Notice("warning", _("Not sent: please wait a little"), text)
    text = _(
        "Your words are still here, and nothing of them was stored. Please press Send again in a few minutes."
    )
    return Notice("warning", _("Not sent: the clinic’s key store does not answer"), text)


def after(outcome: Outcome) -> str:
    """What became of a message whose words needed help."""
    if outcome.not_sent:
        return _("Your message was not sent. Your words are below.")
    return _("Your message was sent. You can keep writing.")


def not_yet() -> str:
    """Of a message that does not fit, and whose words needed help."""
    return _("Your message is not sent yet. Your words are below.")

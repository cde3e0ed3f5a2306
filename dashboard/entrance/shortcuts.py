"""The single keys of the psychologists' pages, as data: the dialog, the page and the how-to say the same."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

COOKIE = "countersign-keys"
OFF = "off"


@dataclass(frozen=True, slots=True)
class Key:
    """What is pressed, one after the other, and what it does."""

    press: tuple[StrOrPromise, ...]
    words: StrOrPromise


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that act at one place."""

    title: StrOrPromise
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """All of them, and whether they act on this device."""

    on: bool
    groups: tuple[KeyGroup, ...]


GROUPS: tuple[KeyGroup, ...] = (
    KeyGroup(
        _("Everywhere"),
        (
            Key(("/",), _("find a patient")),
            Key(("G", "Q"), _("go to the queue")),
            Key(("G", "S"), _("go to safety")),
            Key(("G", "P"), _("go to the patients")),
            Key(("G", "M"), _("go to the messages")),
            Key(("?",), _("show these keys")),
        ),
    ),
    KeyGroup(
        _("In a list"),
        (
            Key(("J",), _("next row")),
            Key(("K",), _("row before")),
            Key((_("Enter"),), _("open the row")),
        ),
    ),
    KeyGroup(
        _("On a draft"),
        (
            Key(("J",), _("next draft in the queue")),
            Key(("K",), _("draft before")),
            Key(
                ("A",),
                _("approve: to evidence that you have not opened, then to the words before a signature"),
            ),
            Key(("E",), _("edit first")),
            Key(("R",), _("reject: to the reasons")),
            Key(("M",), _("ask for more")),
            Key(("D",), _("defer: to reason and day")),
            Key(("C",), _("ask a colleague")),
        ),
    ),
)


GO = {"queue": "q", "safety": "s", "patients": "p", "conversations": "m"}
"""The key after G for an entry of the navigation, by the name of its address."""


def keys_of(request: HttpRequest) -> Keys:
    """The keys, and whether this device has them switched on. No query."""
    return Keys(on=request.COOKIES.get(COOKIE, "") != OFF, groups=GROUPS)

"""The shape of a help card's words, and the notes that most cards end with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# Most cards end with this, so that nobody waits for an answer that does not come.
NOT_WATCHED: Final = _("You can keep writing. Nobody watches this page live.")

Variants = tuple[tuple[Words, Words], ...]
"""Headings and leads of later cards of the same protocol: shorter, and each time another one (SR-27)."""

OF_DANGER: Final[Variants] = (
    (
        _("You have said it again, and it still matters."),
        _("Please ring one of these now, and be with somebody."),
    ),
    (
        _("It is right to say it more than once."),
        _("If you are close to acting on it, ring now and go where somebody is."),
    ),
)
OF_CARE: Final[Variants] = (
    (
        _("Thank you for writing more about it."),
        _("A person at one of these numbers listens, also to what is hard to say."),
    ),
    (
        _("You can say this as often as you need."),
        _("A person can carry some of it with you. The numbers stay here."),
    ),
)
OF_A_MEDICAL_EMERGENCY: Final[Variants] = (
    (
        _("Call the emergency number if you have not yet."),
        _("Do not stay alone, and do not wait to see whether it passes."),
    ),
    (
        _("Call the emergency number now, even if you feel better."),
        _("Say what happened or what was taken, and where you are."),
    ),
)
OF_ABUSE: Final[Variants] = (
    (
        _("It is still not your fault."),
        _("You can leave this page at any time and come back when it is safe."),
    ),
    (
        _("You can tell this as often as you need."),
        _("Someone can help you think about what comes next, at your pace."),
    ),
)
OF_HARM: Final[Variants] = (
    (
        _("Thank you for saying it instead of doing it."),
        _("Stay away from the other person until it has passed."),
    ),
    (_("Give yourself distance and time."), _("Call someone now, before anything else.")),
)
OF_SOMEONE_ELSE: Final[Variants] = (
    (
        _("You are still not alone with this."),
        _("If they may act on it, call now and stay with them."),
    ),
    (_("It is right to keep asking and to keep watch."), _("Let somebody else share it: ring one of these.")),
)


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of one card.

    `emergency_detail` says when to call the emergency number; `emergency_first` puts that before the help
    lines. `steps` are what the person can do, each with how. A card must fit on a small screen whole, so
    every line is short. `topics` are the help lines that fit, best first. `later` are the variants of a card
    that comes again within the hour, with the first `later_steps` of the steps. With `quick_exit`, which
    says when, the card itself leads away from the page.
    """

    heading: Words
    lead: Words
    emergency_first: bool
    emergency_detail: Words
    steps: tuple[tuple[Words, Words], ...]
    notes: tuple[Words, ...]
    topics: tuple[str, ...]
    later: Variants = OF_CARE
    later_steps: int = 0
    quick_exit: Words = ""

"""The shape of a help card's words, and the notes that most cards end with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# Most cards end with this, so that nobody waits for an answer that does not come.
NOT_WATCHED: Final = _("You can keep writing. Nobody watches this page live.")


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of one card.

    `emergency_detail` says when to call the emergency number; `emergency_first` puts that before the help
    lines. `steps` are what the person can do, each with how. A card must fit on a small screen whole, so
    every line is short. `topics` are the help lines that fit, best first.
    """

    heading: Words
    lead: Words
    emergency_first: bool
    emergency_detail: Words
    steps: tuple[tuple[Words, Words], ...]
    notes: tuple[Words, ...]
    topics: tuple[str, ...]

"""The shape of a help card's words, and the notes that most cards end with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

KEEP_WRITING: Final = _("You can keep writing here. Nothing that you wrote is lost.")
NOT_WATCHED: Final = _("Nobody watches this page live. If it cannot wait, please use the help above.")


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of one card.

    `emergency_detail` says when to call the emergency number; `emergency_first` puts that before the help
    lines. `steps` are what the person can do, each with how. `topics` are the help lines that fit, best first.
    """

    heading: Words
    lead: Words
    emergency_first: bool
    emergency_detail: Words
    steps: tuple[tuple[Words, Words], ...]
    notes: tuple[Words, ...]
    topics: tuple[str, ...]

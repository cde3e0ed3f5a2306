"""The help card that is shown in the same response as the words that called for it.

Needs no database and no network. Where no checked line exists, it says "your local emergency number" and
"your nearest emergency department".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from clinic.safety.card_text import CardText
from clinic.safety.help_cards import CARDS, VERSION
from clinic.safety.help_languages import ENGLISH, is_reviewed, language_of_card
from clinic.safety.read_languages import LanguageNote, note_of
from clinic.safety.resources import EMERGENCY, RESOURCES, HelpResource, fitting

# More than two lines make the choice harder, and the card must fit on a small screen.
MOST_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class HelpAction:
    """One thing to do. `kind` is call, text, do (no button) or leave (away from this page).

    `href` is None where nothing can be dialled.
    """

    label: str
    detail: str
    href: str | None
    kind: str
    name: str = ""
    number: str = ""
    """Of a help line: its name and its number apart, for a screen on which two stand side by side."""


@dataclass(frozen=True, slots=True)
class HelpCard:
    """A help card in the reader's language, ready for `_components/help_card.html`."""

    protocol: str
    heading: str
    lead: str
    actions: tuple[HelpAction, ...]
    notes: tuple[str, ...]
    language: str = ENGLISH
    original: HelpCard | None = None
    """The English card beside a translation that nobody has reviewed."""
    reading: LanguageNote | None = None
    """What is said where reading the person's language for danger is not measured."""


def card_for(
    protocol: str,
    *,
    country: str,
    language: str | None,
    demonstration: bool,
    today: dt.date,
    resources: Sequence[HelpResource] = RESOURCES,
    repeated: int = 0,
) -> HelpCard:
    """The card of a protocol (`protocols.card_of`) for a country (ISO 3166-1) and a language (BCP 47).

    `repeated` says how many cards of this protocol the person was shown shortly before: then it is shorter, and
    each time another approved variant. `country` is the one that the clinic or the patient has set, never guessed
    from an address. Without a language the active one is used. Raises KeyError for an unknown protocol.
    """
    text = later(CARDS[protocol], repeated)
    language = language or translation.get_language() or ENGLISH
    lines = fitting(
        resources,
        topics=(EMERGENCY, *text.topics),
        country=country,
        language=language,
        demonstration=demonstration,
        today=today,
    )
    spoken = language_of_card(text, language)
    emergency_first = text.emergency_first or demonstration
    shown = _card(protocol, text, lines, language=spoken, emergency_first=emergency_first)
    shown = replace(shown, reading=note_of(language))
    if spoken == ENGLISH or is_reviewed(spoken, VERSION):
        return shown
    english = _card(protocol, text, lines, language=ENGLISH, emergency_first=emergency_first)
    return replace(shown, original=english)


def later(text: CardText, repeated: int) -> CardText:
    """The words of a card that comes for the first time, or again: every number stays."""
    if not repeated:
        return text
    heading, lead = text.later[(repeated - 1) % len(text.later)]
    return replace(text, heading=heading, lead=lead, steps=text.steps[: text.later_steps])


def _card(
    protocol: str, text: CardText, lines: Sequence[HelpResource], *, language: str, emergency_first: bool
) -> HelpCard:
    with translation.override(language):
        return HelpCard(
            protocol=protocol,
            heading=str(text.heading),
            lead=str(text.lead),
            actions=_actions(text, lines, emergency_first=emergency_first),
            notes=tuple(map(str, text.notes)),
            language=language,
        )


def _actions(
    text: CardText, lines: Sequence[HelpResource], *, emergency_first: bool
) -> tuple[HelpAction, ...]:
    """In the demonstration real help stands first: somebody in danger may be looking at it."""
    emergency = [_emergency(text, [line for line in lines if EMERGENCY in line.topics])]
    helplines = [_line(line) for line in lines if EMERGENCY not in line.topics][:MOST_LINES]
    steps = [HelpAction(str(label), str(detail), None, "do") for label, detail in text.steps]
    if text.quick_exit:
        steps.insert(0, HelpAction(_("Leave this page"), str(text.quick_exit), None, "leave"))
    first, then = (emergency, helplines) if emergency_first else (helplines, emergency)
    return (*first, *then, *steps)


def _emergency(text: CardText, numbers: Sequence[HelpResource]) -> HelpAction:
    detail = str(text.emergency_detail)
    if numbers:
        return HelpAction(
            _("Call %(number)s") % {"number": numbers[0].number}, detail, numbers[0].href, "call"
        )
    detail = _("%(when)s; or go to your nearest emergency department") % {"when": detail}
    return HelpAction(_("Call your local emergency number"), detail, None, "call")


def _line(line: HelpResource) -> HelpAction:
    facts = [_cost(line.cost), _hours(line.hours)]
    if line.is_fictional:
        facts = [_("This number is fictional")]
    words, label = ", ".join(filter(None, facts)), f"{line.name}, {line.number}"
    return HelpAction(label, words, line.href, line.channel, line.name, line.number)


def _hours(code: str) -> str:
    return {"always": _("any time"), "ask": _("hours differ")}[code]


def _cost(code: str) -> str:
    return {"free": _("free"), "call_rate": _("costs an ordinary call")}[code]

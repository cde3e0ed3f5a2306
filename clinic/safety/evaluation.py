"""What the detector notices and what it misses, as a page with figures and their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic.safety.classifier.corpus import Example, of_folder
from clinic.safety.detect import RULES, detect, detect_with
from clinic.safety.detection import Detection
from clinic.safety.levels import Level
from clinic.safety.proportions import ENOUGH, Share
from clinic.safety.protocols import OWN, card_of
from clinic.safety.raising import CLASSIFIER
from clinic.safety.thresholds import SHIPPED

HELD_OUT: Final = Path(__file__).with_name("held_out")
HARD: Final = ("idiom", "fiction", "past", "quoted", "news", "anger")
CURVE: Final = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_OWN: Final = {kind: {card} for (kind, _level), card in OWN.items()}
NAMES: Final = {"en": "English", "ru": "Russian", "uz": "Uzbek"}


@dataclass(frozen=True, slots=True)
class Read:
    """A message, what the product found in it, and what the rules found by themselves."""

    example: Example
    found: Detection
    by_rules: Level

    @property
    def has_card(self) -> bool:
        """Whether a help card of any protocol was shown."""
        return self.found.level > Level.NONE

    @property
    def has_rule(self) -> bool:
        """Whether a rule counted, alone or with the classifier."""
        return any(span.rule != CLASSIFIER for span in self.found.spans)

    @property
    def has_right_card(self) -> bool:
        """Whether the first card is one that this kind of danger has at some level; any, where no kind is named."""
        kind = RULES.categories.get(self.example.kind)
        return (
            self.has_card
            if kind is None
            else card_of(self.found) in {*kind.cards.values(), *_OWN.get(self.example.kind, ())}
        )


def read_held_out(folder: Path, language: str) -> list[Read]:
    """Every held-out message of a folder as the product reads it."""
    return [read(example, language) for example in of_folder(folder)]


def read(example: Example, language: str) -> Read:
    """One message as the product reads it."""
    by_rules = detect_with(RULES, example.text, language=language).level
    return Read(example, detect(example.text, language=language), by_rules)


def language_part(language: str, rows: Sequence[Read]) -> list[str]:
    """The figures of one language: what is noticed by style and kind, and what is noticed in vain."""
    helped = [row for row in rows if row.example.needs_help]
    others = [row for row in rows if not row.example.needs_help]
    return [
        f"## {NAMES[language]}: messages that were held out",
        "",
        *_by_style(helped),
        *_by_kind(helped),
        *_false_alarms(others),
        *(_curve(helped, others) if language == "en" else []),
    ]


def _by_style(helped: Sequence[Read]) -> list[str]:
    rows = [("all", helped), *((style, list(part)) for style, part in _grouped(helped, by="style"))]
    return table(
        "How it is worded",
        ["a card was shown", "by rules alone", "somebody was alerted", "missed"],
        [
            [
                name,
                str(Share.of_all(row.has_card for row in part)),
                str(Share.of_all(row.by_rules > Level.NONE for row in part)),
                str(Share.of_all(row.found.level >= Level.URGENT for row in part)),
                f"{1 - Share.of_all(row.has_card for row in part).value:.0%}",
            ]
            for name, part in rows
        ],
    )


def _by_kind(helped: Sequence[Read]) -> list[str]:
    return table(
        "Kind of danger",
        ["a card was shown", "with the right protocol", "what may be said of it"],
        [
            [
                kind.replace("_", " "),
                str(Share.of_all(row.has_card for row in part)),
                str(Share.of_all(row.has_right_card for row in part)),
                verdict(len(part), Share.of_all(row.has_card for row in part)),
            ]
            for kind, part in _grouped(helped, by="kind")
        ],
    )


def _false_alarms(others: Sequence[Read]) -> list[str]:
    hard = [row for row in others if row.example.style in HARD]
    rows = [("all hard ones", hard), *_grouped(others, by="style")]
    return table(
        "No danger: kind of message",
        ["a card was shown", "by rules alone", "somebody was alerted"],
        [
            [
                name,
                str(Share.of_all(row.has_card for row in part)),
                str(Share.of_all(row.by_rules > Level.NONE for row in part)),
                str(Share.of_all(row.found.level >= Level.URGENT for row in part)),
            ]
            for name, part in rows
            if part
        ],
    )


def _curve(helped: Sequence[Read], others: Sequence[Read]) -> list[str]:
    """What other thresholds would do; rules stand whatever the threshold."""
    hard = [row for row in others if row.example.style in HARD]
    everyday = [row for row in others if row.example.style == "everyday"]

    def shown(rows: Iterable[Read], threshold: float) -> str:
        return str(Share.of_all(row.has_rule or row.found.classifier >= threshold for row in rows))

    return table(
        f"Threshold of the classifier (shipped: {SHIPPED.concern:g} for a card, {SHIPPED.urgent:g} for an alert)",
        ["noticed", "hard ones, in vain", "everyday ones, in vain"],
        [[f"{at:g}", shown(helped, at), shown(hard, at), shown(everyday, at)] for at in CURVE],
    )


def verdict(cases: int, share: Share) -> str:
    """What a share of so many cases allows to say (SR-44)."""
    if cases < ENOUGH:
        return f"not shown to be safe: {cases} cases, {ENOUGH} are needed"
    low, _high = share.interval()
    return "not shown to be safe" if low < 0.95 else "lower bound above 95%"


def _grouped(rows: Sequence[Read], *, by: str) -> list[tuple[str, list[Read]]]:
    names = sorted({getattr(row.example, by) for row in rows})
    return [(name, [row for row in rows if getattr(row.example, by) == name]) for name in names]


def table(first: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown, with an empty line after it."""
    lines = [f"| {' | '.join([first, *heads])} |", f"|{'---|' * (len(heads) + 1)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]

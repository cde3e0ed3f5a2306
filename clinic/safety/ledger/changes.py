"""What a change would have done to texts of the past. Pure arithmetic over levels; it sees no words."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

CARD, ALERT = 1, 2
"""From which level on a card is shown, and somebody is called."""

NO_CATEGORY = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the past: its level then and with the change, and the alert that somebody acted on, if any."""

    before: int
    after: int
    category: str = NO_CATEGORY
    acted_on: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether an alert that somebody acted on would not have opened, or called nobody."""
        if not self.acted_on or self.after >= self.before:
            return False
        return self.after < CARD or self.after < ALERT <= self.before


@dataclass(slots=True)
class Counts:
    """The effect on some texts."""

    texts: int = 0
    card_before: int = 0
    card_after: int = 0
    alert_before: int = 0
    alert_after: int = 0
    higher: int = 0
    lower: int = 0

    def add(self, text: Text) -> None:
        """Count one text."""
        self.texts += 1
        self.card_before += text.before >= CARD
        self.card_after += text.after >= CARD
        self.alert_before += text.before >= ALERT
        self.alert_after += text.after >= ALERT
        self.higher += text.after > text.before
        self.lower += text.after < text.before


@dataclass(slots=True)
class Effect:
    """The effect on all texts, by category, and the alerts that would have been lost although somebody acted."""

    all: Counts = field(default_factory=Counts)
    by_category: dict[str, Counts] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def add(self, text: Text) -> None:
        """Count one text."""
        self.all.add(text)
        if text.before or text.after:
            self.by_category.setdefault(text.category, Counts()).add(text)
        if text.is_lost and text.acted_on not in self.lost:
            self.lost.append(text.acted_on)

    @property
    def facts(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "all": asdict(self.all),
            "by_category": {name: asdict(counts) for name, counts in sorted(self.by_category.items())},
            "lost": sorted(self.lost),
        }


def effect_of(texts: Iterable[Text], *, so_far: Mapping[str, Any] | None = None) -> Effect:
    """The effect on these texts, added to what was counted before."""
    effect = of_facts(so_far) if so_far else Effect()
    for text in texts:
        effect.add(text)
    return effect


def of_facts(stored: Mapping[str, Any]) -> Effect:
    """An effect from its stored form."""
    by_category = {name: Counts(**counts) for name, counts in stored["by_category"].items()}
    return Effect(Counts(**stored["all"]), by_category, list(stored["lost"]))

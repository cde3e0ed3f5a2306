"""What a change would have done to texts of the past. Pure arithmetic over levels; it sees no words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

CARD, ALERT = 1, 2
"""From which level on a card is shown, and somebody is called."""

NO_CATEGORY = ""
COUNTED = ("texts", "card_before", "card_after", "alert_before", "alert_after", "higher", "lower")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the past: its level then and with the change, the alert that somebody acted on, if any, and whose."""

    before: int
    after: int
    category: str = NO_CATEGORY
    acted_on: str = ""
    person: object = None

    @property
    def is_lost(self) -> bool:
        """Whether an alert that somebody acted on would not have opened, or called nobody."""
        if not self.acted_on or self.after >= self.before:
            return False
        return self.after < CARD or self.after < ALERT <= self.before


@dataclass(slots=True)
class Counts:
    """The effect on some texts. `people` says by how many people each count is, so that none tells of a few.

    All texts of one person are counted together: whoever adds to what was counted before brings other people.
    """

    texts: int = 0
    card_before: int = 0
    card_after: int = 0
    alert_before: int = 0
    alert_after: int = 0
    higher: int = 0
    lower: int = 0
    people: dict[str, int] = field(default_factory=dict)
    _seen: set[tuple[str, object]] = field(default_factory=set, repr=False, compare=False)

    def add(self, text: Text) -> None:
        """Count one text."""
        self._count("texts", text, holds=True)
        self._count("card_before", text, holds=text.before >= CARD)
        self._count("card_after", text, holds=text.after >= CARD)
        self._count("alert_before", text, holds=text.before >= ALERT)
        self._count("alert_after", text, holds=text.after >= ALERT)
        self._count("higher", text, holds=text.after > text.before)
        self._count("lower", text, holds=text.after < text.before)

    def _count(self, name: str, text: Text, *, holds: bool) -> None:
        if not holds:
            return
        setattr(self, name, getattr(self, name) + 1)
        if (name, text.person) not in self._seen:
            self._seen.add((name, text.person))
            self.people[name] = self.people.get(name, 0) + 1

    @property
    def facts(self) -> dict[str, Any]:
        """As they are stored."""
        return {name: getattr(self, name) for name in COUNTED} | {"people": dict(sorted(self.people.items()))}


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
            "all": self.all.facts,
            "by_category": {name: counts.facts for name, counts in sorted(self.by_category.items())},
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
    by_category = {name: _counts(counts) for name, counts in stored["by_category"].items()}
    return Effect(_counts(stored["all"]), by_category, list(stored["lost"]))


def _counts(stored: Mapping[str, Any]) -> Counts:
    """Counts from their stored form; one that was stored before people were counted tells of nobody."""
    return Counts(**{name: stored[name] for name in COUNTED}, people=dict(stored.get("people", {})))

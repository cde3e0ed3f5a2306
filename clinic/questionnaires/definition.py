"""One version of one instrument as frozen values. Whatever scoring needs to know stands here and nowhere in code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Licence(StrEnum):
    """What the owner of an instrument asks for before it may be used."""

    FREE = "no_permission_required"
    REGISTRATION = "registration"
    COMMERCIAL = "commercial"
    UNKNOWN = "unknown"


LICENCES: dict[Licence, StrOrPromise] = {
    Licence.FREE: _("No permission needed"),
    Licence.REGISTRATION: _("Needs registration or permission"),
    Licence.COMMERCIAL: _("Needs a paid licence"),
    Licence.UNKNOWN: _("Not known: read its terms first"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code as the instrument's file names it, with the meaning that the file gives it."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; its code is the key under which an answer is kept."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen, and what it counts."""

    code: str
    text: str
    value: int


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of totals, first and last included."""

    lowest: int
    highest: int
    name: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How answers become a total: their sum times `factor`, and how many may be missing (SR-7)."""

    lowest: int
    highest: int
    factor: int
    most_missing: int
    never_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """The question whose answer of `least` or more opens an alert, whatever the total is."""

    question: str
    least: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A version of an instrument. `caseness` is the first total on the side that counts as a case."""

    key: str
    version: str
    language: str
    name: str
    title: str
    about: str
    panel: Code | None
    total: Code | None
    signal: str
    stem: str
    recall_days: int
    questions: tuple[Question, ...]
    options: tuple[Option, ...]
    scoring: Scoring
    higher_is_better: bool
    bands: tuple[Band, ...]
    caseness: int | None
    reliable_change: int | None
    safety: SafetyQuestion | None
    validated_languages: tuple[str, ...]
    licence: Licence
    notice: str
    sources: tuple[str, ...]
    verified_on: str

    def question(self, code: str) -> Question | None:
        """The question with this code, or None."""
        return next((each for each in self.questions if each.code == code), None)

    def option(self, value: int | None) -> Option | None:
        """The answer that counts `value`, or None."""
        return next((each for each in self.options if each.value == value), None)

    def is_case(self, total: float) -> bool:
        """Whether a total lies on the side of its caseness line that counts as a case; which side is data (SR-6)."""
        if self.caseness is None:
            return False
        return total <= self.caseness if self.higher_is_better else total >= self.caseness

    @property
    def codes(self) -> tuple[Code, ...]:
        """Every code that the file names, each with its meaning."""
        whole = tuple(each for each in (self.panel, self.total) if each)
        asked = tuple(Code(each.code, each.text) for each in self.questions)
        return whole + asked + tuple(Code(each.code, each.text) for each in self.options)


def of_body(body: dict[str, Any]) -> Definition:
    """The definition that a file or a stored version holds."""
    scoring, safety, licence = dict(body["scoring"]), body["safety"], body["licence"]
    scoring["never_missing"] = tuple(scoring["never_missing"])
    plain = ("key", "version", "language", "name", "title", "about", "signal", "stem", "recall_days")
    return Definition(
        **{name: body[name] for name in plain},
        panel=Code(**body["panel"]) if body["panel"] else None,
        total=Code(**body["total"]) if body["total"] else None,
        questions=tuple(Question(**each) for each in body["questions"]),
        options=tuple(Option(**each) for each in body["options"]),
        scoring=Scoring(**scoring),
        higher_is_better=body["higher_is_better"],
        bands=tuple(Band(**each) for each in body["bands"]),
        caseness=body["caseness"],
        reliable_change=body["reliable_change"],
        safety=SafetyQuestion(**safety) if safety else None,
        validated_languages=tuple(body["validated_languages"]),
        licence=Licence(licence["status"]),
        notice=licence["note"],
        sources=tuple(body["sources"]),
        verified_on=body["verified_on"],
    )

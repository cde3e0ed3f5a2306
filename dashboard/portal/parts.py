"""The parts of the portal's pages, each frozen: steps, charts, form fields, lines."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation
from django_stubs_ext import StrOrPromise

from clinic.safety.help import HelpCard


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what is said about it."""

    term: StrOrPromise
    words: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One signed step of the plan. `title`, `words`, `dose` and `stop_rule` are the signed words themselves."""

    title: str
    words: str
    dose: str
    stop_rule: str
    language: str
    since: str
    until: str
    is_new: bool
    signer: str
    signature: str
    made: tuple[Term, ...]
    report_url: str = ""
    ask_after_use: bool = False


@dataclass(frozen=True, slots=True)
class StopLine:
    """That a signed step or estimate was taken out: what happened, what to do about it, and which step it was."""

    words: str
    to_do: str
    recent: bool
    step: PlanStep | None = None


@dataclass(frozen=True, slots=True)
class ChartKey:
    """One line of a chart's key."""

    kind: str
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as `figure_chart.html` takes it."""

    id: str
    heading: StrOrPromise
    finding: str
    caption: str
    figure: dict[str, Any]
    key: tuple[ChartKey, ...]
    columns: tuple[Column, ...]
    rows: list[list[str]]
    level: int = 2
    size: str = ""
    made: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the check-in scale."""

    value: int
    label: StrOrPromise
    checked: bool


@dataclass(frozen=True, slots=True)
class Feeling:
    """One feeling that can be ticked."""

    code: str
    label: StrOrPromise
    checked: bool


@dataclass(frozen=True, slots=True)
class CheckInFields:
    """The check-in form as it is drawn: what was typed, and what is said beside each field."""

    action: str
    submission: UUID
    points: tuple[Point, ...]
    feelings: tuple[Feeling, ...]
    note: str
    mood_error: str = ""
    feelings_error: str = ""
    note_error: str = ""
    readers: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether feelings or a note were entered, so that their part of the form stands open."""
        typed = self.note or self.note_error or self.feelings_error
        return bool(typed) or any(each.checked for each in self.feelings)


@dataclass(frozen=True, slots=True)
class Danger:
    """What is shown when words suggest danger: the card, what was passed on to whom, and what follows.

    `told` and `follows` are in the card's language, `after` in the page's.
    """

    card: HelpCard
    told: StrOrPromise
    words: tuple[str, ...]
    after: str
    follows: tuple[str, ...] = ()

    @property
    def passed_on(self) -> str:
        """What was passed on and what follows in one paragraph, for a page that has the card alone."""
        with translation.override(self.card.language):
            return " ".join((str(self.told), *self.follows))


@dataclass(frozen=True, slots=True)
class Act:
    """A link that is offered with a sentence."""

    url: str
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about the form as a whole."""

    kind: str
    title: str
    text: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looked on one day, and at what."""

    name: str
    title: str
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """One check-in of the list, or a pause between two when `gap` says so."""

    gap: str = ""
    check_in_id: UUID | None = None
    when: str = ""
    mood: int = 0
    feelings: str = ""
    note: str = ""
    corrected: bool = False
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Switch:
    """One consent: what it does, and whether it stands."""

    source: str
    purpose: str
    title: str
    text: str
    given: bool
    since: str

"""What the pages of a record's questionnaires are given, each part frozen."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class AssignedLine:
    """One assignment that stands. `kind` is the tag's: amber for what is late."""

    assignment_id: UUID
    name: str
    rhythm: str
    state: StrOrPromise
    kind: str
    when: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class ChartKey:
    """One line of a chart's key."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that leads somewhere, or has a second line."""

    words: str
    url: str = ""
    sub: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as `figure_chart.html` takes it."""

    id: str
    heading: str
    finding: str
    caption: str
    figure: dict[str, Any]
    key: tuple[ChartKey, ...]
    columns: tuple[Column, ...]
    rows: list[list[Any]]
    level: int = 2
    size: str = "short"


@dataclass(frozen=True, slots=True)
class Change:
    """What the one function for change words says, with everything that a statement carries; or why it says nothing."""

    words: StrOrPromise
    since: str = ""
    notes: tuple[StrOrPromise, ...] = ()
    is_worse: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """All forms of one instrument, newest first. `chart` is None without a single total."""

    key: str
    name: str
    title: str
    chart: Chart | None
    change: Change
    columns: tuple[Column, ...]
    rows: list[list[Any]]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with its answer and what it counts. `is_safety` marks the safety question."""

    number: int
    text: str
    answer: StrOrPromise
    value: str
    is_safety: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what is said about it."""

    term: StrOrPromise
    words: StrOrPromise


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """One form with its answers. `safety` is what its safety question says; `prompt` what that asks of the reader."""

    name: str
    title: str
    when: str
    total: str
    band: str
    facts: tuple[Term, ...]
    safety: StrOrPromise
    prompt: str
    answers: tuple[AnswerLine, ...]
    language: str
    notice: str
    closed: str

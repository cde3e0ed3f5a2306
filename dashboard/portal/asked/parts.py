"""What the pages of questionnaires are given, each part frozen."""

from dataclasses import dataclass
from uuid import UUID

from django_stubs_ext import StrOrPromise

from dashboard.portal.parts import Danger, Notice
from dashboard.portal.pinned import Pinned


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    value: int
    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """One question with its answers. `name` is the field's."""

    name: str
    number: int
    text: str
    choices: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A consent that is asked for before the first question, each with a box of its own."""

    name: str
    title: str
    text: str
    checked: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it is drawn. `can_wait` says that answers can be saved for later."""

    action: str
    submission: UUID
    instrument: UUID
    name: str
    title: str
    stem: str
    notice: str
    language: str
    other_language: bool
    questions: tuple[Asking, ...]
    agreements: tuple[Agreement, ...]
    readers: tuple[str, ...]
    answered: int
    saved: str = ""
    error: str = ""
    can_wait: bool = True


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page of a form; `form` is None where the answers that it would hold cannot be opened."""

    form: Form | None
    corrects: str = ""
    notice: Notice | None = None
    danger: Danger | None = None
    pinned: Pinned | None = None


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One questionnaire that somebody asked for."""

    name: str
    title: str
    url: str
    words: str
    is_open: bool
    is_late: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class SentLine:
    """One form that was sent."""

    name: str
    when: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything that is asked for, and everything that was sent."""

    asked: tuple[AskedLine, ...]
    sent: tuple[SentLine, ...]
    older_url: str
    newer_url: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with the own answer."""

    text: str
    answer: StrOrPromise


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The own answers, and what they add up to. `closed` says why they cannot be shown just now."""

    name: str
    title: str
    when: str
    corrected: bool
    sum_words: str
    readers: str
    answers: tuple[AnswerLine, ...]
    language: str
    notice: str
    correct_url: str
    closed: str = ""

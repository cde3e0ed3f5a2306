"""What the pages of a report about a step are given, each frozen."""

from dataclasses import dataclass
from uuid import UUID

from dashboard.portal.parts import Danger, Notice


@dataclass(frozen=True, slots=True)
class SignChoice:
    """One stop sign that can be ticked, in the words that were signed with the step."""

    code: str
    words: str
    checked: bool


@dataclass(frozen=True, slots=True)
class StepReportPage:
    """The form about one step. `title` is empty while the keys are away: the step can be reported all the same."""

    title: str
    language: str
    stop_rule: str
    action: str
    back: str
    submission: UUID
    signs: tuple[SignChoice, ...]
    note: str
    signs_error: str = ""
    note_error: str = ""
    notice: Notice | None = None
    danger: Danger | None = None


@dataclass(frozen=True, slots=True)
class StepStoppedPage:
    """What became of a report: the step left the plan, or nothing did. `gone` says that it had left it before."""

    stopped: bool
    title: str
    language: str
    signer: str
    told: tuple[str, ...]
    danger: Danger | None
    gone: bool = False

"""What each page of the portal is given: frozen values and sentences, so that none can walk from a page to a draft."""

from dataclasses import dataclass
from uuid import UUID

from clinic.safety.help import HelpCard
from dashboard.portal.asked.parts import AskedLine
from dashboard.portal.consents import SourceSwitches
from dashboard.portal.parts import (
    Chart,
    CheckInFields,
    Danger,
    Line,
    Looked,
    Notice,
    PlanStep,
    StopLine,
    Term,
)
from dashboard.portal.parts_messages import Letter, MessageFields, NextAppointment
from dashboard.portal.parts_own import OwnFacts
from dashboard.portal.parts_safety import PlanPart
from dashboard.portal.pinned import Pinned
from dashboard.portal.sheets import Form, Sheet


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The first page. `plan_closed` says that the plan cannot be shown just now, and why."""

    greeting: str
    date: str
    check_in: CheckInFields
    last_check_in: str
    plan: tuple[PlanStep, ...]
    plan_closed: str
    stops: tuple[StopLine, ...]
    chart: Chart | None
    looked: tuple[Looked, ...]
    ended: Notice | None = None
    appointment: NextAppointment | None = None
    asked: tuple[AskedLine, ...] = ()
    pinned: Pinned | None = None
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything signed that can be read, and what was taken out."""

    name: str
    printed: str
    steps: tuple[PlanStep, ...]
    closed: str
    stops: tuple[StopLine, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """The check-in form; `corrects` says which check-in it corrects, `fields` is None where it cannot be shown."""

    fields: CheckInFields | None
    corrects: str = ""
    notice: Notice | None = None
    danger: Danger | None = None
    pinned: Pinned | None = None


@dataclass(frozen=True, slots=True)
class MoodPage:
    """The chart, and the list of check-ins with their pauses."""

    chart: Chart | None
    weeks: int
    ranges: tuple[int, ...]
    lines: tuple[Line, ...]
    older_url: str
    newer_url: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The switches by source, whether AI is used, and what is kept about language and place."""

    sources: tuple[SourceSwitches, ...]
    ai: str
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """What the patient wants to be known, by what it is about; `submission` is the id of the form."""

    groups: tuple[OwnFacts, ...]
    submission: UUID
    before: str
    notice: Notice | None = None
    danger: Danger | None = None


@dataclass(frozen=True, slots=True)
class LookedPage:
    """Who has looked at the record."""

    looked: tuple[Looked, ...]
    older_url: str
    newer_url: str


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Everything of one's own. `closed` says why it cannot be shown; then there is nothing else."""

    as_of: str
    zone: str
    closed: str = ""
    withheld: str = ""
    about: tuple[Term, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    stops: tuple[StopLine, ...] = ()
    estimate: str = ""
    estimate_note: str = ""
    safety_plan: tuple[PlanPart, ...] = ()
    check_ins: Sheet | None = None
    forms: tuple[Form, ...] = ()
    numbers: Sheet | None = None
    consents: Sheet | None = None
    looked: tuple[Looked, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The clinic's help card."""

    card: HelpCard


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """The conversation with the care team; `fields` is None where nobody would read a message."""

    fields: MessageFields | None
    lines: tuple[Letter, ...]
    older_url: str
    newer_url: str
    notice: Notice | None
    danger: Danger | None
    pinned: Pinned | None = None

"""The parts of the safety plan's pages, each frozen."""

from dataclasses import dataclass
from uuid import UUID

from django_stubs_ext import StrOrPromise

from clinic.safety.help import HelpCard
from dashboard.portal.parts import Danger, Notice
from dashboard.portal.pinned import Pinned


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One section: its words and who wrote them when; `words` are "" where there are none."""

    code: str
    title: StrOrPromise
    question: StrOrPromise
    words: str
    written: str
    url: str


@dataclass(frozen=True, slots=True)
class SafetyPlanPage:
    """The whole plan. `closed` says why it cannot be shown just now; `card` holds the clinic's checked numbers."""

    name: str
    printed: str
    looked_at: str
    parts: tuple[PlanPart, ...]
    card: HelpCard
    closed: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return not any(part.words for part in self.parts)

    @property
    def kept(self) -> list[dict[str, str]]:
        """What the browser seals where the person asks for it."""
        return [{"title": str(part.title), "words": part.words} for part in self.parts if part.words]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section to be written. `seen` is the version before the writer, `stands` what somebody wrote meanwhile."""

    code: str
    title: StrOrPromise
    question: StrOrPromise
    words: str
    seen: int
    submission: UUID
    readers: tuple[str, ...]
    error: str = ""
    stands: str = ""
    stands_by: str = ""
    notice: Notice | None = None
    danger: Danger | None = None
    pinned: Pinned | None = None

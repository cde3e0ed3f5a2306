"""The sections of a safety plan as its page in the record shows them, and what was written before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.keys import CannotOpen, Ring
from clinic.models.safety_plan import SafetyPlanEntry, Section
from clinic.safety_plan import Part
from dashboard.safety.plan import PlanLine, line_of, looked_at, written

__all__ = ["EarlierVersion", "PlanSection", "looked_at", "sections_of", "versions_of"]


@dataclass(frozen=True, slots=True)
class PlanSection:
    """One section: what stands, the number of the version that the form is drawn over, and whether it stands open.
    `before` are the words that stood last in a section that was emptied."""

    line: PlanLine
    number: int
    is_open: bool
    before: str


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version that no longer stands; `words` are "" where the section had been emptied or they do not open."""

    title: str
    words: str
    written: str


def sections_of(
    parts: Sequence[Part],
    found: Sequence[SafetyPlanEntry],
    ring: Ring,
    *,
    typed_in: str,
    at: dt.datetime,
    zone: str,
) -> tuple[PlanSection, ...]:
    """The seven sections, with every version that was `found`; the one that was typed into stands open."""
    return tuple(
        PlanSection(
            line_of(part, at=at, zone=zone),
            part.number,
            part.section == typed_in,
            "" if part.words else _before(part, found, ring),
        )
        for part in parts
    )


def _before(part: Part, found: Sequence[SafetyPlanEntry], ring: Ring) -> str:
    of_section = (each for each in found if each.section == part.section)
    return next((words for each in of_section if (words := _words(each, ring))), "")


def versions_of(
    found: Sequence[SafetyPlanEntry], parts: Sequence[Part], ring: Ring, *, at: dt.datetime, zone: str
) -> tuple[EarlierVersion, ...]:
    """What was written before and stands no more, newest first."""
    stand = {part.entry.pk for part in parts if part.entry}
    return tuple(
        EarlierVersion(str(Section(each.section).label), _words(each, ring), written(each, at=at, zone=zone))
        for each in found
        if each.pk not in stand
    )


def _words(entry: SafetyPlanEntry, ring: Ring) -> str:
    try:
        return entry.unseal(ring, "words")
    except CannotOpen:
        return ""

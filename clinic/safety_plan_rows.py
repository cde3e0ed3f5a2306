"""Storing a version of a safety plan: called by `clinic.safety_plan` for patients and `clinic.staff_safety_plan` for
staff (a contract)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from clinic.database.turns import take_turn
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.safety_plan import SafetyPlanEntry, Section
from clinic.models.user import User

LONGEST = 1_500
"""Characters of one section. All seven fit on one sheet of paper with far less; nobody reads more in a bad hour."""

MOST = 120
"""Versions that one person writes within an hour. More than anybody types; it keeps a session from filling the disk."""

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewWords:
    """What somebody writes into a section. `seen` is the number of the version that they had before them, 0 for none;
    `submission` is the id of the form."""

    section: Section
    words: str
    seen: int
    submission: UUID


class ChangedMeanwhile(Exception):
    """Somebody else wrote this section since it was shown; nothing was stored."""


class TooManyVersions(Exception):
    """This person wrote very many versions within the hour; nothing was stored."""


def newest(patient: Patient, section: Section) -> SafetyPlanEntry | None:
    """The version of a section that stands."""
    return SafetyPlanEntry.objects.filter(patient=patient, section=section).order_by("-number").first()


def put(
    new: NewWords, *, patient: Patient, ring: Ring, writer: User, by_patient: bool, at: dt.datetime
) -> tuple[SafetyPlanEntry | None, bool]:
    """Seal and keep a version in the caller's transaction; returns the one that stands, if any, and whether it is new.

    Words that stand already make no version, so a form sent twice makes one. Raises ChangedMeanwhile, TooManyVersions
    or CannotOpen.
    """
    take_turn(f"safety plan of {patient.pk}")
    standing = newest(patient, new.section)
    if (standing.unseal(ring, "words") if standing else "") == new.words:
        return standing, False
    if (standing.number if standing else 0) != new.seen:
        raise ChangedMeanwhile
    if SafetyPlanEntry.objects.filter(written_by=writer, written_at__gt=at - HOUR).count() >= MOST:
        raise TooManyVersions
    return _store(new, patient=patient, ring=ring, writer=writer, by_patient=by_patient, at=at), True


def _store(
    new: NewWords, *, patient: Patient, ring: Ring, writer: User, by_patient: bool, at: dt.datetime
) -> SafetyPlanEntry:
    taken = SafetyPlanEntry.objects.filter(pk=new.submission).exists()
    entry = SafetyPlanEntry(
        pk=uuid4() if taken else new.submission,
        patient=patient,
        section=new.section,
        number=new.seen + 1,
        by_patient=by_patient,
        written_by=writer,
        written_at=at,
    )
    entry.seal(ring, words=new.words)
    entry.save()
    return entry

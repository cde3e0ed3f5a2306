"""The safety plan: made together, in the patient's own words, theirs at once.

The patient and whoever treats them may both write; each change is a new version with who and when, and nothing is
overwritten. What the patient writes is read for danger in the transaction that stores it. No stop of an AI, no
contraindication and no end of care ever takes the plan away (SR-34, SR-56).
Staff write through `recommendations.correspondence`, which keeps AI drafts out of it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from clinic import access, keys, safety_plan_rows
from clinic.actor import Actor, log
from clinic.keys import Ring
from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.models.safety_plan import SafetyPlanEntry, SafetyPlanReview, Section
from clinic.safety import triggers
from clinic.safety.alerts import Notice, notice
from clinic.safety_plan_rows import LONGEST, ChangedMeanwhile, NewWords, TooManyVersions

__all__ = [
    "LONGEST",
    "ChangedMeanwhile",
    "NewWords",
    "NotKept",
    "Outcome",
    "Part",
    "TooManyVersions",
    "last_review",
    "log_version",
    "review",
    "standing",
    "versions",
    "write",
]


class NotKept(StrEnum):
    """Why words were not stored."""

    CHANGED = "changed"
    NO_KEYS = "no_keys"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a patient's words: the version that stands, if any, whether it is new, why they were not kept,
    and what was noticed."""

    entry: SafetyPlanEntry | None
    is_new: bool
    not_kept: NotKept | None
    notice: Notice


@dataclass(frozen=True, slots=True)
class Part:
    """One section as it stands. `entry` is None where nobody has written it yet; `words` are "" where it is empty."""

    section: Section
    entry: SafetyPlanEntry | None
    words: str

    @property
    def number(self) -> int:
        """The number of the version that stands; 0 where there is none."""
        return self.entry.number if self.entry else 0


@transaction.atomic
def write(*, patient: Patient, new: NewWords, by: Actor, at: dt.datetime) -> Outcome:
    """Read a patient's words for danger, and put them into their plan; a form sent twice makes one version."""
    source = TextSource.SAFETY_PLAN
    found = notice(patient=patient, text=new.words, submission=new.submission, source=source, at=at)
    assert by.user is not None  # noqa: S101  a person types
    try:
        ring = keys.ring([patient.pk])
        entry, is_new = safety_plan_rows.put(
            new, patient=patient, ring=ring, writer=by.user, by_patient=True, at=at
        )
    except ChangedMeanwhile:
        return Outcome(None, False, NotKept.CHANGED, found)
    except TooManyVersions:
        return Outcome(None, False, NotKept.TOO_MANY, found)
    except (keys.KeysUnavailable, keys.CannotOpen):
        return Outcome(None, False, NotKept.NO_KEYS, found)
    if entry and is_new:
        log_version(entry, by=by, at=at)
    return Outcome(entry, is_new, None, found)


def log_version(entry: SafetyPlanEntry, *, by: Actor, at: dt.datetime) -> None:
    """The entry in the log of a new version: which section and which number, never a word of it."""
    facts = {"section": entry.section, "number": entry.number}
    log("safety_plan_written", by=by, at=at, patient=entry.patient, subject=entry, facts=facts)


def standing(patient: Patient, ring: Ring) -> tuple[Part, ...]:
    """The seven sections as they stand now: one query. Raises CannotOpen."""
    rows = SafetyPlanEntry.objects.filter(patient=patient).select_related("written_by__staff")
    latest = {row.section: row for row in rows.order_by("section", "-number").distinct("section")}
    return tuple(_part(section, latest.get(section), ring) for section in Section)


def _part(section: Section, entry: SafetyPlanEntry | None, ring: Ring) -> Part:
    return Part(section, entry, entry.unseal(ring, "words") if entry else "")


def versions(patient: Patient) -> Sequence[SafetyPlanEntry]:
    """Every version that was ever written, newest first: one query."""
    rows = SafetyPlanEntry.objects.filter(patient=patient).select_related("written_by__staff")
    return list(rows.order_by("-written_at", "-number"))


def last_review(patient: Patient) -> SafetyPlanReview | None:
    """When the whole plan was last looked at together, and by whom: one query."""
    rows = SafetyPlanReview.objects.filter(patient=patient).select_related("reviewed_by__staff")
    return rows.order_by("-reviewed_at").first()


@transaction.atomic
def review(*, patient: Patient, by: Actor, at: dt.datetime) -> SafetyPlanReview:
    """Record that the plan was looked at together. Raises NotAllowed for whoever may not answer for this patient."""
    assert by.user is not None  # noqa: S101  a person presses
    access.check_may(by.user, access.ANSWER, patient, at=at)
    made = SafetyPlanReview.objects.create(patient=patient, reviewed_by=by.user, reviewed_at=at)
    log("safety_plan_reviewed", by=by, at=at, patient=patient, subject=made)
    triggers.done_by_reviewing(patient.pk, by=by, at=at)
    return made

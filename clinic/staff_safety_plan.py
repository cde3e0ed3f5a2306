"""Storing what a member of staff typed into a safety plan. Only `recommendations.correspondence` calls this."""

import datetime as dt

from clinic import access, safety_plan, safety_plan_rows
from clinic.actor import Actor
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.safety_plan import SafetyPlanEntry
from clinic.safety_plan_rows import NewWords


def write(
    *, patient: Patient, new: NewWords, ring: Ring, by: Actor, at: dt.datetime
) -> tuple[SafetyPlanEntry | None, bool]:
    """Put what was agreed into the plan, in the caller's transaction; returns what stands and whether it is new.

    Raises NotAllowed outside the care team, ChangedMeanwhile, TooManyVersions or clinic.keys.CannotOpen.
    """
    assert by.user is not None  # noqa: S101  a person types
    access.check_may(by.user, access.REVIEW, patient, at=at)
    entry, is_new = safety_plan_rows.put(
        new, patient=patient, ring=ring, writer=by.user, by_patient=False, at=at
    )
    if entry and is_new:
        safety_plan.log_version(entry, by=by, at=at)
    return entry, is_new

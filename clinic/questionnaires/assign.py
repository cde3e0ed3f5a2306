"""Assigning instruments, ending it, and the gate of licences in front of it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.database.turns import take_turn
from clinic.models.assignment import Assignment, InstrumentPermission
from clinic.models.patient import Patient
from clinic.oncall import gate
from clinic.questionnaires import catalogue
from clinic.questionnaires.definition import Definition, Licence


class LicenceMissing(Exception):
    """The owner's permission is not recorded, so the instrument is not assigned; the message says who can record it."""


class NotAssigned(Exception):
    """The instrument cannot be assigned; the message says why."""


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """Which instrument from which day on: once, or every `every_weeks` until a day."""

    key: str
    starts_on: dt.date
    every_weeks: int | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NewPermission:
    """Whose permission an administrator has on paper, in which document, of what day."""

    key: str
    owner: str
    document: str
    dated: dt.date


def needs_permission(definition: Definition, permitted: set[str]) -> bool:
    """Whether the owner's permission must be recorded first (SR-3)."""
    return definition.licence is not Licence.FREE and definition.key not in permitted


def permitted_keys() -> set[str]:
    """The instruments whose owner's permission is recorded."""
    return set(InstrumentPermission.objects.values_list("key", flat=True))


def assignable() -> list[Definition]:
    """The instruments that can be assigned here: their questions are here and their licence allows it."""
    permitted = permitted_keys()
    return [
        definition
        for definition in catalogue.definitions()
        if definition.questions and not needs_permission(definition, permitted)
    ]


@transaction.atomic
def permit(*, permission: NewPermission, by: Actor, at: dt.datetime) -> InstrumentPermission:
    """Record the permission of an instrument's owner. Only the administrator's page calls this."""
    assert by.user is not None  # noqa: S101  software has no papers
    row = InstrumentPermission.objects.create(
        key=permission.key,
        owner=permission.owner,
        document=permission.document,
        dated=permission.dated,
        recorded_by=by.user,
        happened_at=at,
    )
    log("instrument_permitted", by=by, at=at, subject=row, facts={"instrument": permission.key})
    return row


@transaction.atomic
def assign(*, patient: Patient, wanted: NewAssignment, by: Actor, at: dt.datetime) -> Assignment:
    """Ask a patient to fill in an instrument. An assignment of the same one that stands is ended and replaced.

    Raises LicenceMissing where the owner's permission is not recorded, and NotAssigned for an instrument that is not
    known, whose questions are not here, for somebody who cannot sign in, or whose care has ended.
    """
    take_turn(f"assignments of {patient.pk}")
    _in_care(patient)
    _checked(wanted.key)
    _followed_up(wanted.key, at=at)
    assert by.user is not None  # noqa: S101  software assigns nothing
    for standing in Assignment.objects.filter(patient=patient, key=wanted.key, ended_at=None):
        end(assignment=standing, by=by, at=at)
    row = Assignment.objects.create(
        patient=patient,
        key=wanted.key,
        starts_on=wanted.starts_on,
        every_weeks=wanted.every_weeks,
        until=wanted.until,
        assigned_by=by.user,
        assigned_at=at,
    )
    facts = {"instrument": wanted.key, "every_weeks": wanted.every_weeks or 0}
    log("questionnaire_assigned", by=by, at=at, patient=patient, subject=row, facts=facts)
    return row


@transaction.atomic
def end(*, assignment: Assignment, by: Actor, at: dt.datetime) -> None:
    """End an assignment: nothing more is due from it. What was answered stays."""
    standing = Assignment.objects.filter(pk=assignment.pk, ended_at=None)
    if standing.update(ended_by=by.user, ended_at=not_before("assigned_at", at=at)):
        facts = {"instrument": assignment.key}
        log("questionnaire_ended", by=by, at=at, patient=assignment.patient, subject=assignment, facts=facts)


@transaction.atomic
def end_all(*, patient: Patient, by: Actor, at: dt.datetime) -> int:
    """End every assignment of a patient whose care ends, and say how many: nothing is asked of them any more."""
    take_turn(f"assignments of {patient.pk}")
    standing = list(Assignment.objects.filter(patient=patient, ended_at=None).order_by("assigned_at", "pk"))
    for assignment in standing:
        end(assignment=assignment, by=by, at=at)
    return len(standing)


def _in_care(patient: Patient) -> None:
    """Asked of the database: care may have ended since the page was loaded, or the person may have joined."""
    if Patient.objects.filter(pk=patient.pk, user=None).exists():
        raise NotAssigned(
            _(
                "Nothing was assigned: this person has no account here, so nobody would see the form. "
                "Invite them first."
            )
        )
    if Patient.objects.filter(pk=patient.pk, discharged_at__isnull=False).exists():
        raise NotAssigned(_("Nothing was assigned: the care of this person has ended."))


def _followed_up(key: str, *, at: dt.datetime) -> None:
    """Nobody is asked about suicide where nobody would follow the answer up (SR-13)."""
    definition = next(each for each in catalogue.definitions() if each.key == key)
    if definition.safety is None or not (missing := gate.lacking(at=at)):
        return
    raise NotAssigned(
        _(
            "%(name)s was not assigned: it asks about suicide, and an answer must be followed up. %(missing)s "
            "Assign the PHQ-8, which does not ask, until an administrator has set this right."
        )
        % {"name": definition.name, "missing": " ".join(missing)}
    )


def _checked(key: str) -> None:
    definition = next((each for each in catalogue.definitions() if each.key == key), None)
    if definition is None:
        raise NotAssigned(_("There is no such questionnaire here."))
    if needs_permission(definition, permitted_keys()):
        raise LicenceMissing(
            _(
                "%(name)s was not assigned: its owner’s permission is not recorded. An administrator records it on the "
                "page of questionnaires."
            )
            % {"name": definition.name}
        )
    if not definition.questions:
        raise NotAssigned(
            _("%(name)s was not assigned: its questions are not part of this product.")
            % {"name": definition.name}
        )

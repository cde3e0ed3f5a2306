"""Loads alerts for a page, and says of which patients this person may see more than number, time and level."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from clinic import access, keys, people
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from clinic.people import Identity
from clinic.safety import persons
from clinic.safety.sources import with_source

MOST_LISTED = 200
"""Lines on one page. The gravest stand first, so what is left out is the least grave."""


@dataclass(frozen=True, slots=True)
class Known:
    """The patients in this person's care on a page: their keys and who they are.

    A patient is in `ids` although the key store is away or the key was destroyed; only `identities` then lacks them.
    """

    ids: frozenset[UUID]
    identities: dict[UUID, Identity]
    ring: Ring


def load(alert_id: UUID, person: User) -> SafetyAlert:
    """One alert of the clinic. Raises Http404, also for an alert about oneself: nobody answers their own."""
    found = _of_the_clinic(SafetyAlert.objects.all(), person).filter(pk=alert_id).first()
    if found is None:
        raise Http404
    return found


def open_alerts(person: User) -> list[SafetyAlert]:
    """A person's gravest open alert for all of theirs, gravest first; one more than MOST_LISTED tells of more."""
    return list(_of_the_clinic(persons.by_person(), person)[: MOST_LISTED + 1])


def closed_since(moment: dt.datetime, person: User) -> list[SafetyAlert]:
    """The alerts that were closed from `moment` on, newest first, MOST_LISTED at most."""
    closed = SafetyAlert.objects.filter(closed_at__gte=moment).order_by("-closed_at")
    return list(_of_the_clinic(closed, person)[:MOST_LISTED])


def _of_the_clinic(found: QuerySet[SafetyAlert], person: User) -> QuerySet[SafetyAlert]:
    return with_source(found.exclude(patient__user=person)).select_related(
        "patient", "taken_by__staff", "closed_by__staff"
    )


def known(patients: Iterable[Patient], person: User, *, at: dt.datetime) -> Known:
    """Who of these patients is in this person's care, with names: two queries for all of them."""
    by_id = {patient.pk: patient for patient in patients}
    cared_for = access.records(person, at=at, right=access.ANSWER).filter(pk__in=by_id)
    ids = frozenset(cared_for.values_list("pk", flat=True))
    ring = _ring(ids)
    identities = {
        patient_id: found for patient_id in ids if (found := _identity(by_id[patient_id], ring, at=at))
    }
    return Known(ids, identities, ring)


def _ring(ids: Iterable[UUID]) -> Ring:
    """An alert is shown without its words rather than not at all."""
    try:
        return keys.ring(ids)
    except keys.KeysUnavailable:
        return Ring({})


def _identity(patient: Patient, ring: Ring, *, at: dt.datetime) -> Identity | None:
    try:
        return people.identity(patient, ring, at=at)
    except keys.CannotOpen:
        return None

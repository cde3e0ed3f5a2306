"""Loads one record for a page and answers 404 for whatever is not this person's to open."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.http import Http404

from clinic import access, keys, messages, people
from clinic.keys import Ring
from clinic.models.appointment import Appointment
from clinic.models.care import CareRelationship
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.people import Identity
from dashboard.access import ActingRequest
from dashboard.times import clinic_zone
from recommendations import handover, standing
from recommendations.standing import Standing


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits on the pages of one record: messages not read, plans to be confirmed, the visits around now."""

    unread: int = 0
    plans: int = 0
    next_visit: dt.datetime | None = None
    last_visit: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One patient as a page needs them: who it is, who cares for them, what they agreed to.

    `rights` are those of the person who looks; `zone` is the clinic's, in which staff read times.
    """

    patient: Patient
    identity: Identity
    ring: Ring
    standing: Standing
    care: tuple[CareRelationship, ...]
    rights: frozenset[str]
    zone: str
    waits: Waits

    @property
    def is_mine_alone(self) -> bool:
        """Whether nobody but one person may decide about this patient."""
        deciding = {each.user_id for each in self.care if access.REVIEW in access.RIGHTS[each.kind]}
        return len(deciding) <= 1

    @property
    def may_review(self) -> bool:
        """Whether the person who looks may decide about this patient's drafts and plans."""
        return access.REVIEW in self.rights


def record_of(request: ActingRequest, ref: str, *, right: str = access.VIEW) -> Record:
    """The record with this number. Raises Http404 unless the person has `right` to it. Five queries and the keys."""
    mine = access.records(request.person, at=request.at, right=right)
    patient = mine.filter(record_number=ref).first()
    if patient is None:
        raise Http404
    return of_patient(request, patient)


def of_patient(request: ActingRequest, patient: Patient) -> Record:
    """The record of a patient to whom access was checked already. Four queries and the keys."""
    ring = keys.ring([patient.pk])
    found = tuple(_care(request, patient))
    mine = [access.RIGHTS[each.kind] for each in found if each.user_id == request.person.pk]
    return Record(
        patient=patient,
        identity=people.identity(patient, ring, at=request.at),
        ring=ring,
        standing=standing.of_patient(patient),
        care=found,
        rights=frozenset().union(*mine),
        zone=clinic_zone(),
        waits=_waits(found),
    )


def _care(request: ActingRequest, patient: Patient) -> QuerySet[CareRelationship]:
    """The standing care, and beside each row what waits on the record's pages: one query for all of it."""
    care = access.relationships(at=request.at).filter(patient=patient).select_related("user__staff")
    unread = Message.objects.filter(patient=patient, from_patient=True, read_at=None)
    plans = handover.waiting_plans(patient, at=request.at)
    visits = Appointment.objects.filter(patient=patient, ended_at=None).values("starts_at")
    found = care.annotate(
        unread=messages.counted(unread),
        plans=messages.counted(plans),
        next_visit=Subquery(visits.filter(starts_at__gt=request.at).order_by("starts_at")[:1]),
        last_visit=Subquery(visits.filter(starts_at__lte=request.at).order_by("-starts_at")[:1]),
    )
    return found.order_by("starts_at")


def _waits(care: tuple[CareRelationship, ...]) -> Waits:
    if not care:
        return Waits()
    unread, plans = (getattr(care[0], name, None) or 0 for name in ("unread", "plans"))
    visits = (getattr(care[0], name, None) for name in ("next_visit", "last_visit"))
    return Waits(unread, plans, *visits)

"""Records of people in care whom nobody treats who can act: found here before somebody falls between two chairs.

A colleague can act who may sign in, is a psychologist and whose licence holds: without it every signature is refused.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from clinic import access
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import Patient
from clinic.models.user import User

KEPT_CLOSED = ("name", "pronouns", "birth_date", "phone")
"""What of a record is never read for these lists."""

NOBODY = UUID(int=0)
"""An id that nobody has."""


def records(*, at: dt.datetime, today: dt.date) -> QuerySet[Patient]:
    """The records that nobody attends to; `today` is the clinic's day. Whoever was discharged is in nobody's care."""
    treating = access.relationships(at=at).filter(
        patient=OuterRef("pk"), kind=CareKind.TREATING, user__in=able(at=at, today=today).values("pk")
    )
    own = Coalesce(OuterRef("user"), Value(NOBODY))
    others = treating.exclude(user=own)  # nobody treats their own record
    return Patient.objects.filter(~Exists(others), discharged_at=None).defer(*KEPT_CLOSED)


def able(*, at: dt.datetime, today: dt.date) -> QuerySet[User]:
    """The psychologists who may sign in and whose licence holds."""
    return access.psychologists(at=at).filter(staff__licence_valid_until__gte=today)


def history(patients: list[Patient]) -> dict[UUID, list[CareRelationship]]:
    """All care that there ever was for these records, oldest first: one query."""
    found: dict[UUID, list[CareRelationship]] = {patient.pk: [] for patient in patients}
    rows = CareRelationship.objects.filter(patient__in=found).select_related("user__staff")
    for care in rows.order_by("starts_at", "pk"):
        found[care.patient_id].append(care)
    return found

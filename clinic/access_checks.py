"""Looking again, at intervals, at who may open a record: when it was done, what is due, and that it was done."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from clinic import access
from clinic.access import NotAllowed
from clinic.actor import Actor, log
from clinic.models.access_check import AccessCheck
from clinic.models.care import CareRelationship
from clinic.models.clinic import Clinic
from clinic.models.user import Role


def due_before(*, at: dt.datetime) -> dt.datetime:
    """Access that nobody has looked at since then is due. One query."""
    days = Clinic.objects.values_list("access_check_days", flat=True).get()
    return at - dt.timedelta(days=days)


def due(rows: QuerySet[CareRelationship], *, before: dt.datetime) -> QuerySet[CareRelationship]:
    """Of these relationships those that nobody has looked at since `before`. Starting one is a look at it."""
    looked = AccessCheck.objects.filter(care=OuterRef("pk"), checked_at__gt=before)
    return rows.filter(~Exists(looked), starts_at__lte=before)


def last_checks(care_ids: Iterable[UUID]) -> dict[UUID, AccessCheck]:
    """The newest look at each of these relationships, with who looked: one query."""
    rows = AccessCheck.objects.filter(care__in=list(care_ids)).select_related("checked_by__staff")
    newest = rows.order_by("care", "-checked_at", "-pk").distinct("care")
    return {check.care_id: check for check in newest}


@transaction.atomic
def check(*, care_ids: Sequence[UUID], by: Actor, at: dt.datetime) -> int:
    """Record that `by` looked at these relationships and found them right; returns how many stood.

    Raises NotAllowed for anybody but an administrator, and for one's own access.
    """
    if by.user is None or by.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator looks at who may open a record."))
    standing = access.relationships(at=at).filter(pk__in=care_ids).select_related("patient")
    rows = list(standing.only("user", "kind", "patient__record_number").order_by("pk"))
    if any(care.user_id == by.user.pk for care in rows):
        raise NotAllowed(_("Somebody else has to look at your own access. Nothing was recorded."))
    for care in rows:
        look = AccessCheck.objects.create(care=care, checked_by=by.user, checked_at=at)
        facts = {"care": care.pk, "user": care.user_id}
        log(
            "access_checked",
            by=by,
            at=at,
            patient=care.patient,
            subject=look,
            reason=care.kind,
            facts=facts,
        )
    return len(rows)

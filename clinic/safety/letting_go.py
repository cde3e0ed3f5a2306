"""What somebody has taken goes back once they can no longer act here: nobody may wait for them.

Whoever ends their access or their role does it in that transaction. The watch does it for whatever else ended a role,
or was not done then.
"""

import datetime as dt
import logging

from django.db import DatabaseError, transaction
from django.db.models import Q

from clinic.actor import SOFTWARE, Actor, log
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role, RoleGrant, User
from clinic.oncall.paging import page_left
from clinic.safety import alerts

logger = logging.getLogger(__name__)


def of(user: User, *, by: Actor, at: dt.datetime) -> int:
    """Put back every open alert of somebody who can no longer act, and page; returns how many.

    Nothing that goes wrong here may keep an access from ending: the watch puts them back seconds later.
    """
    try:
        with transaction.atomic():
            return _put_back(user, by=by, at=at)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The alerts of %s were not put back; the watch does it.", user.pk)
        return 0


def sweep(*, at: dt.datetime) -> int:
    """Put back what is owned by anybody who can no longer act; returns how many. One query where there is none.

    A role that begins later than now, by a clock that was set back since, is no role that has ended.
    """
    owners = SafetyAlert.objects.filter(closed_at=None, taken_by__isnull=False).values("taken_by")
    roles = RoleGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), role=Role.PSYCHOLOGIST)
    left = User.objects.filter(~Q(is_active=True, pk__in=roles.values("user")), pk__in=owners)
    return sum(of(owner, by=SOFTWARE, at=at) for owner in left.order_by("pk"))


def _put_back(owner: User, *, by: Actor, at: dt.datetime) -> int:
    rows = SafetyAlert.objects.select_for_update(of=("self",)).select_related("patient")
    found = list(rows.filter(closed_at=None, taken_by=owner).order_by("patient", "pk"))
    for alert in found:
        facts = {"from": owner.pk}
        log("safety_alert_put_back", by=by, at=at, patient=alert.patient, subject=alert, facts=facts)
        alert.taken_by, alert.taken_at = None, None
        alert.save(update_fields=["taken_by", "taken_at"])
    for alert in found:
        alerts.end_safety_care(alert.patient, owner, by=by, at=at)
        if alerts.is_paged(alert):
            page_left(alert, at=at)
    return len(found)

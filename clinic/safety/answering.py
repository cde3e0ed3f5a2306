"""What an owner does about an alert: spoke, could not reach them, handed it on. Each is a row that stays.

Only the owner of an open alert may. Everything here is in one transaction with its audit entry.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import Actor, log
from clinic.models.alert_act import FAILED, ActKind, AlertAct
from clinic.models.page import Sought, Step
from clinic.models.risk import Trigger
from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from clinic.oncall.paging import page_because
from clinic.safety import alerts, notes, triggers
from clinic.safety.alerts import AlertRefused
from clinic.safety.once import of_form

SEQUENCE = 3
"""Attempts in a row that failed, after which the duty lead is told."""

LATEST_RETRY = dt.timedelta(hours=12)
"""No attempt is put off longer: somebody answers within twelve hours (SR-29)."""


def acts_of(alert: SafetyAlert) -> QuerySet[AlertAct]:
    """All that was done about an alert, what was recorded last first."""
    rows = AlertAct.objects.filter(alert=alert.pk).order_by("-recorded_at")
    return rows.select_related("acted_by__staff", "handed_to__staff")


def failed_in_a_row(alert: SafetyAlert) -> int:
    """How many attempts have failed since somebody last spoke with them: one query."""
    count = 0
    for kind in acts_of(alert).values_list("kind", flat=True):
        if kind not in FAILED:
            break
        count += 1
    return count


def retries(*, at: dt.datetime) -> QuerySet[AlertAct]:
    """What the owners of open alerts are to do now, the longest due first: attempts that are due again, and alerts
    that a colleague handed them. A later act ends the wait."""
    later = AlertAct.objects.filter(alert=OuterRef("alert"), recorded_at__gt=OuterRef("recorded_at"))
    now = Q(retry_at__lte=at) | Q(kind=ActKind.TO_COLLEAGUE)
    return AlertAct.objects.filter(~Exists(later), now, alert__closed_at=None).order_by("happened_at", "pk")


@transaction.atomic
def spoke(*, alert: SafetyAlert, submission: UUID, note: str, by: Actor, at: dt.datetime) -> AlertAct:
    """Somebody spoke with the person. The alert stays open until it is closed."""
    notes.check(note)
    return _act(alert, ActKind.SPOKE, submission=submission, note=note, by=by, at=at)[0]


@transaction.atomic
def not_reached(
    *,
    alert: SafetyAlert,
    submission: UUID,
    retry_at: dt.datetime | None,
    note: str,
    by: Actor,
    at: dt.datetime,
) -> AlertAct:
    """Nobody answered: either it is tried again at `retry_at`, or the clinic's welfare route was taken (None).

    Whoever was asked to look in stands in the note. The third attempt in a row that fails goes to the duty lead.
    """
    if retry_at is None:
        notes.check(note)
    elif not at < retry_at <= at + LATEST_RETRY:
        raise ValueError("It is tried again within twelve hours.")
    kind = ActKind.NOT_REACHED if retry_at else ActKind.WELFARE
    act, is_new = _act(alert, kind, submission=submission, note=note, retry_at=retry_at, by=by, at=at)
    if not is_new:
        return act
    if kind is ActKind.WELFARE:
        _raise(Trigger.UNABLE_TO_REACH, act, by=by, at=at)
    failed = failed_in_a_row(alert)
    if failed and failed % SEQUENCE == 0:
        _raise(Trigger.FAILED_CONTACT_SEQUENCE, act, by=by, at=at)
        page_because(act.alert, Step.FAILED_CONTACT, Sought.DUTY_LEAD, turn=failed // SEQUENCE, at=at)
    return act


def _raise(trigger: Trigger, act: AlertAct, *, by: Actor, at: dt.datetime) -> None:
    if not triggers.to_do().filter(alert=act.alert_id, trigger=trigger).exists():
        triggers.raise_tasks(trigger, patient=act.patient, alert=act.alert, by=by, at=at)


@transaction.atomic
def to_crisis_team(
    *, alert: SafetyAlert, submission: UUID, note: str, by: Actor, at: dt.datetime
) -> AlertAct:
    """The crisis team has it. Whoever handed it over keeps the alert until it is closed."""
    notes.check(note)
    return _act(alert, ActKind.TO_CRISIS_TEAM, submission=submission, note=note, by=by, at=at)[0]


@transaction.atomic
def to_colleague(
    *, alert: SafetyAlert, submission: UUID, receiver: User, note: str, by: Actor, at: dt.datetime
) -> AlertAct:
    """A colleague becomes the owner, of every open alert of this person that the giver has. The clock goes on."""
    notes.check(note)
    if (
        receiver.pk == alert.patient.user_id
        or not access.psychologists(at=at).filter(pk=receiver.pk).exists()
    ):
        raise AlertRefused(_("This colleague cannot take alerts here."))
    act, is_new = _act(
        alert, ActKind.TO_COLLEAGUE, submission=submission, note=note, handed_to=receiver, by=by, at=at
    )
    if not is_new:
        return act
    assert by.user is not None  # noqa: S101  the owner is a person
    alerts.hand_over(patient=alert.patient, giver=by.user, receiver=receiver, by=by, at=at)
    handed = AlertAct.objects.filter(alert=act.alert_id, kind=ActKind.TO_COLLEAGUE).count()
    act.alert.refresh_from_db(fields=["taken_by", "taken_at"])
    page_because(act.alert, Step.HANDED_OVER, Sought.OWNER, turn=handed, at=at)
    return act


def _act(
    alert: SafetyAlert,
    kind: ActKind,
    *,
    submission: UUID,
    note: str,
    by: Actor,
    at: dt.datetime,
    retry_at: dt.datetime | None = None,
    handed_to: User | None = None,
) -> tuple[AlertAct, bool]:
    """One act by the owner of an open alert, and whether this call stored it: a form sent again changes nothing."""
    form, standing = of_form(alert, kind, submission, by=by)
    if standing:
        return standing, False
    locked = owned(alert, by=by)
    if locked.closed_at:
        raise AlertRefused(_("This alert is closed already."))
    log("safety_alert_acted", by=by, at=at, patient=locked.patient, subject=locked, reason=kind)
    act = store(
        locked, kind, submission=form, note=note, retry_at=retry_at, handed_to=handed_to, by=by, at=at
    )
    return act, True


def owned(alert: SafetyAlert, *, by: Actor) -> SafetyAlert:
    """The alert, its row locked. Raises AlertRefused unless `by` has taken it."""
    _of_person, locked = alerts.lock(alert)
    if by.user is None or locked.taken_by_id != by.user.pk:
        raise AlertRefused(_("Only the person who has taken this alert can do this."))
    return locked


def store(
    alert: SafetyAlert,
    kind: ActKind,
    *,
    submission: UUID,
    note: str,
    by: Actor,
    at: dt.datetime,
    **more: object,
) -> AlertAct:
    """Keep one act, in the caller's transaction, and end the tasks that asked for it.

    Where the patient's key was destroyed the note cannot be kept.
    """
    act = AlertAct(
        id=submission,
        alert=alert,
        patient=alert.patient,
        kind=kind,
        acted_by=by.user,
        happened_at=at,
        **more,
    )
    ring = keys.ring([alert.patient_id]) if note else None
    if ring is not None and alert.patient_id in ring:
        act.seal(ring, note=note)
    act.save()
    triggers.done_by_acting(act, by=by, at=at)
    return act

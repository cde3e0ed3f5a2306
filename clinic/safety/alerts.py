"""Safety alerts: noticing danger in a text, taking an alert, handing it over. Closing: `clinic.safety.closing`.

Needs PostgreSQL and nothing else: no Celery, no Redis, no consent, and no key store (an alert then opens
without its words).
"""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clinic import access
from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.care import CareKind, CareRelationship
from clinic.models.danger import DangerReading, TextSource
from clinic.models.patient import Patient
from clinic.models.safety import BEGUN_AT, AlertLevel, SafetyAlert
from clinic.models.user import Role, User
from clinic.safety.detect import Detection, Level
from clinic.safety.ledger.keep import keep, reading
from clinic.safety.ledger.reading import read
from clinic.safety.opening import have_drafts_looked_at, of_form, open_alert
from clinic.safety.other_language import language_of


@dataclass(frozen=True, slots=True)
class Notice:
    """What the detector found in a text, and the alert that it opened or had opened already.

    `other_language` is the code of the language that the text is surely in, where that is none of those that are read.
    """

    detection: Detection
    alert: SafetyAlert | None
    other_language: str | None = None


class AlertRefused(Exception):
    """The alert was not taken, answered or closed; the message says why, who has it and since when."""


@transaction.atomic
def notice(
    *,
    patient: Patient,
    text: str,
    submission: UUID,
    at: dt.datetime,
    source: TextSource = TextSource.OTHER,
    later: list[DangerReading] | None = None,
) -> Notice:
    """Read a text that a patient entered; above `none` an alert opens in this transaction.

    One row of the ledger is kept; whoever reads many texts takes the rows into `later` and keeps them together.
    """
    found = read(text, language=patient.language)
    if not text.strip():
        return Notice(found, None)
    noticed = notice_found(
        patient=patient, detection=found, submission=submission, at=at, source=source, later=later
    )
    return replace(noticed, other_language=language_of(text))


@transaction.atomic
def notice_found(
    *,
    patient: Patient,
    detection: Detection,
    submission: UUID,
    at: dt.datetime,
    source: TextSource = TextSource.OTHER,
    later: list[DangerReading] | None = None,
) -> Notice:
    """Open the alert for what was found in a text or an answer, and keep what was read, in this transaction."""
    notice = _noticed(patient, detection, submission=submission, at=at)
    row = reading(patient, detection, notice.alert, source=source, submission=submission, at=at)
    if later is None:
        keep([row])
    else:
        later.append(row)
    return notice


def _noticed(patient: Patient, detection: Detection, *, submission: UUID, at: dt.datetime) -> Notice:
    """Open the alert for what was found.

    `submission` is the id of the form: sent again it opens no second alert while one that is at least as grave, met
    all the same rules and holds these words is open. Other words in the same form, or the same after a closed alert,
    open another.
    """
    if detection.level is Level.NONE:
        return Notice(detection, None)
    take_turn(f"submission {submission}")
    standing, form = of_form(patient, detection, submission)
    return Notice(detection, standing or open_alert(patient, detection, submission=form, at=at))


def open_alerts() -> QuerySet[SafetyAlert]:
    """Every alert of the clinic that nobody has closed, gravest first, then oldest."""
    alerts = SafetyAlert.objects.filter(closed_at=None).order_by("-level", BEGUN_AT)
    return alerts.select_related("patient", "taken_by__staff")


@transaction.atomic
def take(*, alert: SafetyAlert, by: Actor, at: dt.datetime) -> SafetyAlert:
    """Become the owner of an alert and of every other of this person that nobody answers: one person rings them.

    Makes a care relationship of kind safety that ends with the last of them. Raises AlertRefused when somebody else
    was first; taking one's own again changes nothing. An owner who can no longer act here, because their access or
    their role has ended, is followed by whoever takes it next.
    """
    of_person, locked = lock(alert)
    if by.user is None or locked.taken_by == by.user:
        return locked
    if locked.taken_by and _can_act(locked.taken_by, at=at):
        raise AlertRefused(_("Somebody else has taken this alert already."))
    for each in of_person:
        if each.closed_at is None and not (each.taken_by and _can_act(each.taken_by, at=at)):
            _give(each, by=by, at=at)
    return locked


def lock(alert: SafetyAlert) -> tuple[list[SafetyAlert], SafetyAlert]:
    """Every open alert of the person, and this one, locked until the transaction ends: always all, in one order, so
    that two psychologists who act on one person wait for each other and never both for ever."""
    rows = SafetyAlert.objects.select_for_update(of=("self",)).select_related("patient", "taken_by")
    of_person = list(
        rows.filter(patient=alert.patient_id).filter(Q(closed_at=None) | Q(pk=alert.pk)).order_by("pk")
    )
    return of_person, next(each for each in of_person if each.pk == alert.pk)


def _give(alert: SafetyAlert, *, by: Actor, at: dt.datetime) -> None:
    """Make `by` the owner of an alert whose row is locked by the caller."""
    assert by.user is not None  # noqa: S101  asked by the caller
    before, alert.taken_by, alert.taken_at = alert.taken_by, by.user, at
    log("safety_alert_taken", by=by, at=at, patient=alert.patient, subject=alert)
    alert.save(update_fields=["taken_by", "taken_at"])
    if before:
        end_safety_care(alert.patient, before, by=by, at=at)
    access.start_care(patient=alert.patient, user=by.user, kind=CareKind.SAFETY, by=by, at=at)


@transaction.atomic
def hand_over(*, patient: Patient, giver: User, receiver: User, by: Actor, at: dt.datetime) -> int:
    """Give every open alert of this patient that `giver` has taken to `receiver`; returns how many."""
    taken = SafetyAlert.objects.filter(patient=patient, taken_by=giver, closed_at=None)
    found = list(taken.order_by("pk").select_for_update())
    for alert in found:
        facts = {"from": giver.pk, "to": receiver.pk}
        log("safety_alert_handed_over", by=by, at=at, patient=patient, subject=alert, facts=facts)
        alert.taken_by, alert.taken_at = receiver, at
        alert.save(update_fields=["taken_by", "taken_at"])
    if found:
        access.start_care(patient=patient, user=receiver, kind=CareKind.SAFETY, by=by, at=at)
        end_safety_care(patient, giver, by=by, at=at)
    return len(found)


def _can_act(owner: User, *, at: dt.datetime) -> bool:
    return owner.is_active and Role.PSYCHOLOGIST in access.roles_of(owner, at=at)


def answered_by(alert: SafetyAlert, *, by: Actor, at: dt.datetime) -> None:
    """What follows when `by` has closed an alert, in the caller's transaction: drafts are looked at, access ends."""
    assert by.user is not None  # noqa: S101  the owner is a person
    have_drafts_looked_at(alert.patient)
    end_safety_care(alert.patient, by.user, by=by, at=at)


def end_safety_care(patient: Patient, owner: User, *, by: Actor, at: dt.datetime) -> None:
    """End the owner's care of kind safety, unless another alert of the same patient is still theirs."""
    if SafetyAlert.objects.filter(patient=patient, taken_by=owner, closed_at=None).exists():
        return
    cares = CareRelationship.objects.filter(patient=patient, user=owner, kind=CareKind.SAFETY, ends_at=None)
    for care in cares.select_related("patient", "user"):
        access.end_care(care=care, by=by, at=at)


def is_paged(alert: SafetyAlert) -> bool:
    """Whether it is an alert and not a line in the worklist. Whoever is on call is paged about it."""
    return alert.level >= AlertLevel.URGENT

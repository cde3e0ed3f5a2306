"""Safety alerts: noticing danger in a text, taking an alert, handing it over. Closing: `clinic.safety.closing`.

Needs PostgreSQL and nothing else: no Celery, no Redis, no consent, and no key store (an alert then opens
without its words).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import SOFTWARE, Actor, log
from clinic.database.turns import take_turn
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import Role, User
from clinic.oncall.paging import page_at_once
from clinic.outbox import enqueue
from clinic.safety import triggers
from clinic.safety.detect import Detection, Level, detect
from clinic.safety.protocols import card_of


@dataclass(frozen=True, slots=True)
class Notice:
    """What the detector found in a text, and the alert that it opened or had opened already."""

    detection: Detection
    alert: SafetyAlert | None


class AlertRefused(Exception):
    """The alert was not taken, answered or closed; the message says why, who has it and since when."""


@transaction.atomic
def notice(*, patient: Patient, text: str, submission: UUID, at: dt.datetime) -> Notice:
    """Read a text that a patient entered; above `none` an alert opens in this transaction."""
    found = detect(text, language=patient.language)
    return notice_found(patient=patient, detection=found, submission=submission, at=at)


@transaction.atomic
def notice_found(*, patient: Patient, detection: Detection, submission: UUID, at: dt.datetime) -> Notice:
    """Open the alert for what was found in a text or an answer, in this transaction.

    `submission` is the id of the form: sent again it opens no second alert while one that is at least as grave and
    met all the same rules is open. Other words in the same form, or the same after a closed alert, open another.
    """
    if detection.level is Level.NONE:
        return Notice(detection, None)
    take_turn(f"submission {submission}")
    standing = SafetyAlert.objects.filter(
        patient=patient,
        submission=submission,
        level__gte=int(detection.level),
        rules__contains=list(detection.rules),
        closed_at=None,
    ).first()
    return Notice(detection, standing or _open(patient, detection, submission=submission, at=at))


def _open(patient: Patient, detection: Detection, *, submission: UUID, at: dt.datetime) -> SafetyAlert:
    alert = SafetyAlert(
        patient=patient,
        level=int(detection.level),
        categories=list(detection.categories),
        rules=list(detection.rules),
        rule_set=detection.rule_set,
        card=card_of(detection),
        submission=submission,
        happened_at=at,
    )
    seal_words(alert, detection.words)
    alert.save()
    facts = {"level": alert.level, "rule_set": alert.rule_set, "with_words": alert.words is not None}
    log("safety_alert_raised", by=SOFTWARE, at=at, patient=patient, subject=alert, facts=facts)
    page_at_once(alert, at=at)
    triggers.of_alert(alert, at=at)
    _have_drafts_looked_at(patient)
    return alert


def _have_drafts_looked_at(patient: Patient) -> None:
    """A worker withdraws what an acute crisis speaks against: help must not wait for it. Signing asks by itself."""
    enqueue("recommendations.tasks.look_again", patient_id=str(patient.pk))


def seal_words(alert: SafetyAlert, words: Sequence[str]) -> None:
    """Seal the words that an alert discloses; without the key store it opens without them."""
    try:
        alert.seal(keys.ring([alert.patient_id]), words="\n".join(words))
    except (keys.KeysUnavailable, keys.CannotOpen):
        alert.words = None


def open_alerts() -> QuerySet[SafetyAlert]:
    """Every alert of the clinic that nobody has closed, gravest first, then oldest."""
    alerts = SafetyAlert.objects.filter(closed_at=None).order_by("-level", "happened_at")
    return alerts.select_related("patient", "taken_by__staff")


@transaction.atomic
def take(*, alert: SafetyAlert, by: Actor, at: dt.datetime) -> SafetyAlert:
    """Become the owner of an alert and of every other of this person that nobody answers: one person rings them.

    Makes a care relationship of kind safety that ends with the last of them. Raises AlertRefused when somebody else
    was first; taking one's own again changes nothing. An owner who can no longer act here, because their access or
    their role has ended, is followed by whoever takes it next.
    """
    rows = SafetyAlert.objects.select_for_update(of=("self",)).select_related("patient", "taken_by")
    of_person = list(
        rows.filter(patient=alert.patient_id).filter(Q(closed_at=None) | Q(pk=alert.pk)).order_by("pk")
    )
    locked = next(each for each in of_person if each.pk == alert.pk)
    if by.user is None or locked.taken_by == by.user:
        return locked
    if locked.taken_by and _can_act(locked.taken_by, at=at):
        raise AlertRefused(_("Somebody else has taken this alert already."))
    for each in of_person:
        if each.closed_at is None and not (each.taken_by and _can_act(each.taken_by, at=at)):
            _give(each, by=by, at=at)
    return locked


def _give(alert: SafetyAlert, *, by: Actor, at: dt.datetime) -> None:
    """Make `by` the owner of an alert whose row is locked by the caller."""
    assert by.user is not None  # noqa: S101  asked by the caller
    before, alert.taken_by, alert.taken_at = alert.taken_by, by.user, at
    alert.save(update_fields=["taken_by", "taken_at"])
    if before:
        _end_safety_care(alert.patient, before, by=by, at=at)
    access.start_care(patient=alert.patient, user=by.user, kind=CareKind.SAFETY, by=by, at=at)
    log("safety_alert_taken", by=by, at=at, patient=alert.patient, subject=alert)


@transaction.atomic
def hand_over(*, patient: Patient, giver: User, receiver: User, by: Actor, at: dt.datetime) -> int:
    """Give every open alert of this patient that `giver` has taken to `receiver`; returns how many."""
    taken = SafetyAlert.objects.filter(patient=patient, taken_by=giver, closed_at=None)
    found = list(taken.order_by("pk").select_for_update())
    for alert in found:
        alert.taken_by, alert.taken_at = receiver, at
        alert.save(update_fields=["taken_by", "taken_at"])
        facts = {"from": giver.pk, "to": receiver.pk}
        log("safety_alert_handed_over", by=by, at=at, patient=patient, subject=alert, facts=facts)
    if found:
        access.start_care(patient=patient, user=receiver, kind=CareKind.SAFETY, by=by, at=at)
        _end_safety_care(patient, giver, by=by, at=at)
    return len(found)


def _can_act(owner: User, *, at: dt.datetime) -> bool:
    return owner.is_active and Role.PSYCHOLOGIST in access.roles_of(owner, at=at)


def answered_by(alert: SafetyAlert, *, by: Actor, at: dt.datetime) -> None:
    """What follows when `by` has closed an alert, in the caller's transaction: drafts are looked at, access ends."""
    assert by.user is not None  # noqa: S101  the owner is a person
    _have_drafts_looked_at(alert.patient)
    _end_safety_care(alert.patient, by.user, by=by, at=at)


def _end_safety_care(patient: Patient, owner: User, *, by: Actor, at: dt.datetime) -> None:
    """End the owner's care of kind safety, unless another alert of the same patient is still theirs."""
    if SafetyAlert.objects.filter(patient=patient, taken_by=owner, closed_at=None).exists():
        return
    cares = CareRelationship.objects.filter(patient=patient, user=owner, kind=CareKind.SAFETY, ends_at=None)
    for care in cares.select_related("patient", "user"):
        access.end_care(care=care, by=by, at=at)


def is_paged(alert: SafetyAlert) -> bool:
    """Whether it is an alert and not a line in the worklist. Whoever is on call is paged about it."""
    return alert.level >= AlertLevel.URGENT


def unanswered() -> int:
    """How many paged alerts nobody has taken yet: one query."""
    waiting = SafetyAlert.objects.filter(closed_at=None, taken_by=None, level__gte=AlertLevel.URGENT)
    return waiting.count()

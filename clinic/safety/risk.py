"""How great a person judges the danger to be. No software sets a level, and none goes down by itself."""

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.patient import Patient
from clinic.models.risk import RiskAssessment, RiskLevel, StepDown, Trigger
from clinic.models.safety import SafetyAlert
from clinic.reauth import NotConfirmed, Proof
from clinic.safety import cadence, notes, triggers


class StepDownRefused(Exception):
    """A lower level that is refused as it is; the message says what it needs."""


class AlertOpen(StepDownRefused):
    """Looking again was to end while an alert of this person is open."""

    def __init__(self) -> None:
        super().__init__(
            _("An alert of this person is open. “No further reassessment” can be set once it is closed.")
        )


def is_open_beside(patient_id: UUID, alert: SafetyAlert | None = None) -> bool:
    """Whether an alert of this person is open, beside the one that is being closed: one query."""
    found = SafetyAlert.objects.filter(patient=patient_id, closed_at=None)
    return (found.exclude(pk=alert.pk) if alert else found).exists()


@transaction.atomic
def assess(
    *,
    patient: Patient,
    level: RiskLevel,
    note: str,
    by: Actor,
    at: dt.datetime,
    alert: SafetyAlert | None = None,
    reason: StepDown | None = None,
    proof: Proof | None = None,
    submission: UUID | None = None,
) -> RiskAssessment:
    """Record a person's judgement of the danger. A level below the one that stands needs a reason and a fresh proof.

    Raises notes.NoteTooShort, StepDownRefused without a reason, reauth.NotConfirmed without a proof,
    access.NotAllowed, keys.KeysUnavailable.
    """
    assert by.user is not None  # noqa: S101  a person judges, software never does
    access.check_may(by.user, access.ANSWER, patient, at=at)
    notes.check(note)
    take_turn(f"risk of {patient.pk}")
    if submission and (made := RiskAssessment.objects.filter(pk=submission, patient=patient).first()):
        return made
    if level == RiskLevel.ENDED and is_open_beside(patient.pk, alert):
        raise AlertOpen
    before = cadence.level_of(patient.pk)
    _check_step(level, before, reason, proof, by=by, at=at)
    row = RiskAssessment(
        id=submission or uuid4(),
        patient=patient,
        alert=alert,
        before=before,
        level=level,
        reason=reason if reason and level < before else "",
        assessed_by=by.user,
        happened_at=at,
    )
    _store(row, note, by=by, at=at)
    return row


def _store(row: RiskAssessment, note: str, *, by: Actor, at: dt.datetime) -> None:
    """Seal, keep and log it, end the tasks that asked for it, and raise what a high level asks for."""
    patient = row.patient
    ring = keys.ring([patient.pk])
    if patient.pk in ring:
        row.seal(ring, note=note)
    facts = {"level": int(row.level), "before": int(row.before)}
    log("risk_assessed", by=by, at=at, patient=patient, subject=row, reason=row.reason, facts=facts)
    row.save()
    triggers.done_by_assessing(patient.pk, by=by, at=at)
    asked = triggers.to_do().filter(patient=patient.pk, trigger=Trigger.HIGH_RISK_STATUS)
    if row.level == RiskLevel.HIGH > row.before and not asked.exists():
        triggers.raise_tasks(Trigger.HIGH_RISK_STATUS, patient=patient, assessment=row, by=by, at=at)


def _check_step(
    level: RiskLevel,
    before: RiskLevel,
    reason: StepDown | None,
    proof: Proof | None,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    if level >= before:
        return
    if reason is None:
        raise StepDownRefused(_("A lower level needs a reason. Nothing goes down by itself."))
    if proof is None:
        raise NotConfirmed(_("A lower level needs your password. Nothing was stored."))
    proof.use(by=by.user, at=at)

"""Closing an alert, with how it ended and how great the danger is now; and opening one again within three days."""

import datetime as dt
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic import keys
from clinic.actor import Actor, log
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import alerts, answering, notes, reviewing, risk, silent
from clinic.safety.alerts import AlertRefused
from clinic.safety.once import SentBefore, of_form
from clinic.safety.silent import Contact

REOPENS_FOR = dt.timedelta(hours=72)
"""How long a closed alert can be opened again. What comes later is a new alert or a task."""

JUDGED = (AlertOutcome.SPOKE, AlertOutcome.HANDED_OVER)
"""Endings after which a person knows enough to judge the danger, and must."""


class LevelMissing(AlertRefused):
    """Somebody spoke with the person, so the danger is judged before the alert is closed."""

    field = "level"

    def __init__(self) -> None:
        super().__init__(_("Set the level of the risk: you spoke with this person or handed them over."))


@transaction.atomic
def close(
    *,
    alert: SafetyAlert,
    outcome: AlertOutcome,
    note: str,
    by: Actor,
    at: dt.datetime,
    level: RiskLevel | None = None,
    submission: UUID | None = None,
    contact: Contact | None = None,
    is_judged: bool = False,
) -> SafetyAlert:
    """Record how the alert ended; only its owner may. The care relationship of kind safety ends with it.

    `contact` says whether the person was reached, where no talk with them is recorded (`silent.asks`); `is_judged`
    that the same act has set the level for another alert of theirs.
    Where the patient's key was destroyed, the note cannot be kept and the alert closes without it. Raises
    AlertRefused, LevelMissing, silent.ContactMissing, silent.ReasonMissing, notes.NoteTooShort,
    risk.StepDownRefused for a level below the one that stands.
    """
    form, stored = of_form(alert, ActKind.CLOSED, submission or uuid4(), by=by)
    locked = answering.owned(alert, by=by)
    if locked.closed_at is not None:
        return locked
    if stored:
        raise SentBefore
    notes.check(note)
    if silent.asks(locked, outcome):
        note = _without_a_talk(locked, silent.check(locked, contact), form, note=note, by=by, at=at)
    if level is None and not is_judged and needs_level(locked, outcome):
        raise LevelMissing
    if level is not None:
        risk.assess(patient=locked.patient, level=level, note=note, alert=locked, by=by, at=at)
    log("safety_alert_closed", by=by, at=at, patient=locked.patient, subject=locked, reason=outcome)
    answering.store(locked, ActKind.CLOSED, submission=form, note=note, reason=outcome, by=by, at=at)
    _end(locked, outcome, note=note, by=by, at=at)
    alerts.answered_by(locked, by=by, at=at)
    return locked


def _end(alert: SafetyAlert, outcome: AlertOutcome, *, note: str, by: Actor, at: dt.datetime) -> None:
    alert.closed_by, alert.outcome = by.user, outcome
    alert.closed_at = max(at, alert.taken_at or at)
    ring = keys.ring([alert.patient_id])
    if alert.patient_id in ring:
        alert.seal(ring, closing_note=note)
    alert.save(update_fields=["closed_by", "closed_at", "outcome", "closing_note"])


def _without_a_talk(
    alert: SafetyAlert, contact: Contact, form: UUID, *, note: str, by: Actor, at: dt.datetime
) -> str:
    """The note with the reason why nobody was reached. Where they were, the talk is an act of its own, and judged."""
    if contact.reached:
        answering.spoke(alert=alert, submission=uuid5(form, "spoke"), note=note, by=by, at=at)
    return silent.noted(note, contact)


def needs_level(alert: SafetyAlert, outcome: AlertOutcome) -> bool:
    """Whether closing this alert so asks for a level: somebody spoke with the person or handed them over."""
    acts = AlertAct.objects.filter(alert=alert.pk, kind__in=[ActKind.SPOKE, ActKind.TO_CRISIS_TEAM])
    return outcome in JUDGED or acts.exists()


@transaction.atomic
def reopen(
    *, alert: SafetyAlert, note: str, by: Actor, at: dt.datetime, submission: UUID | None = None
) -> SafetyAlert:
    """Open a closed alert again, with the reason; `by` owns it from now on. How it was closed stays in its acts.
    From outside the care team it is marked for review (`reviewing`)."""
    form, stored = of_form(alert, ActKind.REOPENED, submission or uuid4(), by=by)
    _of_person, locked = alerts.lock(alert)
    if locked.closed_at is None:
        return locked
    if stored:
        raise SentBefore
    notes.check(note)
    from_outside = reviewing.is_from_outside(locked, by=by, at=at)
    if at - locked.closed_at > REOPENS_FOR:
        raise AlertRefused(
            _("It was closed more than 72 hours ago. Raise a task on the person’s page instead.")
        )
    facts = {"from_outside": from_outside}
    log("safety_alert_reopened", by=by, at=at, patient=locked.patient, subject=locked, facts=facts)
    answering.store(locked, ActKind.REOPENED, submission=form, note=note, by=by, at=at)
    _open(locked)
    if from_outside:
        reviewing.mark(locked, by=by, at=at)
    return alerts.take(alert=locked, by=by, at=at)


def _open(locked: SafetyAlert) -> None:
    locked.closed_by = locked.closed_at = locked.closing_note = None
    locked.outcome, locked.taken_by, locked.taken_at = "", None, None
    try:
        with transaction.atomic():
            locked.save(
                update_fields=["closed_by", "closed_at", "closing_note", "outcome", "taken_by", "taken_at"]
            )
    except IntegrityError as same:
        raise AlertRefused(_("Another alert for the same words is open already. Answer that one.")) from same

"""Opening a closed alert again opens the record. Whoever does so from outside is let in, and the care team looks at it.

Not refused: a colleague to whom the person says something at the door must be able to answer it. But closed means that
nobody waits, so what lets them in is looked at, like every emergency access: by somebody else, within a day.
"""

import datetime as dt

from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import Actor
from clinic.models.alert_act import AlertAct
from clinic.models.risk import SafetyTask, Trigger
from clinic.models.safety import SafetyAlert
from clinic.oncall import rows
from clinic.safety import triggers


def is_from_outside(alert: SafetyAlert, *, by: Actor, at: dt.datetime) -> bool:
    """Whether `by` neither answers for this person, nor ever did anything about this alert, nor is on call now."""
    assert by.user is not None  # noqa: S101  a person opens it
    if access.ANSWER in access.rights(by.user, alert.patient, at=at):
        return False
    if AlertAct.objects.filter(alert=alert.pk, acted_by=by.user).exists():
        return False
    return all(duty.user != by.user.pk for duty in rows.on_call(at=at))


def mark(alert: SafetyAlert, *, by: Actor, at: dt.datetime) -> list[SafetyTask]:
    """Ask the care team to look at an opening from outside, in the caller's transaction. `by` cannot end the task."""
    note = _(
        "This alert was opened again by somebody who was neither in the care team nor on call and had not had it. "
        "Read why they did, and tell whoever leads the service where that was no reason to open a record."
    )
    note = note if alert.patient_id in keys.ring([alert.patient_id]) else ""
    return triggers.raise_tasks(Trigger.MANUAL, patient=alert.patient, alert=alert, note=note, by=by, at=at)

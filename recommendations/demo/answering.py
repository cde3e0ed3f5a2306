"""Alerts that are being answered in the demonstration clinic, through the operations that the pages use."""

import datetime as dt
from collections.abc import Mapping
from uuid import NAMESPACE_OID, uuid5

from clinic import messages
from clinic.actor import Actor
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.risk import RiskLevel
from clinic.models.user import Role
from clinic.safety import alerts, answering, risk, triggers
from recommendations.demo.people import MAYA

NOT_REACHED = "CS-20247"
REASSESSED = "CS-20060"
SINCE_OCTOBER = "CS-20715"
ROUTE = "Ask Northside’s home team first (fictional); out of hours ask the police for a look-in."

WROTE = "I lie awake again. I do not want to be here any more. Sorry for the long message."
AGAIN = "No thoughts of that kind since the first week. Sleeps, works, sees friends; knows whom to ring."
JUDGED = "Passive thoughts for weeks, no plan, no means at home. His daughter lives with him until Christmas."
WORRY = "His daughter rang: he has not left the house for eight days and sleeps in his chair."


def present(staff: Mapping[str, Actor], patients: Mapping[str, Patient], *, now: dt.datetime) -> None:
    """An attempt that is due again, a reassessment that is due today, and a task, as of `now`."""
    Clinic.objects.update(welfare_route=ROUTE)
    if patient := patients.get(NOT_REACHED):
        tried(staff[MAYA], patient, now=now)
    if patient := patients.get(SINCE_OCTOBER):
        at = now - dt.timedelta(days=12)
        risk.assess(patient=patient, level=RiskLevel.LOW, note=AGAIN, by=staff[MAYA], at=at)
    if patient := patients.get(REASSESSED):
        judged(staff[MAYA], patient, now=now)


def tried(by: Actor, patient: Patient, *, now: dt.datetime) -> None:
    """A message of this morning; nobody answered the telephone, and the time for the next attempt has come."""
    at = now - dt.timedelta(minutes=66)
    own = Actor(patient.user, Role.PATIENT)
    form = uuid5(NAMESPACE_OID, f"{patient.record_number} message of danger")
    made = messages.write(patient=patient, words=WROTE, submission=form, by=own, at=at)
    if made.notice.alert is None:
        return
    taken = alerts.take(alert=made.notice.alert, by=by, at=at + dt.timedelta(minutes=9))
    then = at + dt.timedelta(minutes=20)
    answering.not_reached(
        alert=taken,
        submission=uuid5(NAMESPACE_OID, f"{patient.record_number} first attempt"),
        retry_at=then + dt.timedelta(minutes=30),
        note="Rang twice, no answer. I left no message.",
        by=by,
        at=then,
    )


def judged(by: Actor, patient: Patient, *, now: dt.datetime) -> None:
    """Two weeks ago somebody judged the risk, so it is due today; and somebody asked for another look."""
    days = Clinic.objects.values_list("reassess_moderate_days", flat=True).get()
    at = now - dt.timedelta(days=days)
    risk.assess(patient=patient, level=RiskLevel.MODERATE, note=JUDGED, by=by, at=at)
    triggers.by_hand(patient=patient, note=WORRY, by=by, at=now - dt.timedelta(hours=5))

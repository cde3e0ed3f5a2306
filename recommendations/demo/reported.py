"""One fictional person said that something bad had happened with a step: it left her plan at once."""

import datetime as dt
from uuid import NAMESPACE_OID, uuid5

from clinic.actor import Actor
from clinic.models.patient import Patient
from clinic.models.user import Role
from recommendations import publications, reports
from recommendations.reports import NewReport

RECORD = "CS-20822"
WORDS = "Since I do this I lie awake and plan the next day."


def report_one(patient: Patient, *, now: dt.datetime) -> None:
    """Her report of two days ago about the step that was signed for her, through the operation of the portal."""
    by, at = Actor(patient.user, Role.PATIENT), now - dt.timedelta(days=2)
    for step in publications.steps_of(patient):
        submission = uuid5(NAMESPACE_OID, f"{patient.record_number} report")
        entry = NewReport(step, ("driven",), WORDS, submission)
        reports.report(patient=patient, entry=entry, by=by, at=at)
        return

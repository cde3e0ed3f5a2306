"""What the fictional staff put aside: one draft deferred, one question to each other that waits for its answer."""

import datetime as dt

from clinic import access
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareKind
from clinic.models.patient import Patient
from recommendations import waiting
from recommendations.models.pause import DeferReason, PauseKind
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import State

Staff = dict[str, Actor]

DEFERRED, ASKED, ASKED_OF_MAYA = "CS-18840", "CS-20489", "CS-19891"

TO_ELIAS = (
    "You saw them in the group on Tuesday. Do the good days come after nights without sleep? Then breathing is not "
    "where I would begin."
)
TO_MAYA = "You worked with her in spring. Would something to do every day help her, or become one more duty?"


def put_aside(staff: Staff, patients: dict[str, Patient], *, now: dt.datetime) -> None:
    """Through the operations that the pages use; each only where the story left a draft to put aside."""
    maya, elias = staff["maya"], staff["elias"]
    if draft := _draft(patients.get(DEFERRED)):
        at = now - dt.timedelta(hours=3)
        day = waiting.return_days(at=at, zone="Europe/London")[-1]
        waiting.defer(suggestion=draft, reason=DeferReason.SEE_FIRST, until=day, by=maya, at=at)
    _ask(patients.get(ASKED), TO_ELIAS, by=maya, of=elias, at=now - dt.timedelta(hours=5))
    _ask(patients.get(ASKED_OF_MAYA), TO_MAYA, by=elias, of=maya, at=now - dt.timedelta(hours=2))


def _ask(patient: Patient | None, question: str, *, by: Actor, of: Actor, at: dt.datetime) -> None:
    """Whoever is asked is a second reader of the record: they may read it, and do not decide."""
    draft = _draft(patient)
    if patient is None or draft is None or of.user is None:
        return
    since = at - dt.timedelta(days=30)
    access.start_care(patient=patient, user=of.user, kind=CareKind.SECOND_READER, by=SOFTWARE, at=since)
    waiting.ask(
        suggestion=draft, kind=PauseKind.COLLEAGUE, question=question, colleague=of.user, by=by, at=at
    )


def _draft(patient: Patient | None) -> Suggestion | None:
    rows = Suggestion.objects.filter(patient=patient, state=State.OPEN).select_related("patient")
    return rows.order_by("code").first()

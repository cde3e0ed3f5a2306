"""Signed steps of a plan as CarePlans. The words stand in them letter for letter as they were signed."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from clinic.clock import local_date
from clinic.models.patient import Patient
from recommendations.fhir.outgoing import people
from recommendations.fhir.outgoing.numbers import moment
from recommendations.fhir.outgoing.terms import (
    AI_ASSERTED,
    SIGNED_WORDS,
    STOP_REASON,
    STOP_SIGN,
    Resource,
    coded,
    filled,
    to,
)

if TYPE_CHECKING:
    from recommendations.fhir.outgoing.signed import Ended, Leaving
    from recommendations.publications.portal import PlanItem

WITH_AI = {"meta": {"security": [AI_ASSERTED]}}

STATES = {"active": "in-progress", "completed": "completed", "revoked": "stopped"}
"""The state of a plan, and of the one step in it."""


def plan(leaving: "Leaving", *, patient: Patient, subject: str, at: dt.datetime) -> Resource:
    """One signed step."""
    shown: PlanItem = leaving.shown  # type: ignore[assignment]  # the caller asked which of the two it is
    status = _status(shown, leaving.ended, patient=patient, at=at)
    return {
        "resourceType": "CarePlan",
        "id": str(shown.publication_id),
        **(WITH_AI if shown.signed.with_ai else {}),
        "language": shown.language,
        "identifier": [{"system": SIGNED_WORDS, "value": shown.signed.fingerprint.replace(" ", "")}],
        "status": status,
        "intent": "plan",
        "title": shown.title,
        **filled(description=shown.words),
        "subject": to(subject),
        "period": {
            "start": moment(shown.visible_from, zone=patient.zone),
            "end": shown.valid_until.isoformat(),
        },
        "created": moment(shown.signed.at, zone=patient.zone),
        "author": to(people.practitioner_id(shown.signed.name, shown.signed.title)),
        "activity": [{"detail": _step(shown, status, leaving.ended)}],
        **filled(note=_when_to_stop(shown)),
    }


def _when_to_stop(shown: "PlanItem") -> list[dict[str, Any]]:
    """The signed rule, and each sign that was signed with it."""
    rule = [{"text": shown.stop_rule}] if shown.stop_rule else []
    signs = [
        {"extension": [{"url": STOP_SIGN, "valueCode": code}], "text": words}
        for code, words in shown.stop_signs
    ]
    return [*rule, *signs]


def _status(shown: "PlanItem", ended: "Ended | None", *, patient: Patient, at: dt.datetime) -> str:
    if ended:
        return "revoked"
    over = shown.valid_until < local_date(at=at, zone=patient.zone)
    return "completed" if over else "active"


def _step(shown: "PlanItem", status: str, ended: "Ended | None") -> dict[str, Any]:
    return {
        "code": {"text": shown.title},
        "status": STATES[status],
        **filled(statusReason=coded(STOP_REASON, ended.reason) if ended else None),
        **filled(scheduledString=shown.dose),
        "description": shown.words,
    }


def stopped_plan(publication_id: UUID, reason: str, *, subject: str) -> Resource:
    """That a step was there and was stopped, for whom its words are no longer shown."""
    return {
        "resourceType": "CarePlan",
        "id": str(publication_id),
        "status": "revoked",
        "intent": "plan",
        "subject": to(subject),
        "activity": [{"detail": {"status": "stopped", "statusReason": coded(STOP_REASON, reason)}}],
    }

"""From rows and dataclasses to what the API sends. The shapes stand in `dashboard.api.shapes`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from clinic import ai
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.people import Identity
from clinic.series import Day
from recommendations.evidence import pieces_of
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.publications import Released
from recommendations.review.preview import Preview
from recommendations.wording import sentence
from recommendations.words import WordsChanged, draft_title

Sent = dict[str, Any]


def ai_allowed(patients: Sequence[Patient]) -> set[UUID]:
    """Those of a page for whom AI may be used."""
    return ai.allowed_patients(ai.Function.SUGGESTION, [patient.pk for patient in patients])


def patient(row: Patient, identity: Identity | None, allowed: bool) -> Sent:
    """A patient; without a name where it cannot be opened."""
    return {
        "record_number": row.record_number,
        "name": identity.name if identity else "",
        "age": identity.age if identity else None,
        "zone": row.zone,
        "language": row.language,
        "ai_allowed": allowed,
    }


def queued(draft: Suggestion, identity: Identity | None, ring: Ring) -> Sent:
    """A draft in the queue."""
    return {
        "id": draft.pk,
        "record_number": draft.patient.record_number,
        "name": identity.name if identity else "",
        "code": draft.code,
        "title": title(draft, ring),
        "waiting_since": draft.waiting_since,
    }


def title(draft: Suggestion, ring: Ring) -> str:
    """The draft's title, or nothing where its words cannot be opened."""
    try:
        return draft_title(draft, ring)
    except WordsChanged:
        return ""


def draft(row: Suggestion, ring: Ring) -> Sent:
    """A draft of one patient."""
    return {
        "id": row.pk,
        "code": row.code,
        "state": row.state,
        "title": title(row, ring),
        "waiting_since": row.waiting_since,
    }


def to_sign(row: Suggestion, would_be: Preview, seen: str) -> Sent:
    """A draft with all that a decision rests on."""
    words = would_be.words
    return {
        "id": row.pk,
        "code": row.code,
        "state": row.state,
        "title": words.title,
        "waiting_since": row.waiting_since,
        "words": words.words,
        "dose": words.dose,
        "stop_rule": words.stop_rule,
        "language": words.language,
        "evidence": [
            {"key": each.key, "side": each.side, "weight": each.weight, "sentence": sentence(each).text}
            for each in pieces_of(row.facts)
        ],
        "release": f"{row.release.name}/{row.release.version}",
        "seen": seen,
        "valid_until": would_be.valid_until,
        "digest": would_be.plan.digest,
        "refusal": would_be.refusal,
    }


def reading(row: MoodReading) -> Sent:
    """A stored reading."""
    figures = ("level", "lower", "upper", "usual_low", "usual_high")
    return {name: getattr(row, name) for name in figures} | {
        "as_of": row.as_of,
        "direction": row.direction,
        "held_back": row.held_back,
        "release": f"{row.release.name}/{row.release.version}",
    }


def day(each: Day) -> Sent:
    """One day of a signal."""
    return {"day": each.day, "value": each.value, "count": each.count, "source": each.source}


def publication(each: Released) -> Sent:
    """Signed words, as staff see them."""
    return {
        "id": each.publication_id,
        "kind": each.kind,
        "title": each.title,
        "words": each.words,
        "signed_by": each.printed_name,
        "signed_at": each.signed_at,
        "visible_from": each.visible_from,
        "valid_until": each.valid_until,
        "stopped": each.stop.reason if each.stop else "",
    }

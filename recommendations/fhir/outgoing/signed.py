"""What was signed, on its way out: exactly the signed words, who signed them, and which program drafted them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from clinic.models.patient import Patient
from recommendations.fhir.outgoing import people
from recommendations.fhir.outgoing.estimates import estimate
from recommendations.fhir.outgoing.plans import plan, stopped_plan
from recommendations.fhir.outgoing.provenance import provenance
from recommendations.fhir.outgoing.terms import Resource

if TYPE_CHECKING:
    from recommendations.publications.portal import MoodEstimate, PlanItem, Signed


@dataclass(frozen=True, slots=True)
class Ended:
    """Why and when signed words were stopped."""

    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Leaving:
    """One publication that may leave: the words as they are shown, until when they hold, and their end."""

    shown: "PlanItem | MoodEstimate"
    valid_until: dt.datetime | None = None
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A step that was stopped and whose words cannot be shown."""

    publication_id: UUID
    ended: Ended


def stops(stopped: Iterable[Stopped], *, subject: str) -> list[Resource]:
    """That each of these steps was there and was stopped, without its words."""
    return [stopped_plan(each.publication_id, each.ended.reason, subject=subject) for each in stopped]


def resources(
    leaving: Iterable[Leaving], *, patient: Patient, subject: str, at: dt.datetime
) -> list[Resource]:
    """A plan or an estimate for each, its provenance, and everybody whom these name."""
    found: dict[str, Resource] = {}
    for each in leaving:
        made = _words(each, patient=patient, subject=subject, at=at)
        signature = each.shown.signed
        for resource in [made, provenance(made, signature, patient=patient), *_named(signature)]:
            found[resource["id"]] = resource
    return list(found.values())


def _words(each: Leaving, *, patient: Patient, subject: str, at: dt.datetime) -> Resource:
    if hasattr(each.shown, "as_of"):
        return estimate(each, patient=patient, subject=subject)
    return plan(each, patient=patient, subject=subject, at=at)


def _named(signature: "Signed") -> list[Resource]:
    releases = dict.fromkeys(filter(None, (signature.drafted_by, signature.reading_by)))
    who = people.practitioner(signature.name, signature.title)
    return [who, *(people.device(release) for release in releases)]

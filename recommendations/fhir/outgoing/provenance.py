"""Where signed words come from: the program that drafted them as author, the psychologist as verifier."""

from typing import TYPE_CHECKING, Any

from clinic.models.patient import Patient
from recommendations.fhir.outgoing import people
from recommendations.fhir.outgoing.numbers import moment
from recommendations.fhir.outgoing.terms import AI_ASSERTED, TERMINOLOGY, Resource, coded, stable, to, urn

if TYPE_CHECKING:
    from recommendations.publications.portal import Signed

AGENT = f"{TERMINOLOGY}/provenance-participant-type"
AUTHOR, VERIFIER = coded(AGENT, "author", "Author"), coded(AGENT, "verifier", "Verifier")
SIGNATURES = "urn:iso-astm:E1762-95:2013"
VERIFICATION = {"system": SIGNATURES, "code": "1.2.840.10065.1.12.1.5", "display": "Verification Signature"}
AUTHORSHIP = {"system": SIGNATURES, "code": "1.2.840.10065.1.12.1.1", "display": "Author's Signature"}


def provenance(of: Resource, signature: "Signed", *, patient: Patient) -> Resource:
    """Who made and who signed one resource. Where a psychologist wrote it alone, no program stands in it."""
    signed_at = moment(signature.at, zone=patient.zone)
    who = to(people.practitioner_id(signature.name, signature.title))
    with_ai = signature.with_ai
    return {
        "resourceType": "Provenance",
        "id": stable("provenance", of["id"]),
        **({"meta": {"security": [AI_ASSERTED]}} if with_ai else {}),
        "target": [{"reference": urn(of["id"])}],
        "recorded": signed_at,
        "agent": _agents(signature, who),
        "signature": [
            {"type": [VERIFICATION if with_ai else AUTHORSHIP], "when": signed_at, "who": who},
        ],
    }


def _agents(signature: "Signed", who: dict[str, str]) -> list[dict[str, Any]]:
    """Whoever changed a draft's words is their author too."""
    programs = dict.fromkeys(filter(None, (signature.drafted_by, signature.reading_by)))
    authors: list[dict[str, Any]] = [
        {"type": AUTHOR, "who": to(people.device_id(release))} for release in programs
    ]
    if signature.changed or not signature.with_ai:
        authors.append({"type": AUTHOR, "who": who})
    return [*authors, {"type": VERIFIER, "who": who}]

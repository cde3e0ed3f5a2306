"""The safety plan as a Composition: its sections in the words in which they stand, each with who wrote it.

No LOINC code exists for the sections, and none for the document was verified at its source: both leave as text (SR-2,
SR-35).
"""

from collections.abc import Sequence
from html import escape

from clinic import safety_plan
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.safety_plan import Part
from recommendations.fhir.outgoing import people
from recommendations.fhir.outgoing.numbers import moment
from recommendations.fhir.outgoing.terms import Resource, stable, to

TITLE = "Safety plan"


def resources(patient: Patient, ring: Ring, *, subject: str) -> list[Resource]:
    """The plan and whoever of the clinic wrote in it; nothing where there is none. Raises CannotOpen."""
    parts = [part for part in safety_plan.standing(patient, ring) if part.words]
    if not parts:
        return []
    writers = {_author(part, subject): part for part in parts}
    staff = [_practitioner(part) for part in writers.values() if part.entry and not part.entry.by_patient]
    return [*staff, _composition(parts, patient, subject, list(writers))]


def _composition(parts: Sequence[Part], patient: Patient, subject: str, authors: list[str]) -> Resource:
    latest = max(part.entry.written_at for part in parts if part.entry)
    return {
        "resourceType": "Composition",
        "id": stable("safety-plan", patient.pk),
        "status": "final",
        "type": {"text": TITLE},
        "subject": to(subject),
        "date": moment(latest, zone=patient.zone),
        "author": [to(author) for author in authors],
        "title": TITLE,
        "section": [
            {
                "title": str(part.section.label),
                "code": {"text": part.section.value},
                "author": [to(_author(part, subject))],
                "text": {"status": "additional", "div": _narrative(part.words)},
            }
            for part in parts
        ],
    }


def _author(part: Part, subject: str) -> str:
    assert part.entry is not None  # noqa: S101  a section with words has a version
    return subject if part.entry.by_patient else people.practitioner_id(*_printed(part))


def _practitioner(part: Part) -> Resource:
    return people.practitioner(*_printed(part))


def _printed(part: Part) -> tuple[str, str]:
    assert part.entry is not None  # noqa: S101  a section with words has a version
    profile = getattr(part.entry.written_by, "staff", None)
    return (profile.printed_name, profile.title) if profile else (part.entry.written_by.sign_in_name, "")


def _narrative(words: str) -> str:
    lines = "<br/>".join(escape(line, quote=False) for line in words.split("\n"))
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{lines}</div>'

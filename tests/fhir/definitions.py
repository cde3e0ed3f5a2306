"""What FHIR R4 (4.0.1) says about the resources that leave: elements and how often, values that it binds, and what a
reference may lead to. Written from the specification's own tables, as a second opinion beside schema and classes."""

from dataclasses import dataclass

MANY = 10**6


@dataclass(frozen=True)
class Element:
    """How often an element stands in its parent, what values are allowed, what it may refer to."""

    least: int = 0
    most: int = 1
    values: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()


def one(*values: str) -> Element:
    """Exactly one, of these values where some are named."""
    return Element(least=1, values=frozenset(values))


def some(*values: str, most: int = 1) -> Element:
    """None or one, of these values."""
    return Element(most=most, values=frozenset(values))


def to(*targets: str, least: int = 0, most: int = 1) -> Element:
    """A reference to one of these types."""
    return Element(least=least, most=most, targets=frozenset(targets))


PEOPLE = ("Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "Organization")
PLANNERS = (*PEOPLE, "Device", "CareTeam")

ELEMENTS: dict[str, Element] = {
    "Patient.birthDate": some(),
    "Patient.gender": some("male", "female", "other", "unknown"),
    "Patient.name.use": some("usual", "official", "temp", "nickname", "anonymous", "old", "maiden"),
    "Patient.telecom.system": some("phone", "fax", "email", "pager", "url", "sms", "other"),
    "Patient.communication.language": one(),
    "Practitioner.qualification.code": one(),
    "Device.status": some("active", "inactive", "entered-in-error", "unknown"),
    "Device.deviceName.name": one(),
    "Device.deviceName.type": one(
        *("udi-label-name", "user-friendly-name", "patient-reported-name"),
        *("manufacturer-name", "model-name", "other"),
    ),
    "Device.type": some(),
    "Device.version.value": one(),
    "Observation.status": one(
        *("registered", "preliminary", "final", "amended", "corrected"),
        *("cancelled", "entered-in-error", "unknown"),
    ),
    "Observation.code": one(),
    "Observation.subject": to("Patient", "Group", "Device", "Location"),
    "Observation.performer": to(*PEOPLE, "CareTeam", most=MANY),
    "Observation.device": to("Device", "DeviceMetric"),
    "Observation.hasMember": to("Observation", "QuestionnaireResponse", "MolecularSequence", most=MANY),
    "Observation.derivedFrom": to(
        *("DocumentReference", "ImagingStudy", "Media", "QuestionnaireResponse", "Observation"),
        "MolecularSequence",
        most=MANY,
    ),
    "Observation.component.code": one(),
    "Observation.note.text": one(),
    "Questionnaire.status": one("draft", "active", "retired", "unknown"),
    "Questionnaire.item.linkId": one(),
    "Questionnaire.item.type": one(
        *("group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text"),
        *("url", "choice", "open-choice", "attachment", "reference", "quantity"),
    ),
    "QuestionnaireResponse.status": one("in-progress", "completed", "amended", "entered-in-error", "stopped"),
    "QuestionnaireResponse.author": to(
        "Device", "Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "Organization"
    ),
    "QuestionnaireResponse.source": to("Patient", "Practitioner", "PractitionerRole", "RelatedPerson"),
    "QuestionnaireResponse.item.linkId": one(),
    "CarePlan.status": one(
        "draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"
    ),
    "CarePlan.intent": one("proposal", "plan", "order", "option"),
    "CarePlan.subject": to("Patient", "Group", least=1),
    "CarePlan.author": to(*PLANNERS),
    "CarePlan.activity.detail.status": one(
        *("not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled"),
        *("stopped", "unknown", "entered-in-error"),
    ),
    "CarePlan.note.text": one(),
    "Consent.status": one("draft", "proposed", "active", "rejected", "inactive", "entered-in-error"),
    "Consent.scope": one(),
    "Consent.category": Element(least=1, most=MANY),
    "Consent.patient": to("Patient"),
    "Consent.performer": to(
        "Organization", "Patient", "Practitioner", "RelatedPerson", "PractitionerRole", most=MANY
    ),
    "Consent.provision.type": some("deny", "permit"),
    "Provenance.target": Element(least=1, most=MANY),
    "Provenance.recorded": one(),
    "Provenance.agent": Element(least=1, most=MANY),
    "Provenance.agent.who": to(*PEOPLE, "Device", least=1),
    "Provenance.signature.type": Element(least=1, most=MANY),
    "Provenance.signature.when": one(),
    "Provenance.signature.who": to(*PEOPLE, "Device", least=1),
}
"""By path. An element that is not here may stand or not: schema and classes know it."""

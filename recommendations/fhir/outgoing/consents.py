"""Agreements of the patient, standing and withdrawn, as Consents."""

from clinic.consent_texts import TEXTS
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient
from recommendations.fhir.outgoing.numbers import moment
from recommendations.fhir.outgoing.terms import (
    CONSENT_DIGEST,
    CONSENT_TEXT,
    PURPOSE,
    SOURCE,
    TERMINOLOGY,
    Resource,
    coded,
    filled,
    to,
)

ACT_CODE = f"{TERMINOLOGY}/v3-ActCode"

CATEGORIES: dict[Purpose, tuple[str, str]] = {
    Purpose.KEEP: ("ICOL", "information collection"),
    Purpose.SHARE: ("IDSCL", "information disclosure"),
    Purpose.AI_READINGS: ("INFA", "information access"),
}
"""By purpose: HL7's kind of consent."""


def consent(grant: ConsentGrant, *, patient: Patient, subject: str) -> Resource:
    """One agreement: to which text of which version, for which source and purpose, from when until when."""
    source, purpose = Source(grant.source), Purpose(grant.purpose)
    given = moment(grant.given_at, zone=patient.zone)
    ended = moment(grant.withdrawn_at, zone=patient.zone) if grant.withdrawn_at else ""
    by_the_person = grant.given_by_id is not None and grant.given_by_id == patient.user_id
    title, _text = TEXTS.get((source, purpose), (f"{source.label}: {purpose.label}", ""))
    return {
        "resourceType": "Consent",
        "id": str(grant.pk),
        "extension": [{"url": CONSENT_DIGEST, "valueString": grant.text_digest}],
        "status": "inactive" if ended else "active",
        "scope": coded(f"{TERMINOLOGY}/consentscope", "patient-privacy", "Privacy Consent"),
        "category": [coded(ACT_CODE, *CATEGORIES[purpose])],
        "patient": to(subject),
        "dateTime": given,
        **filled(performer=[to(subject)] if by_the_person else []),
        "policyRule": coded(CONSENT_TEXT, f"{grant.text_version}-{grant.text_language}", text=title),
        "provision": {
            "type": "permit",
            "period": filled(start=given, end=ended),
            "purpose": [{"system": PURPOSE, "code": purpose}],
            "class": [{"system": SOURCE, "code": source}],
        },
    }

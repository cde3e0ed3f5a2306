"""The names under which our things leave: systems, codes, ids and references."""

import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from recommendations.fhir.codes import OBSERVATION_CATEGORY

Resource = dict[str, Any]

SIGNED_WORDS = "urn:countersign:signed-words"
SOURCE = "urn:countersign:source"
PURPOSE = "urn:countersign:purpose"
CONSENT_TEXT = "urn:countersign:consent-text"
CONSENT_DIGEST = "urn:countersign:consent-text-digest"
FEELING = "urn:countersign:feeling"
CATEGORY = "urn:countersign:category"
RELEASE = "urn:countersign:model-release"
STOP_SIGN = "urn:countersign:stop-sign"
STOP_REASON = "urn:countersign:stop-reason"
MODE = "urn:countersign:mode"
ANSWERED_IN = "urn:countersign:answered-in"
VALIDATED = "urn:countersign:validated"

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
LANGUAGES = "urn:ietf:bcp:47"

AI_ASSERTED = {
    "system": f"{TERMINOLOGY}/v3-ObservationValue",
    "code": "AIAST",
    "display": "Artificial Intelligence asserted",
}
"""The label of everything that came about with AI."""

SYNTHETIC = {"system": f"{TERMINOLOGY}/v3-ActReason", "code": "HTEST", "display": "test health data"}
"""The label of a bundle from the demonstration clinic."""

_OURS = uuid5(NAMESPACE_URL, "urn:countersign")


def stable(*parts: object) -> str:
    """A UUID that is the same whenever and wherever it is made from the same parts."""
    return str(uuid5(_OURS, json.dumps([str(part) for part in parts])))


def is_uuid(text: object) -> bool:
    """Whether a resource's own id can be its address in a bundle."""
    try:
        return str(UUID(str(text))) == text
    except ValueError:
        return False


def urn(number: object) -> str:
    """The address of a resource within the bundle."""
    return f"urn:uuid:{number}"


def to(number: object) -> dict[str, str]:
    """A reference to the resource with this id."""
    return {"reference": urn(number)}


def coded(system: str, code: str, display: str = "", *, text: str = "") -> dict[str, Any]:
    """One coding as a concept."""
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]} | ({"text": text} if text else {})


def category(code: str, display: str) -> dict[str, Any]:
    """One of HL7's categories of observations."""
    return coded(OBSERVATION_CATEGORY, code, display)


def filled(**elements: Any) -> dict[str, Any]:
    """The elements that hold something: FHIR knows no empty string, no empty list and no null."""
    return {name: value for name, value in elements.items() if value not in (None, "", [], {})}

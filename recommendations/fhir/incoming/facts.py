"""Facts for the profile: diagnoses, medication and allergies in the words in which they came, dates as they are."""

from collections.abc import Mapping
from typing import Any

from clinic.imports.drawn import Fact
from clinic.models.profile import Topic
from clinic.partial_dates import is_partial_date
from clinic.profile import LONGEST

LONGEST_CODE, LONGEST_DATE = 80, 32


def fact_of(resource: Mapping[str, Any]) -> Fact | None:
    """The fact that this resource states, or None where it states none: another type, an error, or without words."""
    reader = READERS.get(str(resource.get("resourceType")))
    return reader(resource) if reader else None


def _condition(resource: Mapping[str, Any]) -> Fact | None:
    if _state(resource, "verificationStatus") in {"refuted", "entered-in-error"}:
        return None
    period = resource.get("onsetPeriod", {})
    dates = (resource.get("onsetDateTime"), period.get("start"), resource.get("recordedDate"))
    over = "abatementDateTime" in resource or _state(resource, "clinicalStatus") in {
        "inactive",
        "remission",
        "resolved",
    }
    return _fact(Topic.DIAGNOSIS, resource.get("code"), dates, holds=not over)


def _medication(resource: Mapping[str, Any]) -> Fact | None:
    if resource.get("status") in {"entered-in-error", "draft"} or resource.get("doNotPerform") is True:
        return None
    concept = resource.get("medicationCodeableConcept") or _of_reference(resource)
    holds = resource.get("status") in {"active", "on-hold", "unknown"}
    return _fact(Topic.MEDICATION, concept, (resource.get("authoredOn"),), holds=holds)


def _of_reference(resource: Mapping[str, Any]) -> Any:
    """The medication that a reference leads to inside the resource itself, else what the reference displays."""
    reference = resource.get("medicationReference", {})
    for each in resource.get("contained", []):
        if reference.get("reference") == f"#{each.get('id')}":
            return each.get("code")
    return {"text": reference.get("display", "")}


def _allergy(resource: Mapping[str, Any]) -> Fact | None:
    if _state(resource, "verificationStatus") in {"refuted", "entered-in-error"}:
        return None
    dates = (resource.get("onsetDateTime"), resource.get("recordedDate"))
    over = _state(resource, "clinicalStatus") in {"inactive", "resolved"}
    return _fact(Topic.ALLERGY, resource.get("code"), dates, holds=not over)


READERS = {"Condition": _condition, "MedicationRequest": _medication, "AllergyIntolerance": _allergy}


def _state(resource: Mapping[str, Any], name: str) -> str:
    codings = resource.get(name, {}).get("coding", [])
    return str(codings[0].get("code", "")) if codings else ""


def _fact(topic: Topic, concept: Any, dates: tuple[Any, ...], *, holds: bool) -> Fact | None:
    if not isinstance(concept, dict):
        return None
    codings = concept.get("coding", [])
    shown = (each.get("display") for each in codings)
    words = concept.get("text") or next((each for each in shown if each), "")
    code = next(
        (f"{each['system']}|{each['code']}" for each in codings if each.get("system") and each.get("code")),
        "",
    )
    dated = str(next((each for each in dates if each), ""))
    words = str(words).strip() or code
    if not words:
        return None
    return Fact(
        topic=topic,
        words=words[:LONGEST],
        code=code if len(code) <= LONGEST_CODE else "",
        dated=dated if len(dated) <= LONGEST_DATE and is_partial_date(dated) else "",
        holds=holds,
    )

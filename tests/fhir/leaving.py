"""What leaves: a record as the bundle that somebody would receive."""

import datetime as dt
import json
from typing import Any

from clinic.actor import SOFTWARE
from clinic.models.patient import Patient
from recommendations import exports
from tests.cast import NOW
from tests.fhir.checks import resources


def exported(patient: Patient, *, at: dt.datetime = NOW) -> dict[str, Any]:
    """The bundle that leaves for this record at `at`."""
    bundle: dict[str, Any] = json.loads(text_of(patient, at=at))
    return bundle


def text_of(patient: Patient, *, at: dt.datetime = NOW) -> str:
    """The same as text."""
    return "".join(exports.fhir(patient=patient, by=SOFTWARE, at=at).chunks)


def of_type(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of one type."""
    return [each for each in resources(bundle) if each["resourceType"] == kind]


def coded(bundle: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """The observations with this code."""
    return [each for each in of_type(bundle, "Observation") if each["code"]["coding"][0]["code"] == code]

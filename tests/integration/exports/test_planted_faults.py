"""The check of an export can fail: every fault that other libraries let pass is planted and found."""

import copy
from collections.abc import Callable
from typing import Any

from clinic.models.patient import Patient
from tests.database import ROLLED_BACK
from tests.fhir.checks import faults
from tests.fhir.leaving import coded, exported, of_type

pytestmark = ROLLED_BACK

Fault = Callable[[dict[str, Any]], None]


def plan(bundle: dict[str, Any]) -> dict[str, Any]:
    return of_type(bundle, "CarePlan")[0]


def a_wish(bundle: dict[str, Any]) -> None:
    plan(bundle)["intent"] = "wish"


def a_nonsense_status(bundle: dict[str, Any]) -> None:
    coded(bundle, "mood")[0]["status"] = "nonsense"


def a_step_without_a_status(bundle: dict[str, Any]) -> None:
    del plan(bundle)["activity"][0]["detail"]["status"]


def a_device_as_performer(bundle: dict[str, Any]) -> None:
    (device, *_more) = of_type(bundle, "Device")
    coded(bundle, "mood-estimate")[0]["performer"] = [{"reference": f"urn:uuid:{device['id']}"}]


def a_device_as_subject_of_a_plan(bundle: dict[str, Any]) -> None:
    (device, *_more) = of_type(bundle, "Device")
    plan(bundle)["subject"] = {"reference": f"urn:uuid:{device['id']}"}


def a_dangling_reference(bundle: dict[str, Any]) -> None:
    plan(bundle)["author"] = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}


def a_consent_without_a_policy(bundle: dict[str, Any]) -> None:
    del of_type(bundle, "Consent")[0]["policyRule"]


def a_period_that_ends_before_it_starts(bundle: dict[str, Any]) -> None:
    plan(bundle)["period"]["end"] = "1999-01-01"


def a_value_and_a_reason_for_none(bundle: dict[str, Any]) -> None:
    coded(bundle, "mood")[0]["dataAbsentReason"] = {"text": "unknown"}


def a_component_with_the_code_of_the_whole(bundle: dict[str, Any]) -> None:
    (estimate,) = coded(bundle, "mood-estimate")
    estimate["component"][0]["code"] = estimate["code"]


def an_empty_list(bundle: dict[str, Any]) -> None:
    coded(bundle, "mood")[0]["note"] = []


def a_number_as_text(bundle: dict[str, Any]) -> None:
    coded(bundle, "mood")[0]["valueQuantity"]["value"] = "5"


def an_unknown_element(bundle: dict[str, Any]) -> None:
    plan(bundle)["approvedBy"] = "somebody"


def nobody_behind_a_provenance(bundle: dict[str, Any]) -> None:
    of_type(bundle, "Provenance")[0]["agent"] = []


def one_resource_twice(bundle: dict[str, Any]) -> None:
    bundle["entry"].append(bundle["entry"][-1])


PLANTED: tuple[Fault, ...] = (
    a_wish,
    a_nonsense_status,
    a_step_without_a_status,
    a_device_as_performer,
    a_device_as_subject_of_a_plan,
    a_dangling_reference,
    a_consent_without_a_policy,
    a_period_that_ends_before_it_starts,
    a_value_and_a_reason_for_none,
    a_component_with_the_code_of_the_whole,
    an_empty_list,
    a_number_as_text,
    an_unknown_element,
    nobody_behind_a_provenance,
    one_resource_twice,
)


def test_each_planted_fault_is_found_and_without_one_nothing_is(lived: Patient) -> None:
    whole = exported(lived)
    assert faults(whole) == []
    for planted in PLANTED:
        broken = copy.deepcopy(whole)
        planted(broken)
        assert faults(broken), planted.__name__

"""Validation of FHIR R4: what is good passes, what is broken is named without quoting it."""

import json
from pathlib import Path
from typing import Any

import pytest

from recommendations.fhir import codes, strict, validate
from recommendations.fhir.validate import refusals

OBSERVATION: dict[str, Any] = {
    "resourceType": "Observation",
    "id": "weight",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
    "subject": {"reference": "Patient/1"},
    "effectiveDateTime": "2022-02",
    "valueQuantity": {"value": 0.5, "unit": "kg"},
}

BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "a status that does not exist": ({"status": "nonsense"}, "Observation.status"),
    "a number as text": ({"valueQuantity": {"value": "5"}}, "Observation.valueQuantity.value"),
    "an unknown element": ({"feeling": "low"}, "Observation"),
    "null": ({"status": None}, "Observation.status"),
    "an empty list": ({"category": []}, "Observation.category"),
    "about a Practitioner": ({"subject": {"reference": "Practitioner/1"}}, "Observation.subject"),
    "ends before it starts": (
        {
            "effectiveDateTime": None,
            "effectivePeriod": {"start": "2022-02-02", "end": "2022-02-01"},
        },
        "Observation.effectivePeriod",
    ),
}


def test_a_good_resource_passes() -> None:
    assert refusals(OBSERVATION) == []


@pytest.mark.skipif(not validate.has_schema(), reason="the R4 schema is not installed: npm was missing")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_resource_is_refused_with_its_place(name: str) -> None:
    change, place = BROKEN[name]
    broken = {
        key: value for key, value in (OBSERVATION | change).items() if value is not None or key == "status"
    }
    found = refusals(broken)
    assert place in {each.path for each in found}
    assert all(each.resource_type == "Observation" and each.id == "weight" and each.reason for each in found)


def test_without_the_schema_the_classes_still_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    _forget()
    monkeypatch.setattr(validate, "schema_file", lambda: Path("/nowhere"))
    assert not validate.has_schema()
    assert refusals(OBSERVATION) == []
    assert refusals({"resourceType": "Observation", "id": "1"})
    assert refusals({"resourceType": "Feeling"})[0].path == "resourceType"
    _forget()


def _forget() -> None:
    for each in (validate._definitions, validate._schema, validate.is_type):
        each.cache_clear()


def test_a_refusal_never_quotes_a_value() -> None:
    secret = "Amara Nwosu"
    for broken in (
        OBSERVATION | {"status": secret},
        OBSERVATION | {"valueQuantity": {"value": secret}},
        OBSERVATION | {"effectiveDateTime": secret},
    ):
        assert secret not in " ".join(str(each) for each in refusals(broken))
        assert refusals(broken)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1e999999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "too large"),
        ('{"a": NaN}', "not a number"),
        ('{"a": -Infinity}', "not a number"),
        ('{"a": 1, "a": 2}', "twice"),
        ('{"a": "\\u0000"}', "U+0000"),
        ('{"\\ud800": "a"}', "surrogate"),
        ('{"a": "\\ud83d"}', "surrogate"),
        ("[" * 51 + "]" * 51, "deeper"),
        ("[" * 200_000, "deeper"),
        ('{"a": ', "not JSON"),
        ('{"a": 1} {"a": 2}', "not JSON"),
    ],
)
def test_what_others_would_read_differently_is_refused(text: str, reason: str) -> None:
    with pytest.raises(strict.NotStrict, match=reason.replace("+", r"\+")):
        strict.parsed(text)


def test_escaped_emoji_and_a_backslash_before_u0000_are_text_like_any_other() -> None:
    text = '{"a": "\\ud83d\\ude00", "b": "\\\\u0000"}'
    assert strict.parsed(text) == json.loads(text)


def test_fifty_levels_are_read() -> None:
    assert strict.parsed("[" * 50 + "]" * 50)


@pytest.mark.parametrize("code", codes.ALL_LOINC)
def test_every_loinc_code_carries_its_check_digit(code: str) -> None:
    assert codes.has_check_digit(code)
    assert not codes.has_check_digit(code[:-1] + str((int(code[-1]) + 1) % 10))

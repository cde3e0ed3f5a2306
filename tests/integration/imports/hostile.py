"""Broken, hostile and foreign files of FHIR, with the words that say why they are refused."""

from typing import Any

from tests.integration.imports.bundles import ADA, bundle, observation, person, phq9

WEIGHT = observation("29463-7", valueQuantity={"value": 71.5})
WHOLE = bundle(person(), WEIGHT)


def nested(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"url": "http://x.example/e", "valueString": "x"}
    for _level in range(depth):
        found = {"url": "http://x.example/e", "extension": [found]}
    return WEIGHT | {"extension": [found]}


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no resource"),
    "an empty bundle": (b'{"resourceType": "Bundle", "type": "collection", "entry": []}', "no resource"),
    "cut off": (
        WHOLE[: len(WHOLE) - 40].encode(),
        "after resource 1: it is not JSON, or it ends in the middle",
    ),
    "nested": (bundle(person(), nested(30)).encode(), "deeper than 50"),
    "a hundred thousand objects in each other": (
        b'{"resourceType": "Patient", "x": ' + b'{"x": ' * 100_000 + b"1" + b"}" * 100_001,
        "deeper",
    ),
    "nested without end": (
        b'{"resourceType": "Bundle", "entry": [{"resource": ' + b"[" * 500_000,
        "deeper|in the middle",
    ),
    "one huge resource": (
        bundle(person(), WEIGHT | {"note": [{"text": "x" * 17_000_000}]}).encode(),
        "larger than 16 MB",
    ),
    "U+0000": (WHOLE.replace("Ada", "A\\u0000da").encode(), r"U\+0000"),
    "half a character": (WHOLE.replace("Ada", "A\\ud83dda").encode(), "lone surrogate"),
    "1e999999": (WHOLE.replace("71.5", "1e999999").encode(), "too large"),
    "NaN": (WHOLE.replace("71.5", "NaN").encode(), "not a number"),
    "a key twice": (WHOLE.replace('"status"', '"id": "b", "status"').encode(), "twice"),
    "one line without an end": (b"x" * 20_000_000, "not JSON"),
    "UTF-16 without a mark": (WHOLE.encode("utf-16-le"), "UTF-8|JSON|0000"),
    "UTF-16": (WHOLE.encode("utf-16"), "UTF-8"),
    "Latin-1": (WHOLE.replace("Ada", "Adé").encode("latin-1"), "UTF-8|JSON"),
    "a zip bomb": (b"PK\x03\x04" + b"\x00" * 100, "packed"),
    "gzip": (b"\x1f\x8b\x08\x00" + b"\x00" * 100, "packed"),
    "a list": (b"[1, 2]", "not JSON"),
    "words": (b"Dear colleague, thank you for", "not JSON"),
    "not a resource": (b'{"resourceType": "Bundle", "entry": [{"resource": 5}]}', "no FHIR resource"),
    "an unknown type": (bundle(person(), {"resourceType": "Feeling"}).encode(), "not a resource type"),
    "STU3": (
        bundle(person(), phq9(*[0] * 9, questionnaire={"reference": "Questionnaire/1"})).encode(),
        "another type",
    ),
    "R5": (
        bundle(
            person(),
            {
                "resourceType": "MedicationRequest",
                "status": "active",
                "intent": "order",
                "subject": {"reference": ADA},
                "medication": {"concept": {"text": "Sertraline"}},
            },
        ).encode(),
        "not known here|required",
    ),
}

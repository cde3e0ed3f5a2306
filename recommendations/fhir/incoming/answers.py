"""Answered forms of other systems: which instrument it is, what was answered, and what the person wrote themselves."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from clinic.imports.drawn import Answered, Said
from clinic.models.patient import Patient
from clinic.questionnaires import catalogue
from clinic.questionnaires.definition import Definition
from recommendations.fhir import codes
from recommendations.fhir.incoming.numbers import moment_of

STANDING = frozenset({"completed", "amended"})
FEWEST = 2
"""Questions that must be known before a form is taken for an instrument."""

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
PHQ9 = re.compile(r"phq-?9|44249-1", re.IGNORECASE)

_CODE = re.compile(r"(?:^|[/.])(\d{1,6}-\d|[a-z0-9_-]{1,40})$")


def answered_of(resource: Mapping[str, Any], patient: Patient) -> Answered | None:
    """What a QuestionnaireResponse answers, or None where its instrument is not known or it does not count."""
    definition, moment = instrument_of(resource), moment_of(resource, zone=patient.zone)
    if definition is None or moment is None:
        return None
    asked = dict(_asked(resource))
    language = str(resource.get("language", ""))
    return Answered(
        key=definition.key,
        answers={each.code: _value(asked.get(each.code), definition) for each in definition.questions},
        happened_at=moment[0],
        language=language[:10] or "und",
        validated=None if language else False,
    )


def instrument_of(resource: Mapping[str, Any]) -> Definition | None:
    """The instrument whose questions these are: the smallest that has them all. The PHQ-8 is the PHQ-9 without its
    ninth question, so a form that calls itself PHQ-9, or brings its total, is one even where that was left out."""
    if resource.get("status") not in STANDING:
        return None
    asked = set(dict(_asked(resource)))
    whole = codes.PHQ9_TOTAL in asked or PHQ9.search(str(resource.get("questionnaire", ""))) is not None
    fitting = [definition for _text, definition in catalogue.shipped().values() if _fits(definition, asked)]
    fitting.sort(
        key=lambda each: (
            whole is not None and whole is not False and each.key != "phq9",
            len(each.questions),
        )
    )
    return fitting[0] if fitting else None


def _fits(definition: Definition, asked: set[str]) -> bool:
    own = {question.code for question in definition.questions}
    known = asked & _every_question()
    return len(known) >= FEWEST and known <= own


@cache
def _every_question() -> frozenset[str]:
    shipped = (definition for _text, definition in catalogue.shipped().values())
    return frozenset(question.code for definition in shipped for question in definition.questions)


def said_in(resource: Mapping[str, Any], patient: Patient) -> Said | None:
    """The words that a person wrote as answers, and the answer about wishing to be dead where it stands alone."""
    moment = moment_of(resource, zone=patient.zone)
    when = moment[0] if moment else None
    if resource["resourceType"] == "QuestionnaireResponse":
        words = tuple(_texts(resource.get("item", [])))
        return Said(words, item_9=False, happened_at=when) if words else None
    if resource["resourceType"] != "Observation" or not _is_survey(resource):
        return None
    words = (str(resource["valueString"]),) if "valueString" in resource else ()
    item_9 = codes.PHQ9_ITEM_9 in _loinc(resource) and _ninth(resource)
    return Said(words, item_9=item_9, happened_at=when) if words or item_9 else None


def addresses_of(resource: Mapping[str, Any], full_url: str) -> Iterator[str]:
    """Every address under which a file may speak of this response."""
    if full_url:
        yield full_url
    if resource.get("id"):
        yield f"QuestionnaireResponse/{resource['id']}"


def comes_from(resource: Mapping[str, Any], responses: set[str]) -> bool:
    """Whether an Observation repeats one of these responses: then that one is counted, and this one is not."""
    found = (str(each.get("reference", "")) for each in resource.get("derivedFrom", []))
    return any(each in responses or "/".join(each.split("/")[-2:]) in responses for each in found)


def _asked(resource: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each question with its code, taken from its link or its definition: "/44250-9", "phq9.44250-9"."""
    waiting = list(resource.get("item", []))
    while waiting:
        item = waiting.pop()
        waiting.extend(item.get("item", []))
        for name in (item.get("definition", ""), item.get("linkId", "")):
            if found := _CODE.search(str(name)):
                yield found.group(1), item


def _value(item: Mapping[str, Any] | None, definition: Definition) -> int | None:
    """What an answer counts: by its code, its ordinal value, or as a whole number that the instrument offers."""
    answers = item.get("answer", []) if item else []
    if len(answers) != 1:
        return None
    answer, offered = answers[0], {option.value for option in definition.options}
    coding = answer.get("valueCoding", {})
    by_code = {option.code: option.value for option in definition.options}
    if coding.get("code") in by_code:
        return by_code[coding["code"]]
    ordinal = [each.get("valueDecimal") for each in coding.get("extension", []) if each.get("url") == ORDINAL]
    for number in (*ordinal, answer.get("valueInteger"), answer.get("valueDecimal")):
        if isinstance(number, int | float) and number in offered:
            return int(number)
    return None


def _texts(items: list[Mapping[str, Any]]) -> Iterator[str]:
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        waiting.extend(item.get("item", []))
        for answer in item.get("answer", []):
            waiting.extend(answer.get("item", []))
            if text := answer.get("valueString"):
                yield str(text)


def _loinc(resource: Mapping[str, Any]) -> set[str]:
    codings = resource.get("code", {}).get("coding", [])
    return {str(each.get("code")) for each in codings if each.get("system") == codes.LOINC}


def _is_survey(resource: Mapping[str, Any]) -> bool:
    named = {
        str(coding.get("code"))
        for category in resource.get("category", [])
        for coding in category.get("coding", [])
    }
    return "survey" in named or codes.PHQ9_ITEM_9 in _loinc(resource)


def _ninth(resource: Mapping[str, Any]) -> bool:
    """Whether an Observation of the ninth question of the PHQ-9 says anything but "not at all"."""
    definition = catalogue.shipped()["phq9"][1]
    concept = resource.get("valueCodeableConcept", {})
    quantity = resource.get("valueQuantity", {}).get("value")
    answers = [{"valueCoding": coding} for coding in concept.get("coding", [])]
    answers += [{"valueInteger": resource["valueInteger"]}] if "valueInteger" in resource else []
    answers += [{"valueDecimal": quantity}] if quantity is not None else []
    return any((_value({"answer": [answer]}, definition) or 0) > 0 for answer in answers)

"""Instruments as Questionnaires, with their owner's notice; codes that nobody verified leave as words (SR-2, SR-4)."""

from typing import Any, Protocol

from clinic.questionnaires import loinc
from clinic.questionnaires.definition import Definition, Option, Question
from recommendations.fhir.outgoing.terms import Resource, filled, stable

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


class Coded(Protocol):
    """Whatever carries a code of LOINC."""

    @property
    def code(self) -> str:
        """The code."""


def canonical(definition: Definition) -> str:
    """How a response names the version that was answered."""
    return f"{_url(definition)}|{definition.version}"


def _url(definition: Definition) -> str:
    return f"urn:countersign:questionnaire:{definition.key}"


def link(question: Question) -> str:
    """The place of a question in its form, as LOINC's forms name it."""
    return f"/{question.code}"


def total_link(definition: Definition) -> str:
    """The place of the total."""
    return f"/{definition.total.code}" if definition.total else "/total"


def concept(coded: Coded | None, text: str) -> dict[str, Any]:
    """Words, with LOINC's code where it was verified."""
    found = _codings(coded)
    return ({"coding": found} if found else {}) | {"text": text}


def _codings(coded: Coded | None) -> list[dict[str, Any]]:
    known = loinc.coding(coded.code) if coded else None
    return [{"system": known.system, "code": known.code, "display": known.display}] if known else []


def option_coding(option: Option) -> dict[str, Any]:
    """An answer in a response, with what it counts."""
    counts = {"extension": [{"url": ORDINAL, "valueDecimal": option.value}]}
    coding = next(iter(_codings(option)), {"display": option.text})
    return {"valueCoding": counts | coding}


def questionnaire(definition: Definition) -> Resource:
    """One version of a form: its questions word for word, its answers, its owner's notice."""
    return {
        "resourceType": "Questionnaire",
        "id": stable("questionnaire", definition.key, definition.version),
        "language": definition.language,
        "url": _url(definition),
        "version": definition.version,
        "name": definition.key.replace("-", "_").capitalize(),
        "title": definition.title,
        "status": "active",
        "subjectType": ["Patient"],
        **filled(copyright=definition.notice, code=_codings(definition.panel)),
        "item": [
            {"linkId": "stem", "text": definition.stem, "type": "display"},
            *(_question(question, definition) for question in definition.questions),
            _total(definition),
        ],
    }


def _question(question: Question, definition: Definition) -> dict[str, Any]:
    return {
        "linkId": link(question),
        **filled(code=_codings(question)),
        "text": question.text,
        "type": "choice",
        "answerOption": [option_coding(option) for option in definition.options],
    }


def _total(definition: Definition) -> dict[str, Any]:
    return {
        "linkId": total_link(definition),
        **filled(code=_codings(definition.total)),
        "text": f"{definition.name} total",
        "type": "decimal",
        "readOnly": True,
    }

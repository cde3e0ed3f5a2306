"""Filled forms as US Core asks for a screening assessment (SR-16): the response, an Observation for each answer and for
the total, and a panel that holds them together. All of them name the response that they come from."""

import json
from collections.abc import Iterable
from typing import Any

from clinic.keys import Ring
from clinic.models.observation import Signal
from clinic.models.questionnaire import Mode, QuestionnaireResponse
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.definition import Definition, Option, Question
from recommendations.fhir.codes import SIGNAL, UCUM
from recommendations.fhir.outgoing import forms
from recommendations.fhir.outgoing.forms import concept, link, option_coding
from recommendations.fhir.outgoing.numbers import SURVEY, moment, number
from recommendations.fhir.outgoing.terms import (
    ANSWERED_IN,
    MODE,
    SOURCE,
    VALIDATED,
    Resource,
    filled,
    stable,
    to,
)


def resources(rows: Iterable[QuestionnaireResponse], ring: Ring, *, subject: str) -> list[Resource]:
    """Everything about these responses, and each version of a form that they answered. Raises CannotOpen."""
    asked: dict[str, Resource] = {}
    found: list[Resource] = []
    for row in rows:
        definition = of_row(row.instrument)
        asked.setdefault(row.instrument.digest, forms.questionnaire(definition))
        found += _of_response(row, definition, json.loads(row.unseal(ring, "answers")), subject=subject)
    return [*asked.values(), *found]


def _of_response(
    row: QuestionnaireResponse, definition: Definition, answers: dict[str, int | None], *, subject: str
) -> list[Resource]:
    given = [
        (question, option)
        for question in definition.questions
        if (option := definition.option(answers.get(question.code)))
    ]
    common = _common(row, subject=subject)
    members = [_answer(row, *each, common) for each in given]
    if row.total is not None:
        members.append(_total(row, definition, common))
    panel = {
        **_observation(stable("panel", row.pk), concept(definition.panel, definition.title), common),
        **filled(hasMember=[to(each["id"]) for each in members]),
    }
    return [_response(row, definition, given, subject=subject), *members, panel]


def _common(row: QuestionnaireResponse, *, subject: str) -> dict[str, Any]:
    """What every Observation of one response says about itself."""
    return {
        "subject": to(subject),
        "effectiveDateTime": moment(row.happened_at, zone=row.zone),
        **filled(performer=_by(row, subject)),
        "derivedFrom": [to(row.pk)],
    }


def _by(row: QuestionnaireResponse, subject: str) -> list[dict[str, str]]:
    return [to(subject)] if row.mode == Mode.SELF else []


def _observation(number_of: str, code: dict[str, Any], common: dict[str, Any]) -> Resource:
    return {
        "resourceType": "Observation",
        "id": number_of,
        "status": "final",
        "category": [SURVEY],
        "code": code,
        **common,
    }


def _answer(
    row: QuestionnaireResponse, question: Question, option: Option, common: dict[str, Any]
) -> Resource:
    made = _observation(stable("answer", row.pk, question.code), concept(question, question.text), common)
    return made | {"valueCodeableConcept": concept(option, option.text)}


def _total(row: QuestionnaireResponse, definition: Definition, common: dict[str, Any]) -> Resource:
    code = concept(definition.total, f"{definition.name} total")
    if definition.signal in Signal.values:
        code["coding"] = [*code.get("coding", []), {"system": SIGNAL, "code": definition.signal}]
    made = _observation(stable("total", row.pk), code, common)
    value = {"value": number(row.total or 0), "unit": "points", "system": UCUM, "code": "{score}"}
    return made | {"valueQuantity": value}


def _response(
    row: QuestionnaireResponse,
    definition: Definition,
    given: Iterable[tuple[Question, Option]],
    *,
    subject: str,
) -> Resource:
    items: list[dict[str, Any]] = [
        {"linkId": link(question), "text": question.text, "answer": [option_coding(option)]}
        for question, option in given
    ]
    if row.total is not None:
        items.append(
            {
                "linkId": forms.total_link(definition),
                "text": f"{definition.name} total",
                "answer": [{"valueDecimal": number(row.total)}],
            }
        )
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(row.pk),
        "meta": {"tag": [{"system": SOURCE, "code": row.source}]},
        "extension": [
            {"url": MODE, "valueCode": row.mode},
            {"url": ANSWERED_IN, "valueCode": row.language},
            {"url": VALIDATED, "valueBoolean": row.validated},
        ],
        "questionnaire": forms.canonical(definition),
        "status": "amended" if row.supersedes_id else "completed",
        "subject": to(subject),
        "authored": moment(row.happened_at, zone=row.zone),
        **(filled(author=to(subject), source=to(subject)) if row.mode == Mode.SELF else {}),
        **filled(item=items),
    }

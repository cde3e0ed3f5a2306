"""Questionnaires for tests: answers by their numbers, filled forms, and made-up instruments."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from clinic.actor import Actor
from clinic.models.assignment import Assignment
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument
from clinic.questionnaires import assign, catalogue
from clinic.questionnaires.definition import Band, Definition, Scoring
from clinic.questionnaires.record import NewResponse, Recorded, record_responses
from tests.cast import NOW

ITEM_9 = "44260-8"


def shipped(key: str) -> Definition:
    """The shipped version of an instrument."""
    return catalogue.shipped()[key][1]


def answers(key: str, values: Sequence[int | None]) -> dict[str, int | None]:
    """Answers in the order of the questions."""
    questions = shipped(key).questions
    return {question.code: value for question, value in zip(questions, values, strict=True)}


def adding_up_to(key: str, total: int, *, last: int = 0) -> dict[str, int | None]:
    """Answers with this total whose last one is `last`."""
    values, left = [], total - last
    for _question in shipped(key).questions[:-1]:
        values.append(min(3, left))
        left -= values[-1]
    assert left == 0
    return answers(key, [*values, last])


def wellbeing() -> Definition:
    """A made-up instrument like the WHO-5: five questions of 0 to 5, times four, higher is better, a case up to 50."""
    phq = shipped("phq9")
    questions = tuple(replace(phq.questions[i], code=f"q{i}", text=f"Question {i}") for i in range(5))
    options = tuple(replace(phq.options[0], code=f"a{i}", text=f"Answer {i}", value=i) for i in range(6))
    return replace(
        phq,
        key="wellbeing",
        questions=questions,
        options=options,
        scoring=Scoring(lowest=0, highest=100, factor=4, most_missing=0, never_missing=()),
        higher_is_better=True,
        bands=(Band(0, 50, "low"), Band(51, 100, "good")),
        caseness=50,
        reliable_change=10,
        safety=None,
    )


def filled(
    patient: Patient,
    key: str = "phq9",
    given: Mapping[str, int | None] | None = None,
    *,
    at: dt.datetime = NOW,
    submission: UUID | None = None,
    **more: Any,
) -> Recorded:
    """One form filled in by the patient through the real operation; a PHQ-9 of 4 points where nothing is said."""
    entry = NewResponse(
        submission=submission or uuid4(),
        patient=patient,
        instrument=catalogue.register()[key],
        answers=adding_up_to(key, 4) if given is None else given,
        happened_at=at,
        **more,
    )
    return record_responses(entries=[entry], by=Actor(patient.user, "patient"), at=at)[0]


def assigned(
    patient: Patient, by: Actor, key: str = "phq9", *, at: dt.datetime = NOW, **more: Any
) -> Assignment:
    """An instrument assigned by a psychologist, due from the day of `at` on."""
    wanted = assign.NewAssignment(key=key, **({"starts_on": at.date()} | more))
    return assign.assign(patient=patient, wanted=wanted, by=by, at=at)


def stored(body: dict[str, Any]) -> Instrument:
    """A version of an instrument that did not come with the product."""
    digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    return Instrument.objects.create(key=body["key"], version=body["version"], digest=digest, body=body)

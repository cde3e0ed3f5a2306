"""What the fictional patients were asked to fill in and what they answered, through the real operations."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from clinic import consent
from clinic.actor import Actor
from clinic.clock import local_date, zone_of
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.questionnaire import Instrument
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.models.user import Role
from clinic.questionnaires import assign, catalogue
from clinic.questionnaires.definition import Definition
from clinic.questionnaires.record import NewResponse, record_responses
from clinic.safety import alerts, closing
from recommendations.demo.people import Person


@dataclass(frozen=True, slots=True)
class Series:
    """One instrument over time: totals, oldest first, every `weeks` weeks, the last one `ago` days ago.

    `item_9` names the forms, counted from the first, in which the safety question was answered with 1.
    """

    key: str
    totals: tuple[int, ...]
    weeks: int
    ago: int
    item_9: tuple[int, ...] = ()


SERIES: dict[str, tuple[Series, ...]] = {
    # Due today: the last form was filled in two weeks ago.
    "slow_fall_with_gap": (Series("phq9", (6, 7, 6, 9, 12, 13), weeks=2, ago=14),),
    "recovery": (
        Series("phq9", (18, 17, 18, 14, 11, 7), weeks=3, ago=5),
        Series("gad7", (14, 13, 14, 10, 9, 6), weeks=3, ago=5),
    ),
    "slow_fall": (Series("phq9", (5, 6, 5, 8, 14), weeks=4, ago=3),),
    "sudden_fall": (Series("gad7", (6, 5, 7, 13), weeks=4, ago=18),),
    "rejected": (Series("phq9", (12, 15, 11, 10), weeks=3, ago=10, item_9=(1,)),),
    "swings": (Series("gad7", (9, 11, 8, 10), weeks=4, ago=8),),
}
"""By story. One rises, one falls, one reported item 9 once and was rung that day."""

AGREED = {"slow_fall_with_gap": (Purpose.KEEP, Purpose.SHARE)}
"""What was agreed to, where it is not everything: her forms are read by no AI, so that one draft waits for her."""

UNTIL = dt.timedelta(days=84)


def answered(by: Actor, person: Person, patient: Patient, *, now: dt.datetime) -> None:
    """Consent, assignment and every form of this person's story, each at its own moment."""
    every = SERIES.get(person.story, ())
    if not every:
        return
    rows = catalogue.register()
    first = min(_days(series, person, now=now)[0] for series in every)
    _agree(person, patient, at=first - dt.timedelta(days=1))
    for series in every:
        days = _days(series, person, now=now)
        _assign(by, person, patient, series, first=days[0], now=now)
        for number, moment in enumerate(days):
            _fill(by, person, patient, rows[series.key], series, number, at=moment)


def _days(series: Series, person: Person, *, now: dt.datetime) -> list[dt.datetime]:
    """When each form was filled in: in the evening of the person's own zone, on the day on which it fell due."""
    zone = zone_of(person.zone)
    last = local_date(at=now, zone=person.zone) - dt.timedelta(days=series.ago)
    backs = range(len(series.totals) - 1, -1, -1)
    days = [last - dt.timedelta(weeks=series.weeks * back) for back in backs]
    return [dt.datetime.combine(day, dt.time(19, 20), zone) for day in days]


def _agree(person: Person, patient: Patient, *, at: dt.datetime) -> None:
    actor = Actor(patient.user, Role.PATIENT)
    for purpose in AGREED.get(person.story, tuple(Purpose)):
        consent.give(patient=patient, source=Source.QUESTIONNAIRE, purpose=purpose, by=actor, at=at)


def _assign(
    by: Actor, person: Person, patient: Patient, series: Series, *, first: dt.datetime, now: dt.datetime
) -> None:
    wanted = assign.NewAssignment(
        key=series.key,
        starts_on=first.date(),
        every_weeks=series.weeks,
        until=local_date(at=now, zone=person.zone) + UNTIL,
    )
    assign.assign(patient=patient, wanted=wanted, by=by, at=first - dt.timedelta(hours=9))


def _fill(
    by: Actor,
    person: Person,
    patient: Patient,
    instrument: Instrument,
    series: Series,
    number: int,
    *,
    at: dt.datetime,
) -> None:
    definition = catalogue.of_row(instrument)
    reported = number in series.item_9
    name = f"{person.record_number} {series.key} {number}"
    entry = NewResponse(
        submission=uuid5(NAMESPACE_OID, name),
        patient=patient,
        instrument=instrument,
        answers=_answers(definition, series.totals[number], reported=reported, seed=name),
        happened_at=at,
    )
    made = record_responses(entries=[entry], by=Actor(patient.user, Role.PATIENT), at=at)
    for each in made:
        if each.notice.alert:
            _handle(by, each.notice.alert, at=at)


def _answers(definition: Definition, total: int, *, reported: bool, seed: str) -> dict[str, int | None]:
    """Answers that add up to the total; the safety question stands apart from the others."""
    chance = random.Random(seed)  # noqa: S311  synthetic data
    safety = definition.safety.question if definition.safety else ""
    answers: dict[str, int | None] = {each.code: 0 for each in definition.questions}
    if reported:
        answers[safety] = 1
    others = [code for code in answers if code != safety]
    for _point in range(total - reported):
        answers[_lower_one(others, answers, chance)] += 1  # type: ignore[operator]
    return answers


def _lower_one(codes: Sequence[str], answers: dict[str, int | None], chance: random.Random) -> str:
    return chance.choice([code for code in codes if (answers[code] or 0) < 3])


def _handle(by: Actor, alert: SafetyAlert, *, at: dt.datetime) -> None:
    """The alert of the story was taken within minutes and ended the same evening."""
    alerts.take(alert=alert, by=by, at=at + dt.timedelta(minutes=12))
    note = "Rang the same evening. Passive thoughts, no plan; safety plan gone through together. Seen two days later."
    closing.close(
        alert=alert,
        outcome=AlertOutcome.SPOKE,
        note=note,
        level=RiskLevel.LOW,
        by=by,
        at=at + dt.timedelta(minutes=50),
    )

"""A person judges the danger, software never does; nothing goes down by itself; what is due is computed."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from clinic import access
from clinic.actor import SOFTWARE, log
from clinic.appointments import AppointmentRefused
from clinic.clock import now
from clinic.models.clinic import Clinic
from clinic.models.risk import RiskAssessment, RiskLevel, SafetyTask, StepDown, Todo, Trigger
from clinic.reauth import NotConfirmed
from clinic.safety import cadence, notes, overdue, risk, triggers
from clinic.safety.missed import missed
from tests.answering import NOTE
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import agreed, check_in, proof

DAY = dt.timedelta(days=1)
LEVELS = (RiskLevel.HIGH, RiskLevel.MODERATE, RiskLevel.LOW)


def judged(level: RiskLevel) -> RiskAssessment:
    """A judgement that no database holds."""
    return RiskAssessment(level=level, happened_at=NOW, recorded_at=NOW)


def assessed(cast: Cast, level: RiskLevel, *, at: dt.datetime = NOW) -> RiskAssessment:
    """A judgement by the treating psychologist, with reason and password where it is a lower one."""
    return risk.assess(
        patient=cast.patient,
        level=level,
        note=NOTE,
        reason=StepDown.ASSESSED,
        proof=proof(cast.treating, at=at),
        by=cast.treating,
        at=at,
    )


def to_do(cast: Cast) -> list[tuple[str, str]]:
    return list(triggers.to_do().filter(patient=cast.patient).values_list("trigger", "todo"))


@ROLLED_BACK
@pytest.mark.parametrize(
    ("level", "days"), [(RiskLevel.HIGH, 7), (RiskLevel.MODERATE, 14), (RiskLevel.LOW, 30)]
)
def test_it_is_due_after_7_14_and_30_days_and_overdue_the_day_after(
    cast: Cast, level: RiskLevel, days: int
) -> None:
    assessed(cast, level)
    assert cadence.all_due(cast.clinic, at=NOW + (days - 1) * DAY) == []
    (due,) = cadence.all_due(cast.clinic, at=NOW + days * DAY)
    today = (NOW + days * DAY).date()
    assert (due.on, due.is_overdue(today), due.is_overdue(today + DAY)) == (today, False, True)


@ROLLED_BACK
def test_a_judgement_by_a_clock_that_runs_ahead_silences_none_that_is_made_after_it(cast: Cast) -> None:
    ahead = now() + DAY
    assessed(cast, RiskLevel.LOW, at=ahead)
    later = assessed(cast, RiskLevel.HIGH, at=now())
    assert cadence.standing(cast.patient.pk) == later
    assert cadence.level_of(cast.patient.pk) is RiskLevel.HIGH


@ROLLED_BACK
def test_planted_fault_by_their_own_times_the_older_one_would_stand(cast: Cast) -> None:
    assessed(cast, RiskLevel.LOW, at=now() + DAY)
    later = assessed(cast, RiskLevel.HIGH, at=now())
    assert RiskAssessment.objects.order_by("-happened_at").first() != later


def test_no_column_holds_when_it_is_due() -> None:
    names = {field.name for field in RiskAssessment._meta.fields}
    assert not {name for name in names if "due" in name or "until" in name}


@given(st.sampled_from(LEVELS), st.integers(1, 7), st.integers(1, 14), st.integers(1, 30))
def test_whatever_the_clinic_sets_a_graver_level_is_never_due_later(
    level: RiskLevel, high: int, moderate: int, low: int
) -> None:
    moderate, low = max(high, moderate), max(high, moderate, low)
    clinic = Clinic(
        zone="Europe/London",
        reassess_high_days=high,
        reassess_moderate_days=moderate,
        reassess_low_days=low,
    )
    found = [cadence.due(judged(each), clinic) for each in LEVELS]
    days = [each.on for each in found if each]
    assert days == sorted(days)
    assert cadence.due(judged(RiskLevel.ENDED), clinic) is None


@ROLLED_BACK
@pytest.mark.parametrize(
    "days",
    [
        {"reassess_high_days": 8},
        {"reassess_low_days": 31},
        {"reassess_high_days": 0},
        {"reassess_moderate_days": 5},
    ],
)
def test_no_clinic_makes_people_wait_longer_for_it(cast: Cast, days: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.update(**days)


@ROLLED_BACK
@pytest.mark.parametrize("lower", [RiskLevel.MODERATE, RiskLevel.LOW, RiskLevel.ENDED])
def test_a_lower_level_needs_a_reason_and_a_password_and_nothing_is_stored_without_both(
    cast: Cast, lower: RiskLevel
) -> None:
    assessed(cast, RiskLevel.HIGH)
    at, proved = NOW + DAY, proof(cast.treating, at=NOW + DAY)
    with pytest.raises(risk.StepDownRefused):
        risk.assess(patient=cast.patient, level=lower, note=NOTE, proof=proved, by=cast.treating, at=at)
    with pytest.raises(NotConfirmed):
        risk.assess(
            patient=cast.patient, level=lower, note=NOTE, reason=StepDown.ASSESSED, by=cast.treating, at=at
        )
    assert cadence.level_of(cast.patient.pk) is RiskLevel.HIGH
    assessed(cast, lower, at=at)
    assert cadence.level_of(cast.patient.pk) is lower


@ROLLED_BACK
def test_the_database_holds_no_lower_level_without_a_reason(cast: Cast) -> None:
    assert cast.treating.user is not None
    row = RiskAssessment(
        patient=cast.patient,
        before=RiskLevel.HIGH,
        level=RiskLevel.LOW,
        assessed_by=cast.treating.user,
        happened_at=NOW,
    )
    facts = {"level": 1, "before": 3}
    log("risk_assessed", by=cast.treating, at=NOW, patient=cast.patient, subject=row, facts=facts)
    with pytest.raises(IntegrityError, match="a_lower_risk_level_has_a_reason"):
        row.save()


@ROLLED_BACK
def test_time_alone_lowers_nothing(cast: Cast) -> None:
    assessed(cast, RiskLevel.HIGH)
    overdue.sweep(at=NOW + 400 * DAY)
    assert cadence.level_of(cast.patient.pk) is RiskLevel.HIGH


@ROLLED_BACK
def test_neither_software_nor_a_stranger_judges_and_a_note_that_says_nothing_is_none(cast: Cast) -> None:
    with pytest.raises(AssertionError):
        risk.assess(patient=cast.patient, level=RiskLevel.LOW, note=NOTE, by=SOFTWARE, at=NOW)
    with pytest.raises(access.NotAllowed):
        risk.assess(patient=cast.patient, level=RiskLevel.LOW, note=NOTE, by=cast.other_psychologist, at=NOW)
    with pytest.raises(notes.NoteTooShort):
        risk.assess(patient=cast.patient, level=RiskLevel.LOW, note="x", by=cast.treating, at=NOW)


@ROLLED_BACK
def test_a_missed_reassessment_raises_one_task_however_often_it_is_looked_for_and_judging_ends_it(
    cast: Cast,
) -> None:
    assessed(cast, RiskLevel.MODERATE)
    assert overdue.sweep(at=NOW + 14 * DAY) == 0
    assert [overdue.sweep(at=NOW + 15 * DAY) for _ in range(3)] == [1, 0, 0]
    assert to_do(cast) == [(Trigger.MISSED_REASSESSMENT, Todo.REASSESS)]
    assessed(cast, RiskLevel.MODERATE, at=NOW + 16 * DAY)
    assert to_do(cast) == []
    done = SafetyTask.objects.get()
    assert (done.done_by, done.done_at) == (cast.treating.user, NOW + 16 * DAY)


@ROLLED_BACK
def test_a_new_alert_of_somebody_with_a_level_is_a_worsening_and_of_others_it_is_none(cast: Cast) -> None:
    check_in(cast.patient, note="I want to kill myself")
    assert to_do(cast) == []
    assessed(cast, RiskLevel.LOW)
    for _ in range(2):
        check_in(cast.patient, note="I want to kill myself")
    assert to_do(cast) == [(Trigger.WORSENING, Todo.REASSESS)]


@ROLLED_BACK
def test_a_high_level_and_a_person_raise_tasks_and_the_words_are_sealed(cast: Cast) -> None:
    assessed(cast, RiskLevel.HIGH)
    task = triggers.by_hand(patient=cast.patient, note="Her sister rang us.", by=cast.treating, at=NOW)
    assert set(to_do(cast)) == {(Trigger.HIGH_RISK_STATUS, Todo.PLAN), (Trigger.MANUAL, Todo.LOOK)}
    assert b"sister" not in bytes(task.note or b"")
    assert triggers.done(task=task, by=cast.treating, at=NOW + DAY)
    assert not triggers.done(task=task, by=cast.other_psychologist, at=NOW + 2 * DAY)


@ROLLED_BACK
@pytest.mark.parametrize("trigger", sorted(triggers.RAISES))
def test_every_trigger_that_can_happen_raises_its_tasks_with_their_times(
    cast: Cast, trigger: Trigger
) -> None:
    made = triggers.raise_tasks(trigger, patient=cast.patient, by=SOFTWARE, at=NOW)
    assert [(task.todo, task.due_at - NOW) for task in made] == list(triggers.RAISES[trigger])
    assert made


def test_each_of_the_eleven_triggers_asks_for_something() -> None:
    assert len(Trigger) == 11
    assert set(triggers.RAISES) == set(Trigger)


@ROLLED_BACK
def test_somebody_with_a_high_risk_who_does_not_come_raises_three_tasks_with_their_times(cast: Cast) -> None:
    visit = agreed(cast.patient, cast.treating, day=NOW.date())
    with pytest.raises(AppointmentRefused):
        missed(appointment=visit, by=cast.treating, at=NOW)
    assessed(cast, RiskLevel.HIGH)
    at = NOW + DAY
    made = missed(appointment=visit, by=cast.treating, at=at)
    assert [(task.todo, task.due_at - at) for task in made] == [
        (Todo.CALL, dt.timedelta(0)),
        (Todo.CONTACTS, dt.timedelta(hours=1)),
        (Todo.CONSULT, dt.timedelta(hours=4)),
    ]
    with pytest.raises(AppointmentRefused):
        missed(appointment=visit, by=cast.treating, at=at)


@ROLLED_BACK
def test_a_smaller_risk_raises_none_when_an_appointment_is_missed(cast: Cast) -> None:
    assessed(cast, RiskLevel.MODERATE)
    visit = agreed(cast.patient, cast.treating, day=NOW.date())
    assert missed(appointment=visit, by=cast.treating, at=NOW + DAY) == []


@ROLLED_BACK
def test_a_form_sent_twice_judges_once(cast: Cast) -> None:
    form = uuid4()
    for _ in range(2):
        risk.assess(
            patient=cast.patient, level=RiskLevel.LOW, note=NOTE, submission=form, by=cast.treating, at=NOW
        )
    assert RiskAssessment.objects.count() == 1

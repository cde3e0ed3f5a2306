"""What was not done in time raises its task once, and nothing where somebody did it or nothing is left to do."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from clinic.models.patient import DischargeReason, TurnTo
from clinic.models.risk import RiskLevel, SafetyTask, Todo, Trigger
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import paging
from clinic.oncall.minutes import Minutes
from clinic.safety import alerts, answering, closing, overdue, risk, triggers
from recommendations import handover
from recommendations.handover import Ending
from tests.answering import NOTE, closed
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.paging import EMERGENCY, URGENT, raised, staffed

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
WINDOW = Minutes().emergency_contact * MINUTE
FOLLOW_UP, OUTREACH, OVERDUE = (
    Trigger.MISSED_FOLLOW_UP,
    Trigger.MISSED_OUTREACH_WINDOW,
    Trigger.SAFETY_ACTION_OVERDUE,
)


@pytest.fixture
def alert(cast: Cast) -> SafetyAlert:
    """An emergency that the treating psychologist has taken."""
    return alerts.take(alert=raised(cast), by=cast.treating, at=NOW)


def tried(alert: SafetyAlert, cast: Cast, *, at: dt.datetime = NOW) -> None:
    """Nobody answered; it is tried again in an hour."""
    answering.not_reached(
        alert=alert, submission=uuid4(), retry_at=at + HOUR, note="", by=cast.treating, at=at
    )


def spoke(alert: SafetyAlert, cast: Cast, *, at: dt.datetime) -> None:
    answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.treating, at=at)


def asked(cast: Cast) -> SafetyTask:
    """A task that is due after a day."""
    return triggers.by_hand(patient=cast.patient, note="Her sister rang us.", by=cast.treating, at=NOW)


def tasks(trigger: Trigger) -> list[SafetyTask]:
    return list(SafetyTask.objects.filter(trigger=trigger).order_by("happened_at"))


@ROLLED_BACK
def test_a_promised_attempt_that_nobody_made_asks_once_to_ring(cast: Cast, alert: SafetyAlert) -> None:
    tried(alert, cast)
    overdue.sweep(at=NOW + HOUR + 29 * MINUTE)
    assert tasks(FOLLOW_UP) == []
    for minutes in (30, 31, 600):
        overdue.sweep(at=NOW + HOUR + minutes * MINUTE)
    (task,) = tasks(FOLLOW_UP)
    assert (task.todo, task.alert, task.due_at) == (Todo.CALL, alert, NOW + HOUR + 30 * MINUTE)


@ROLLED_BACK
def test_trying_again_ends_it_and_the_next_promise_is_followed_by_itself(
    cast: Cast, alert: SafetyAlert
) -> None:
    tried(alert, cast)
    overdue.sweep(at=NOW + 2 * HOUR)
    tried(alert, cast, at=NOW + 2 * HOUR)
    (task,) = tasks(FOLLOW_UP)
    assert (task.done_by, task.done_at) == (cast.treating.user, NOW + 2 * HOUR)
    overdue.sweep(at=NOW + 5 * HOUR)
    assert [task.done_at is None for task in tasks(FOLLOW_UP)] == [False, True]


@ROLLED_BACK
def test_an_attempt_that_was_made_in_time_raises_nothing(cast: Cast, alert: SafetyAlert) -> None:
    tried(alert, cast)
    spoke(alert, cast, at=NOW + HOUR)
    overdue.sweep(at=NOW + 9 * HOUR)
    assert tasks(FOLLOW_UP) == []


@ROLLED_BACK
@pytest.mark.parametrize("trigger", [FOLLOW_UP, OUTREACH])
def test_a_closed_alert_raises_nothing(cast: Cast, alert: SafetyAlert, trigger: Trigger) -> None:
    tried(alert, cast)
    closed(alert, cast.treating, at=NOW + 5 * MINUTE)
    assert overdue.sweep(at=NOW + 9 * HOUR) == 0
    assert tasks(trigger) == []


@ROLLED_BACK
@pytest.mark.parametrize("words", [EMERGENCY, URGENT])
def test_an_owned_alert_without_a_contact_asks_once_to_ring_when_its_owner_is_reminded(
    cast: Cast, words: str
) -> None:
    staffed(cast)
    alert = alerts.take(alert=raised(cast, words), by=cast.treating, at=NOW)
    window = WINDOW if words == EMERGENCY else Minutes().urgent_contact * MINUTE
    before = NOW + window - dt.timedelta(seconds=1)
    assert (paging.escalate(at=before), overdue.sweep(at=before)) == (0, 0)
    assert (paging.escalate(at=NOW + window), overdue.sweep(at=NOW + window)) == (1, 1)
    assert overdue.sweep(at=NOW + window + HOUR) == 0
    (task,) = tasks(OUTREACH)
    assert (task.todo, task.alert, task.raised_by) == (Todo.CALL, alert, None)


@ROLLED_BACK
def test_it_is_raised_where_nobody_can_be_paged_and_only_an_answer_ends_it(
    cast: Cast, alert: SafetyAlert
) -> None:
    assert overdue.sweep(at=NOW + WINDOW) == 1
    tried(alert, cast, at=NOW + WINDOW + MINUTE)
    assert [task.done_at for task in tasks(OUTREACH)] == [None]
    spoke(alert, cast, at=NOW + HOUR)
    assert [task.done_at for task in tasks(OUTREACH)] == [NOW + HOUR]
    assert overdue.sweep(at=NOW + 20 * HOUR) == 0


@ROLLED_BACK
def test_an_alert_that_nobody_owns_or_that_was_answered_raises_none(cast: Cast) -> None:
    alert = raised(cast)
    assert overdue.sweep(at=NOW + DAY) == 0
    alerts.take(alert=alert, by=cast.treating, at=NOW + DAY)
    spoke(alert, cast, at=NOW + DAY + MINUTE)
    assert overdue.sweep(at=NOW + 2 * DAY) == 0


@ROLLED_BACK
def test_a_concern_has_no_window(cast: Cast) -> None:
    alert = raised(cast, "I can't cope anymore")
    assert alert.level == AlertLevel.CONCERN
    alerts.take(alert=alert, by=cast.treating, at=NOW)
    assert overdue.sweep(at=NOW + DAY) == 0


@ROLLED_BACK
def test_opened_again_an_alert_raises_no_second_task(cast: Cast, alert: SafetyAlert) -> None:
    overdue.sweep(at=NOW + WINDOW)
    closed(alert, cast.treating, at=NOW + HOUR)
    closing.reopen(alert=alert, note="She wrote again that night.", by=cast.treating, at=NOW + 2 * HOUR)
    overdue.sweep(at=NOW + 9 * HOUR)
    assert len(tasks(OUTREACH)) == 1


@ROLLED_BACK
def test_a_task_that_nobody_did_within_a_day_calls_for_a_colleague_once(cast: Cast) -> None:
    due_at = asked(cast).due_at
    assert overdue.sweep(at=due_at + DAY - MINUTE) == 0
    assert [overdue.sweep(at=due_at + DAY) for _ in range(2)] == [1, 0]
    (task,) = tasks(OVERDUE)
    assert (task.todo, task.due_at) == (Todo.CONSULT, due_at + DAY)
    assert triggers.done(task=task, by=cast.treating, at=due_at + DAY + MINUTE)
    assert overdue.sweep(at=due_at + 9 * DAY) == 0


@ROLLED_BACK
def test_what_this_trigger_raised_itself_never_becomes_overdue(cast: Cast) -> None:
    asked(cast)
    assert [overdue.sweep(at=NOW + days * DAY) for days in (2, 4, 8, 400)] == [1, 0, 0, 0]
    assert triggers.to_do().count() == 2


@ROLLED_BACK
def test_a_task_that_is_done_raises_nothing(cast: Cast) -> None:
    triggers.done(task=asked(cast), by=cast.treating, at=NOW + 3 * DAY)
    assert overdue.sweep(at=NOW + 9 * DAY) == 0


@ROLLED_BACK
def test_one_stands_for_all_that_is_late_meanwhile_and_what_is_late_afterwards_calls_again(
    cast: Cast,
) -> None:
    for _ in range(2):
        asked(cast)
    assert overdue.sweep(at=NOW + 2 * DAY) == 1
    (first,) = tasks(OVERDUE)
    later = triggers.by_hand(patient=cast.patient, note=NOTE, by=cast.treating, at=NOW + DAY)
    triggers.done(task=first, by=cast.treating, at=later.due_at + HOUR)
    assert overdue.sweep(at=later.due_at + DAY) == 1
    assert overdue.sweep(at=later.due_at + 9 * DAY) == 0


@ROLLED_BACK
def test_nobody_whose_care_has_ended_has_a_late_task(cast: Cast) -> None:
    asked(cast)
    ending = Ending(DischargeReason.COMPLETED, TurnTo.FAMILY_DOCTOR, stop_plans=False)
    handover.discharge(patient=cast.patient, ending=ending, by=cast.treating, at=NOW + DAY)
    assert overdue.sweep(at=NOW + 9 * DAY) == 0


@ROLLED_BACK
def test_whoever_does_not_look_what_was_raised_is_refused_by_the_database(
    cast: Cast, alert: SafetyAlert, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: without the look, the second sweep raises the same again and each counts."""
    tried(alert, cast)
    assert overdue.sweep(at=NOW + 2 * HOUR) == 2
    monkeypatch.setattr(overdue, "_not_raised", list)
    with pytest.raises(IntegrityError), transaction.atomic():
        overdue.sweep(at=NOW + 2 * HOUR)


@ROLLED_BACK
def test_without_its_time_a_promise_is_missed_in_the_moment_it_is_due(
    cast: Cast, alert: SafetyAlert, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault that the first test of this file would find."""
    monkeypatch.setattr(overdue, "TALKING", dt.timedelta(0))
    tried(alert, cast)
    overdue.sweep(at=NOW + HOUR)
    assert len(tasks(FOLLOW_UP)) == 1


@COMMITTED
def test_however_many_look_at_once_each_is_raised_once(cast: Cast) -> None:
    risk.assess(patient=cast.patient, level=RiskLevel.MODERATE, note=NOTE, by=cast.treating, at=NOW)
    asked(cast)
    tried(alerts.take(alert=raised(cast), by=cast.treating, at=NOW), cast)
    made = at_once(*[lambda: overdue.sweep(at=NOW + 20 * DAY)] * 5)
    assert errors(made) == []
    triggers_raised = sorted(SafetyTask.objects.filter(raised_by=None).values_list("trigger", flat=True))
    wanted = [FOLLOW_UP, OUTREACH, Trigger.MISSED_REASSESSMENT, OVERDUE, Trigger.WORSENING]
    assert triggers_raised == sorted(wanted)

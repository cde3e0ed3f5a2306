"""Answering an alert: what counts as an answer, attempts that fail, handing over, closing, opening again."""

import datetime as dt
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from audit.models import AuditEntry
from clinic import access
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.page import Page, Step
from clinic.models.risk import RiskLevel, SafetyTask, Todo, Trigger
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.models.user import Role
from clinic.oncall.answered import is_answered
from clinic.safety import alerts, answering, cadence, closing, notes
from clinic.safety.alerts import AlertRefused
from tests.answering import NOTE, closed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK, owner_cursor
from tests.factories import check_in
from tests.paging import led

pytestmark = ROLLED_BACK

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def alert(cast: Cast) -> SafetyAlert:
    """An alert of somebody else's patient that the treating psychologist has taken."""
    found = check_in(cast.patient, 2, "I want to kill myself tonight").notice.alert
    assert found is not None
    return alerts.take(alert=found, by=cast.treating, at=NOW)


def tried(
    alert: SafetyAlert, cast: Cast, *, at: dt.datetime, retry: dt.timedelta | None = MINUTE * 15
) -> AlertAct:
    retry_at = at + retry if retry else None
    return answering.not_reached(
        alert=alert, submission=uuid4(), retry_at=retry_at, note=NOTE, by=cast.treating, at=at
    )


def spoke(alert: SafetyAlert, cast: Cast, *, at: dt.datetime = NOW) -> AlertAct:
    return answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.treating, at=at)


def raised(cast: Cast) -> list[tuple[str, str]]:
    return list(SafetyTask.objects.filter(patient=cast.patient).values_list("trigger", "todo"))


def test_taking_and_failing_are_no_answer_and_speaking_is(cast: Cast, alert: SafetyAlert) -> None:
    assert not is_answered(alert)
    tried(alert, cast, at=NOW)
    assert not is_answered(alert)
    spoke(alert, cast, at=NOW + MINUTE)
    assert is_answered(alert)


def test_the_crisis_team_is_an_answer_and_a_colleague_who_has_not_acted_is_none(
    cast: Cast, alert: SafetyAlert
) -> None:
    colleague = cast.other_psychologist
    assert colleague.user is not None
    answering.to_colleague(
        alert=alert, submission=uuid4(), receiver=colleague.user, note=NOTE, by=cast.treating, at=NOW
    )
    assert not is_answered(alert)
    alert.refresh_from_db()
    assert alert.taken_by == colleague.user
    assert access.ANSWER in access.rights(colleague.user, cast.patient, at=NOW)
    answering.to_crisis_team(alert=alert, submission=uuid4(), note=NOTE, by=colleague, at=NOW + MINUTE)
    assert is_answered(alert)


def test_it_is_handed_to_nobody_who_is_no_psychologist_here(cast: Cast, alert: SafetyAlert) -> None:
    assert cast.administrator.user is not None
    with pytest.raises(AlertRefused):
        answering.to_colleague(
            alert=alert,
            submission=uuid4(),
            receiver=cast.administrator.user,
            note=NOTE,
            by=cast.treating,
            at=NOW,
        )
    alert.refresh_from_db()
    assert alert.taken_by == cast.treating.user


def test_only_the_owner_records_anything_and_a_form_sent_twice_makes_one_row(
    cast: Cast, alert: SafetyAlert
) -> None:
    form = uuid4()
    for _ in range(2):
        answering.spoke(alert=alert, submission=form, note=NOTE, by=cast.treating, at=NOW)
    assert AlertAct.objects.count() == 1
    with pytest.raises(AlertRefused):
        answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.other_psychologist, at=NOW)


def test_a_retry_is_due_at_its_time_and_a_later_act_ends_the_wait(cast: Cast, alert: SafetyAlert) -> None:
    act = tried(alert, cast, at=NOW)
    assert list(answering.retries(at=NOW + 14 * MINUTE)) == []
    assert list(answering.retries(at=NOW + 15 * MINUTE)) == [act]
    spoke(alert, cast, at=NOW + 16 * MINUTE)
    assert list(answering.retries(at=NOW + HOUR)) == []


@pytest.mark.parametrize("retry", [-MINUTE, dt.timedelta(0), 12 * HOUR + MINUTE])
def test_it_is_tried_again_later_and_within_twelve_hours(
    cast: Cast, alert: SafetyAlert, retry: dt.timedelta
) -> None:
    with pytest.raises(ValueError, match="twelve hours"):
        answering.not_reached(
            alert=alert, submission=uuid4(), retry_at=NOW + retry, note="", by=cast.treating, at=NOW
        )


def test_the_third_attempt_in_a_row_that_fails_goes_to_the_duty_lead(cast: Cast, alert: SafetyAlert) -> None:
    led(cast)
    for number in range(2):
        tried(alert, cast, at=NOW + number * MINUTE)
    assert raised(cast) == []
    tried(alert, cast, at=NOW + 3 * MINUTE)
    assert raised(cast) == [(Trigger.FAILED_CONTACT_SEQUENCE, Todo.CONSULT)]
    paged = Page.objects.filter(alert=alert, step=Step.FAILED_CONTACT).exclude(recipient=None)
    assert list(paged.values_list("recipient__sign_in_name", "position")) == [("lead", "duty_lead")]


def test_attempts_with_a_conversation_between_them_are_not_in_a_row(cast: Cast, alert: SafetyAlert) -> None:
    for number in range(2):
        tried(alert, cast, at=NOW + number * MINUTE)
    spoke(alert, cast, at=NOW + 3 * MINUTE)
    tried(alert, cast, at=NOW + 4 * MINUTE)
    assert raised(cast) == []
    assert answering.failed_in_a_row(alert) == 1


def test_the_welfare_route_raises_a_task_and_needs_whom_was_asked(cast: Cast, alert: SafetyAlert) -> None:
    tried(alert, cast, at=NOW, retry=None)
    assert raised(cast) == [(Trigger.UNABLE_TO_REACH, Todo.LOOK_IN)]
    with pytest.raises(notes.NoteTooShort):
        answering.not_reached(
            alert=alert, submission=uuid4(), retry_at=None, note="x", by=cast.treating, at=NOW + MINUTE
        )


def test_after_speaking_it_closes_only_with_a_level_that_a_person_sets(
    cast: Cast, alert: SafetyAlert
) -> None:
    spoke(alert, cast)
    with pytest.raises(closing.LevelMissing):
        closed(alert, cast.treating, AlertOutcome.RESOLVED, at=NOW + MINUTE)
    with pytest.raises(closing.LevelMissing):
        closed(alert, cast.treating, level=None, at=NOW + MINUTE)
    closed(alert, cast.treating, level=RiskLevel.HIGH, at=NOW + MINUTE)
    standing = cadence.standing(cast.patient.pk)
    assert standing is not None
    assert (standing.level, standing.alert, standing.assessed_by) == (
        RiskLevel.HIGH,
        alert,
        cast.treating.user,
    )


def test_no_danger_closes_without_a_level_and_a_note_that_says_nothing_closes_nothing(
    cast: Cast, alert: SafetyAlert
) -> None:
    with pytest.raises(notes.NoteTooShort):
        closed(alert, cast.treating, AlertOutcome.NO_DANGER, note="x")
    closed(alert, cast.treating, AlertOutcome.NO_DANGER)
    assert cadence.standing(cast.patient.pk) is None
    assert is_answered(alert)


def test_it_can_be_opened_again_for_72_hours_keeps_how_it_ended_and_is_unanswered(
    cast: Cast, alert: SafetyAlert
) -> None:
    closed(alert, cast.treating)
    again = closing.reopen(
        alert=alert, note="She wrote again that night.", by=cast.other_psychologist, at=NOW + 72 * HOUR
    )
    assert (again.closed_at, again.taken_by) == (None, cast.other_psychologist.user)
    assert not is_answered(again)
    kinds = [act.kind for act in answering.acts_of(alert)]
    assert kinds == [ActKind.REOPENED, ActKind.CLOSED]
    closed(again, cast.other_psychologist, at=NOW + 73 * HOUR)
    with pytest.raises(AlertRefused):
        closing.reopen(alert=alert, note="Too late for this one.", by=cast.treating, at=NOW + 146 * HOUR)


def test_an_open_alert_is_deleted_by_nobody(cast: Cast, alert: SafetyAlert) -> None:
    with owner_cursor() as cursor, pytest.raises(psycopg.IntegrityError, match="keeps its rows"):
        cursor.execute("DELETE FROM clinic_safetyalert")
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM clinic_safetyalert")


def test_every_act_stands_in_the_log_without_a_word(cast: Cast, alert: SafetyAlert) -> None:
    tried(alert, cast, at=NOW)
    entry = AuditEntry.objects.get(action="safety_alert_acted")
    assert (entry.reason, entry.record_number) == (ActKind.NOT_REACHED, cast.patient.record_number)
    assert "Rang" not in str(entry.__dict__)


def test_an_owner_who_lost_the_role_is_followed_and_what_they_did_stays(
    cast: Cast, alert: SafetyAlert
) -> None:
    tried(alert, cast, at=NOW)
    assert cast.treating.user is not None
    access.end_role(user=cast.treating.user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=NOW)
    taken = alerts.take(alert=alert, by=cast.other_psychologist, at=NOW + MINUTE)
    assert taken.taken_by == cast.other_psychologist.user
    assert answering.acts_of(alert).count() == 1

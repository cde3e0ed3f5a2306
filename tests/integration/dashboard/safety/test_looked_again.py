"""A task stands once and ends with what it asks for, looking again does not end over an open alert, and whoever opens
a closed alert from outside is looked at."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import clock
from clinic.models.oncall import Position
from clinic.models.risk import RiskLevel, SafetyTask, StepDown, Todo, Trigger
from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.reauth import Proof
from clinic.safety import answering, cadence, risk, triggers
from clinic.safety.risk import AlertOpen
from tests.answering import NOTE, closed
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import page_of, raised, taken, text_of
from tests.paging import on_call

pytestmark = ROLLED_BACK

MINUTE = dt.timedelta(minutes=1)
WHY = "She told me so at the door today."


def judged(cast: Cast, level: RiskLevel, minutes: int) -> None:
    at = NOW + minutes * MINUTE
    assert cast.treating.user is not None
    proof, reason = Proof(user=cast.treating.user, at=at), StepDown.ASSESSED
    risk.assess(
        patient=cast.patient, level=level, note=NOTE, reason=reason, proof=proof, by=cast.treating, at=at
    )


def tasks(cast: Cast, **more: object) -> int:
    return triggers.to_do().filter(patient=cast.patient, **more).count()


def test_a_high_level_that_is_set_again_asks_once_for_the_plan(cast: Cast) -> None:
    for minutes, level in enumerate((RiskLevel.HIGH, RiskLevel.LOW, RiskLevel.HIGH)):
        judged(cast, level, minutes)
    assert tasks(cast, todo=Todo.PLAN) == 1


def test_speaking_with_them_does_every_task_to_ring_them(cast: Cast) -> None:
    triggers.raise_tasks(Trigger.MISSED_APPOINTMENT, patient=cast.patient, by=cast.treating, at=NOW)
    alert = taken(raised(cast.patient), cast.treating)
    answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.treating, at=NOW + MINUTE)
    assert tasks(cast, todo=Todo.CALL) == 0
    assert tasks(cast, todo=Todo.CONSULT) == 1


def test_closing_a_concern_does_the_task_to_look_at_it_and_no_other(cast: Cast) -> None:
    concerns = [raised(cast.patient, AlertLevel.CONCERN) for _ in range(2)]
    for concern in concerns:
        triggers.raise_tasks(
            Trigger.NEW_CONCERN, patient=cast.patient, alert=concern, by=cast.treating, at=NOW
        )
    closed(taken(concerns[0], cast.treating), cast.treating, AlertOutcome.RESOLVED)
    assert tasks(cast, alert=concerns[0]) == 0
    assert tasks(cast, alert=concerns[1]) == 1


def test_while_an_alert_is_open_looking_again_does_not_end_and_the_page_says_so_beside_the_field(
    treating: Client, cast: Cast
) -> None:
    judged(cast, RiskLevel.HIGH, 0)
    alert = taken(raised(cast.patient), cast.treating)
    path = f"/patients/{cast.patient.record_number}/risk/"
    said = "An alert of this person is open. “No further reassessment” can be set once it is closed."
    part = text_of(treating.get(path)).split('id="stands"')[1].split("</fieldset>")[0]
    assert said in part
    assert 'value="0"' not in part
    fields = {"level": "0", "note": NOTE, "reason": "assessed", "password": PASSWORD}
    assert said in text_of(treating.post(path, fields), 422)
    with pytest.raises(AlertOpen):
        judged(cast, RiskLevel.ENDED, 1)
    assert cadence.level_of(cast.patient.pk) is RiskLevel.HIGH
    closed(alert, cast.treating, level=RiskLevel.HIGH, at=NOW + MINUTE)
    judged(cast, RiskLevel.ENDED, 2)
    assert cadence.level_of(cast.patient.pk) is RiskLevel.ENDED


def reopened(client: Client, cast: Cast) -> SafetyAlert:
    """An alert that the treating psychologist closed, opened again by this client."""
    alert = closed(taken(raised(cast.patient), cast.treating), cast.treating, at=clock.now())
    client.post(f"/safety/{alert.pk}/reopen/", {"note": WHY})
    return alert


def test_whoever_opens_a_closed_alert_from_outside_is_told_marked_and_looked_at_by_somebody_else(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    shut = closed(taken(raised(cast.patient), cast.treating), cast.treating, at=clock.now())
    assert "the care team is asked to look at why you opened it" in page_of(outsider, shut)
    alert = reopened(outsider, cast)
    alert.refresh_from_db()
    assert alert.closed_at is None
    task = SafetyTask.objects.get(alert=alert, trigger=Trigger.MANUAL)
    assert AuditEntry.objects.get(action="safety_alert_reopened").facts == {"from_outside": True}
    done = f"/safety/tasks/{task.pk}/done/"
    assert "Somebody else looks at this" in text_of(outsider.post(done, follow=True))
    task.refresh_from_db()
    assert task.done_at is None
    assert "Recorded that it is done." in text_of(treating.post(done, follow=True))


def test_the_care_team_and_whoever_is_on_call_are_not_marked(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    reopened(treating, cast)
    on_call(cast, cast.other_psychologist, Position.SECOND)
    reopened(outsider, cast)
    assert not SafetyTask.objects.filter(trigger=Trigger.MANUAL).exists()


def test_whoever_had_it_is_not_marked(outsider: Client, cast: Cast) -> None:
    alert = closed(
        taken(raised(cast.patient), cast.other_psychologist), cast.other_psychologist, at=clock.now()
    )
    outsider.post(f"/safety/{alert.pk}/reopen/", {"note": WHY})
    assert not SafetyTask.objects.filter(trigger=Trigger.MANUAL).exists()


def test_without_a_script_the_list_says_that_it_does_not_change_by_itself(treating: Client) -> None:
    part = text_of(treating.get("/safety/")).split("<noscript>")
    assert any("load it again to see what is new" in each for each in part[1:])

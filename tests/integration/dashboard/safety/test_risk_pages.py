"""The page of a person's risk, and the lists of what is due."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from clinic import clock
from clinic.actor import log
from clinic.models.risk import RiskAssessment, RiskLevel, SafetyTask, Trigger
from clinic.safety import alerts, answering, cadence, triggers
from tests.answering import NOTE
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import raised, text_of

pytestmark = ROLLED_BACK

DAY = dt.timedelta(days=1)
LOWER = {"level": "1", "note": NOTE, "reason": "assessed", "password": PASSWORD}


def page_path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/risk/"


def judged(cast: Cast, level: RiskLevel, *, days: int) -> None:
    """A judgement so many days ago: before the care of the cast began, so the row as the operation leaves it."""
    user = cast.treating.user
    assert user is not None
    row = RiskAssessment(
        patient=cast.patient,
        before=RiskLevel.ENDED,
        level=level,
        assessed_by=user,
        happened_at=clock.now() - days * DAY,
    )
    with transaction.atomic():
        facts = {"level": int(level), "before": 0}
        log(
            "risk_assessed",
            by=cast.treating,
            at=row.happened_at,
            patient=cast.patient,
            subject=row,
            facts=facts,
        )
        row.save()


def test_a_judgement_is_recorded_and_the_page_says_when_it_is_made_again(
    treating: Client, cast: Cast
) -> None:
    page = text_of(treating.post(page_path(cast), {"level": "3", "note": NOTE}, follow=True))
    assert "Now: High" in page
    assert "It is judged again by" in page
    assert "Go through the safety plan together" in page


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"reason": ""}, 422, "Nothing goes down by itself."),
        ({"password": "wrong"}, 403, "That is not your password."),
        ({"password": ""}, 403, "That is not your password."),
        ({"note": "x"}, 422, "at least four words"),
    ],
)
def test_a_lower_level_without_reason_or_password_is_refused_and_stored_nowhere(
    treating: Client, cast: Cast, changed: dict[str, str], status: int, said: str
) -> None:
    judged(cast, RiskLevel.HIGH, days=1)
    assert said in text_of(treating.post(page_path(cast), LOWER | changed), status=status)
    assert cadence.level_of(cast.patient.pk) is RiskLevel.HIGH


def test_a_lower_level_with_both_is_stored(treating: Client, cast: Cast) -> None:
    judged(cast, RiskLevel.HIGH, days=1)
    assert treating.post(page_path(cast), LOWER).status_code == 302
    assert cadence.level_of(cast.patient.pk) is RiskLevel.LOW


def test_what_is_due_today_stands_for_the_care_team_and_what_is_overdue_for_all_by_number(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    judged(cast, RiskLevel.HIGH, days=7)
    assert "Assess the risk again: it was judged high" in text_of(treating.get("/safety/"))
    assert cast.patient.record_number not in text_of(outsider.get("/safety/"))


def test_what_is_overdue_stands_for_everybody_and_names_nobody_outside_the_care_team(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    judged(cast, RiskLevel.HIGH, days=8)
    page = text_of(outsider.get("/safety/"))
    assert cast.patient.record_number in page
    assert "A reassessment is overdue. Tell the care team." in page
    assert "Amara" not in page
    assert "judged high" not in page
    assert SafetyTask.objects.filter(trigger="missed_reassessment").count() == 1
    assert "Amara Nwosu" in text_of(treating.get("/safety/"))


def test_a_task_is_asked_for_listed_and_done_once(treating: Client, outsider: Client, cast: Cast) -> None:
    treating.post(f"{page_path(cast)}raise/", {"note": "Her sister rang us today."})
    task = triggers.to_do().get()
    assert "Her sister rang us today." in text_of(treating.get(page_path(cast)))
    assert "Look at it and decide" in text_of(treating.get("/safety/"))
    done = f"/safety/tasks/{task.pk}/done/"
    assert outsider.post(done).status_code == 404
    assert "Recorded that it is done." in text_of(treating.post(done, follow=True))
    assert "It was done already." in text_of(treating.post(done, follow=True))


def test_outside_the_care_team_there_is_no_such_page(outsider: Client, cast: Cast) -> None:
    assert outsider.get(page_path(cast)).status_code == 404
    assert outsider.post(page_path(cast), {"level": "3", "note": NOTE}).status_code == 404


def test_what_was_missed_stands_in_the_list_and_on_the_risk_page_in_words(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    at = clock.now() - 2 * DAY
    alert = alerts.take(alert=raised(cast.patient, at=at), by=cast.treating, at=at)
    retry_at = at + dt.timedelta(hours=1)
    answering.not_reached(
        alert=alert, submission=uuid4(), retry_at=retry_at, note="", by=cast.treating, at=at
    )
    triggers.raise_tasks(Trigger.FAILED_CONTACT_SEQUENCE, patient=cast.patient, by=cast.treating, at=at)
    lane, page = text_of(treating.get("/safety/")), text_of(treating.get(page_path(cast)))
    for todo, trigger in [
        ("Ring the person", "A follow-up was missed"),
        ("Ring the person", "Nobody spoke with them in time"),
        ("Speak with the duty lead", "A safety task is overdue"),
    ]:
        assert f"{todo}. {trigger}." in lane
        assert trigger in page
    others = text_of(outsider.get("/safety/"))
    assert "A safety task is late. Tell the care team." in others
    assert "A follow-up was missed" not in others

"""An alert that goes back after its owner spoke with the person waits anew with every step, and tells what was done."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from audit.models import AuditEntry
from clinic import people
from clinic.models.page import Page, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import ahead, answered, escalation, paging, progress
from clinic.oncall.answered import is_answered
from clinic.oncall.minutes import Minutes
from clinic.safety import alerts, answering
from dashboard.portal.followed import lines_of
from dashboard.safety.ahead import clock
from tests.answering import NOTE
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.clinic.test_leaving import ended
from tests.paging import EMERGENCY, led, raised, staffed

pytestmark = ROLLED_BACK

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
BACK = NOW + 2 * HOUR


@pytest.fixture
def alert(cast: Cast) -> SafetyAlert:
    """An emergency that went through every step, was taken by the second on call, who spoke with the person."""
    led(staffed(cast))
    found = raised(cast, EMERGENCY)
    paging.escalate(at=NOW + HOUR)
    return spoken(cast, found)


def spoken(cast: Cast, found: SafetyAlert) -> SafetyAlert:
    alerts.take(alert=found, by=cast.other_psychologist, at=NOW + HOUR)
    answering.spoke(alert=found, submission=uuid4(), note=NOTE, by=cast.other_psychologist, at=NOW + HOUR)
    assert is_answered(found)
    return found


def paged_since(alert: SafetyAlert, at: dt.datetime) -> list[str]:
    """Which steps are made until `at`, looked at every minute, but for those that went before."""
    before = set(Page.objects.values_list("pk", flat=True))
    for minute in range(int((at - BACK) / MINUTE) + 1):
        paging.escalate(at=BACK + minute * MINUTE)
    made = Page.objects.filter(alert=alert).exclude(pk__in=before).order_by("due_at")
    return list(dict.fromkeys(made.values_list("step", flat=True)))


def sentence(alert: SafetyAlert, at: dt.datetime) -> str:
    coming = ahead.of_people([alert.patient_id], Minutes(), at=at).of_line(alert)
    said = clock(alert, coming, is_mine=False, anybody=True, at=at, zone="UTC")
    assert said is not None
    return said.words


@pytest.mark.parametrize("how", ["access", "role"])
def test_what_was_answered_and_went_back_has_every_step_again(
    cast: Cast, alert: SafetyAlert, how: str
) -> None:
    ended(cast, cast.other_psychologist, how=how, at=BACK)
    alert.refresh_from_db()
    assert not is_answered(alert)
    left = Page.objects.filter(alert=alert, step=Step.LEFT)
    assert {page.recipient.sign_in_name for page in left if page.recipient} == {"treating", "lead"}
    assert "must take it by" in sentence(alert, BACK)
    assert paged_since(alert, BACK + 14 * MINUTE) == []
    assert paged_since(alert, BACK + HOUR) == [Step.SECOND, Step.DUTY_LEAD, Step.EVERYBODY]
    assert "paged again" in sentence(alert, BACK + HOUR)
    assert paged_since(alert, BACK + 2 * HOUR) == [Step.EVERYBODY]


def test_the_test_above_fails_where_an_old_answer_holds_for_ever(
    cast: Cast, alert: SafetyAlert, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the entry that it went back ends no answer."""
    with monkeypatch.context() as patch:
        patch.setattr(answered, "_went_back", lambda _alert: AuditEntry.objects.none())
        blind = ~answered._answered()
    monkeypatch.setattr(paging, "UNANSWERED", blind)
    ended(cast, cast.other_psychologist, at=BACK)
    assert paged_since(alert, BACK + 2 * HOUR) == []


def test_the_person_still_reads_who_spoke_with_them_and_who_is_told_next(
    cast: Cast, alert: SafetyAlert
) -> None:
    ended(cast, cast.other_psychologist, at=BACK)
    alert.refresh_from_db()
    words = " ".join(lines_of(alert, patient=cast.patient, at=BACK + MINUTE))
    assert "spoke with you" in words
    assert "is being told now" in words
    assert "Nobody has answered yet" not in words
    stands = progress.of(alert)
    assert (stands.second_due, stands.lead_due) == (BACK, BACK + 30 * MINUTE)


def test_whoever_takes_it_next_is_reminded_until_they_have_answered_themselves(
    cast: Cast, alert: SafetyAlert
) -> None:
    ended(cast, cast.other_psychologist, at=BACK)
    alerts.take(alert=alert, by=cast.treating, at=BACK + MINUTE)
    assert not is_answered(alert)
    assert paged_since(alert, BACK + 30 * MINUTE) == []
    assert paged_since(alert, BACK + 31 * MINUTE) == [Step.UNANSWERED]
    answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.treating, at=BACK + HOUR)
    assert is_answered(alert)


def gone_back_to_nobody(cast: Cast) -> SafetyAlert:
    """Two psychologists, and the second has an alert of which they told; both lose their access, owner last."""
    found = spoken(cast, raised(staffed(cast), EMERGENCY))
    ended(cast, cast.treating, at=BACK - MINUTE)
    ended(cast, cast.other_psychologist, at=BACK)
    assert not Page.objects.filter(step=Step.LEFT).exists()
    for who in (cast.other_psychologist, cast.treating):
        user: Any = who.user
        people.reactivate(user=user, by=cast.administrator, at=BACK + MINUTE)
    return found


def test_where_nobody_could_act_it_is_paged_as_soon_as_somebody_can(cast: Cast) -> None:
    found = gone_back_to_nobody(cast)
    assert paging.escalate(at=BACK + MINUTE) == 1
    left = Page.objects.filter(alert=found, step=Step.LEFT)
    assert "treating" in {page.recipient.sign_in_name for page in left if page.recipient}
    assert paging.escalate(at=BACK + MINUTE) == 0


def test_the_test_above_fails_where_only_the_end_itself_pages(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the watch knows nothing of what went back."""
    gone_back_to_nobody(cast)
    monkeypatch.setattr(escalation, "left", lambda _case: None)
    paging.escalate(at=BACK + MINUTE)
    assert not Page.objects.filter(step=Step.LEFT).exists()

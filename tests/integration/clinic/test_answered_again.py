"""After an answer: what makes an alert wait anew, who hears of it, and forms that are sent again."""

import datetime as dt
from uuid import UUID, uuid4

import pytest

from clinic.actor import Actor
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.page import Page, Step
from clinic.models.risk import RiskLevel, SafetyTask
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.oncall import delivery, paging, wanted
from clinic.oncall.answered import is_answered
from clinic.safety import alerts, answering, closing
from clinic.safety.once import SentBefore
from dashboard import duties
from tests.answering import NOTE
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.paging import led, raised, staffed

pytestmark = ROLLED_BACK

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
LATER = NOW + 3 * HOUR


@pytest.fixture
def alert(cast: Cast) -> SafetyAlert:
    """Taken at once by the treating psychologist, who spoke with the person; everybody can be paged."""
    led(staffed(cast))
    found = alerts.take(alert=raised(cast), by=cast.treating, at=NOW)
    spoke(found, cast.treating, at=NOW + MINUTE)
    assert is_answered(found)
    return found


def spoke(alert: SafetyAlert, by: Actor, *, at: dt.datetime, form: UUID | None = None) -> AlertAct:
    return answering.spoke(alert=alert, submission=form or uuid4(), note=NOTE, by=by, at=at)


def failed(alert: SafetyAlert, by: Actor, *, at: dt.datetime, form: UUID | None = None) -> AlertAct:
    return answering.not_reached(
        alert=alert, submission=form or uuid4(), retry_at=at + HOUR, note="", by=by, at=at
    )


def handed(alert: SafetyAlert, cast: Cast, *, at: dt.datetime, form: UUID | None = None) -> AlertAct:
    to = cast.other_psychologist.user
    assert to is not None
    return answering.to_colleague(
        alert=alert, submission=form or uuid4(), receiver=to, note=NOTE, by=cast.treating, at=at
    )


def to_send(*, at: dt.datetime) -> set[tuple[str, str]]:
    """Which steps are sent to whom now."""
    claimed = [each.page for each in delivery.claim(at=at, most=50)]
    pages = Page.objects.filter(pk__in=claimed).select_related("recipient")
    return {(page.step, page.recipient.sign_in_name if page.recipient else "clinic") for page in pages}


def test_a_colleague_is_paged_although_somebody_spoke_before_and_the_clock_goes_on(
    cast: Cast, alert: SafetyAlert
) -> None:
    handed(alert, cast, at=LATER)
    assert not is_answered(alert)
    assert to_send(at=LATER) == {("handed_over", "other")}
    assert paging.escalate(at=LATER + 29 * MINUTE) == 0
    assert paging.escalate(at=LATER + 30 * MINUTE) == 1
    assert {("unanswered", "other"), ("unanswered", "lead")} <= to_send(at=LATER + 30 * MINUTE)
    spoke(alert, cast.other_psychologist, at=LATER + HOUR)
    assert is_answered(alert)
    assert to_send(at=LATER + 2 * HOUR) == set()


def test_a_page_of_an_entry_that_asks_whether_nobody_answered_alone_is_never_sent(
    cast: Cast, alert: SafetyAlert, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the entry's page is a step like every other."""
    handed(alert, cast, at=LATER)
    monkeypatch.setattr(wanted, "RECORDED", ())
    assert to_send(at=LATER) == set()


def test_the_duty_lead_is_paged_after_three_attempts_although_somebody_spoke_before(
    cast: Cast, alert: SafetyAlert
) -> None:
    for number in range(3):
        failed(alert, cast.treating, at=LATER + number * MINUTE)
    assert not is_answered(alert)
    assert to_send(at=LATER + 2 * MINUTE) == {("failed_contact", "lead")}


def test_what_was_recorded_needs_no_page_once_its_recipient_acted_or_somebody_spoke(
    cast: Cast, alert: SafetyAlert
) -> None:
    handed(alert, cast, at=LATER)
    failed(alert, cast.other_psychologist, at=LATER + MINUTE)
    assert to_send(at=LATER + MINUTE) == set()
    for number in (2, 3):
        failed(alert, cast.other_psychologist, at=LATER + number * MINUTE)
    spoke(alert, cast.other_psychologist, at=LATER + 4 * MINUTE)
    assert to_send(at=LATER + 4 * MINUTE) == set()
    lines = duties.of_alert(alert, at=LATER + 4 * MINUTE, zone="UTC")
    assert {line.state for line in lines} == {"Not sent, and no longer needed"}


def test_the_list_of_pages_says_of_an_entry_that_it_waits_to_be_sent(cast: Cast, alert: SafetyAlert) -> None:
    handed(alert, cast, at=LATER)
    lines = duties.of_alert(alert, at=LATER, zone="UTC")
    assert [line.state for line in lines if line.who == "Dr Elias Ruiz" and "handed" in line.step] == [
        "Waits to be sent"
    ]


@pytest.mark.parametrize("minutes", [1, 200])
def test_not_reached_since_is_reminded_of_from_then_and_not_from_when_it_was_taken(
    cast: Cast, alert: SafetyAlert, minutes: int
) -> None:
    since = NOW + minutes * MINUTE + MINUTE
    failed(alert, cast.treating, at=since)
    assert paging.escalate(at=since + 29 * MINUTE) == 0
    failed(alert, cast.treating, at=since + 29 * MINUTE)
    assert paging.escalate(at=since + 30 * MINUTE) == 1
    assert {page.step for page in Page.objects.filter(due_at=since + 30 * MINUTE)} == {Step.UNANSWERED}


def test_an_attempt_that_is_sent_again_after_somebody_spoke_tells_nobody_of_three_in_a_row(
    cast: Cast, alert: SafetyAlert
) -> None:
    form = uuid4()
    first = failed(alert, cast.treating, at=LATER, form=form)
    spoke(alert, cast.treating, at=LATER + MINUTE)
    assert failed(alert, cast.treating, at=LATER + 2 * MINUTE, form=form) == first
    assert AlertAct.objects.filter(kind=ActKind.NOT_REACHED).count() == 1
    assert not Page.objects.filter(step=Step.FAILED_CONTACT).exists()
    assert not SafetyTask.objects.exists()
    assert is_answered(alert)


def test_handing_over_twice_with_one_form_is_one_act_and_one_page(cast: Cast, alert: SafetyAlert) -> None:
    form = uuid4()
    assert handed(alert, cast, at=LATER, form=form) == handed(alert, cast, at=LATER + MINUTE, form=form)
    assert Page.objects.filter(step=Step.HANDED_OVER).count() == 1


def test_a_form_whose_id_another_act_bears_is_stored_once_under_one_of_its_own(
    cast: Cast, alert: SafetyAlert
) -> None:
    form = spoke(alert, cast.treating, at=LATER).pk
    made = {failed(alert, cast.treating, at=LATER + MINUTE, form=form).pk for _each in range(2)}
    assert len(made) == 1
    other = alerts.notice(patient=cast.other_patient, text="I want to die", submission=uuid4(), at=NOW).alert
    assert other is not None
    alerts.take(alert=other, by=cast.treating, at=NOW)
    made |= {spoke(other, cast.treating, at=LATER + 2 * MINUTE, form=form).pk}
    assert len(made | {form}) == 3
    closing.close(
        alert=other,
        outcome=AlertOutcome.NO_DANGER,
        note=NOTE,
        level=RiskLevel.HIGH,
        by=cast.treating,
        at=LATER + 3 * MINUTE,
        submission=form,
    )
    assert AlertAct.objects.filter(alert=other).count() == 2


def test_a_closing_that_is_sent_again_closes_nothing_that_was_opened_since(
    cast: Cast, alert: SafetyAlert
) -> None:
    form = uuid4()

    def close() -> SafetyAlert:
        return closing.close(
            alert=alert,
            outcome=AlertOutcome.SPOKE,
            note=NOTE,
            level=RiskLevel.HIGH,
            by=cast.treating,
            at=LATER,
            submission=form,
        )

    assert close().closed_at == close().closed_at == LATER
    closing.reopen(alert=alert, note="She wrote again that night.", by=cast.treating, at=LATER + HOUR)
    with pytest.raises(SentBefore):
        close()
    alert.refresh_from_db()
    assert alert.closed_at is None

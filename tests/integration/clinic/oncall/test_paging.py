"""Pages are made with the alert, and each later step once, by however many programs look at the same moment."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEntry
from clinic import access, people
from clinic.models.oncall import Channel, Position
from clinic.models.page import Page, Step
from clinic.models.safety import SafetyAlert
from clinic.models.user import Role
from clinic.oncall import addresses, paging
from clinic.oncall.expectation import expected
from clinic.safety import alerts
from tests.answering import closed
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.paging import EMERGENCY, URGENT, led, on_call, raised, reached, staffed

MINUTE = dt.timedelta(minutes=1)


def paged(alert: SafetyAlert, step: Step | None = None) -> set[tuple[str, str]]:
    """To whom and as what pages of an alert were made."""
    found = Page.objects.filter(alert=alert, **({"step": step} if step else {}))
    return {(row.recipient.sign_in_name if row.recipient else "clinic", row.position) for row in found}


@ROLLED_BACK
def test_an_alert_pages_the_first_on_call_in_its_own_transaction_and_an_emergency_the_second_too(
    cast: Cast,
) -> None:
    staffed(cast)
    assert paged(raised(cast, URGENT)) == {("treating", "first")}
    assert paged(raised(cast, EMERGENCY, at=NOW + MINUTE)) == {("treating", "first"), ("other", "second")}
    entry = AuditEntry.objects.filter(action="alert_paged").latest("id")
    assert (entry.facts["step"], entry.facts["people"]) == ("first", 2)


@ROLLED_BACK
def test_a_concern_pages_nobody(cast: Cast) -> None:
    staffed(cast)
    found = alerts.notice(patient=cast.patient, text="I feel so alone.", submission=uuid4(), at=NOW)
    assert not Page.objects.exists()
    assert found.alert is None or not alerts.is_paged(found.alert)


@ROLLED_BACK
def test_an_alert_opens_although_its_pages_cannot_be_made_and_the_watch_makes_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed(cast)
    with monkeypatch.context() as broken:
        broken.setattr("clinic.oncall.rows.channels", _refused)
        alert = raised(cast)
    assert not Page.objects.exists()
    assert paging.escalate(at=NOW) == 1
    assert ("treating", "first") in paged(alert)


def _refused() -> None:
    raise DatabaseError("planted")


@ROLLED_BACK
def test_the_steps_follow_each_other_at_their_times(cast: Cast) -> None:
    led(staffed(cast))
    alert = raised(cast, URGENT)
    for minutes, step, who in ((15, Step.SECOND, "other"), (30, Step.DUTY_LEAD, "lead")):
        assert paging.escalate(at=NOW + minutes * MINUTE - dt.timedelta(seconds=1)) == 0
        assert paging.escalate(at=NOW + minutes * MINUTE) == 1
        assert {name for name, _as in paged(alert, step)} == {who}
    assert paging.escalate(at=NOW + 60 * MINUTE) == 1
    assert {name for name, _as in paged(alert, Step.EVERYBODY)} == {"treating", "other", "lead"}


@ROLLED_BACK
def test_one_person_in_two_positions_is_not_the_end_of_a_step(cast: Cast) -> None:
    for position in (Position.FIRST, Position.SECOND):
        on_call(cast, cast.treating, position)
    for each in (cast.treating, cast.other_psychologist):
        reached(cast, each)
    assert paged(raised(cast, EMERGENCY)) == {("treating", "first"), ("other", "anybody")}


@ROLLED_BACK
def test_an_empty_position_falls_to_the_next_at_once_and_with_nobody_left_everybody_is_paged(
    cast: Cast,
) -> None:
    for each in (cast.treating, cast.other_psychologist):
        reached(cast, each)
    assert paged(raised(cast, URGENT)) == {("treating", "anybody"), ("other", "anybody")}
    on_call(cast, cast.other_psychologist, Position.SECOND)
    alert = raised(cast, EMERGENCY, at=NOW + MINUTE)
    assert paged(alert) == {("other", "second")}


@ROLLED_BACK
def test_whoever_was_deactivated_or_has_no_address_is_passed_over(cast: Cast) -> None:
    staffed(cast)
    assert cast.treating.user
    people.deactivate(user=cast.treating.user, by=cast.administrator, at=NOW)
    assert paged(raised(cast, URGENT)) == {("other", "second")}


@ROLLED_BACK
def test_where_nobody_has_an_address_nothing_is_made_until_somebody_has(cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    alert = raised(cast, URGENT)
    assert paging.escalate(at=NOW + MINUTE) == 0
    assert not Page.objects.exists()
    reached(cast, cast.treating)
    assert paging.escalate(at=NOW + 2 * MINUTE) == 1
    assert paged(alert) == {("treating", "first")}


@ROLLED_BACK
def test_nobody_is_paged_about_themselves(cast: Cast) -> None:
    staffed(cast)
    cast.patient.user = cast.treating.user
    cast.patient.save()
    assert paged(raised(cast, URGENT)) == {("other", "second")}


@ROLLED_BACK
def test_the_clinics_own_receiver_is_paged_at_every_step(cast: Cast) -> None:
    staffed(cast)
    addresses.set_address(
        user=None, channel=Channel.WEBHOOK, address="https://pager.example/x", by=cast.administrator, at=NOW
    )
    assert ("clinic", "clinic") in paged(raised(cast, URGENT))


@ROLLED_BACK
def test_taking_an_alert_stops_its_clock_and_without_a_contact_its_owner_is_reminded(cast: Cast) -> None:
    staffed(cast)
    alert = raised(cast)
    alerts.take(alert=alert, by=cast.other_psychologist, at=NOW + MINUTE)
    assert paging.escalate(at=NOW + 20 * MINUTE) == 0
    assert paging.escalate(at=NOW + 31 * MINUTE) == 1
    assert ("other", "owner") in paged(alert, Step.UNANSWERED)
    alert.refresh_from_db()
    closed(alert, cast.other_psychologist, at=NOW + 40 * MINUTE)
    assert paging.escalate(at=NOW + dt.timedelta(hours=20)) == 0


@ROLLED_BACK
def test_an_alert_whose_owner_lost_their_role_pages_the_first_on_call_again(cast: Cast) -> None:
    staffed(cast)
    alert = raised(cast, URGENT)
    alerts.take(alert=alert, by=cast.other_psychologist, at=NOW + MINUTE)
    assert cast.other_psychologist.user
    access.end_role(
        user=cast.other_psychologist.user, role=Role.PSYCHOLOGIST, by=cast.administrator, at=NOW + 2 * MINUTE
    )
    assert paging.escalate(at=NOW + 3 * MINUTE) == 1
    assert paged(alert, Step.LEFT) == {("treating", "first")}


@COMMITTED
def test_however_many_programs_look_at_once_each_step_is_made_once(cast: Cast) -> None:
    staffed(cast)
    alerts_of_two = [raised(cast, URGENT)]
    found = alerts.notice(patient=cast.other_patient, text=EMERGENCY, submission=uuid4(), at=NOW).alert
    assert found
    alerts_of_two.append(found)
    later = NOW + 61 * MINUTE
    made = at_once(*[lambda: paging.escalate(at=later)] * 6)
    assert errors(made) == []
    made.append(paging.escalate(at=later))
    assert sum(made) == 2 * len({Step.SECOND, Step.DUTY_LEAD, Step.EVERYBODY})
    assert AuditEntry.objects.filter(action="alert_paged").count() == 2 + sum(made)


@ROLLED_BACK
def test_the_same_page_made_twice_is_refused_by_the_database(cast: Cast) -> None:
    """The planted fault: a program that asks nobody whether the step was made."""
    staffed(cast)
    raised(cast, URGENT)
    page = Page.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.bulk_create([Page(**_same(page))])


def _same(page: Page) -> dict[str, object]:
    names = ("alert", "step", "turn", "position", "recipient", "channel", "due_at")
    return {name: getattr(page, name) for name in names}


@ROLLED_BACK
def test_what_may_be_promised_follows_the_rota(cast: Cast) -> None:
    nobody = expected(at=NOW)
    assert (nobody.who_is_on_call, nobody.is_staffed, nobody.reaches_anybody) == ((), False, False)
    staffed(cast)
    somebody = expected(at=NOW)
    assert somebody.who_is_on_call == ("Dr Maya Okonkwo", "Dr Elias Ruiz")
    assert (somebody.is_staffed, somebody.first_by, somebody.then_by) == (
        True,
        NOW + 15 * MINUTE,
        NOW + 30 * MINUTE,
    )

"""An alert that a web server wrote whose clock is ahead is paged at once, and every step after it comes in its time."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from clinic.clock import now, zone_of
from clinic.models.oncall import Channel
from clinic.models.page import Page, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import ahead, delivery, paging, progress, wanted
from clinic.oncall.minutes import Minutes
from clinic.safety import alerts, answering, persons, silent, waiting
from tests.answering import NOTE
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import page_of, text_of
from tests.paging import EMERGENCY, URGENT, raised, staffed
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

MINUTE = dt.timedelta(minutes=1)
AHEAD = dt.timedelta(hours=3)


def alert_of_a_clock_ahead(cast: Cast, words: str = URGENT) -> SafetyAlert:
    return raised(staffed(cast), words, at=now() + AHEAD)


def claimed() -> set[str]:
    """What a watch whose clock is right sends now."""
    pages = [each.page for each in delivery.claim(at=now(), most=9, channel=Channel.EMAIL)]
    return set(Page.objects.filter(pk__in=pages).values_list("step", flat=True))


def test_its_first_page_is_sent_now_and_the_next_steps_come_in_their_time(cast: Cast) -> None:
    alert = alert_of_a_clock_ahead(cast)
    assert claimed() == {Step.FIRST}
    begun = alert.recorded_at
    steps = []
    for minutes in (14, 16, 31):
        paging.escalate(at=begun + minutes * MINUTE)
        steps.append(set(Page.objects.filter(alert=alert).values_list("step", flat=True)))
    assert steps == [{Step.FIRST}, {Step.FIRST, Step.SECOND}, {Step.FIRST, Step.SECOND, Step.DUTY_LEAD}]
    assert all(page.due_at <= now() + 31 * MINUTE for page in Page.objects.filter(alert=alert))


def test_an_emergency_pages_two_now(cast: Cast) -> None:
    alert_of_a_clock_ahead(cast, EMERGENCY)
    assert len(delivery.claim(at=now(), most=9)) == 2


def test_where_the_moment_that_it_states_counts_nobody_is_paged_for_hours(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SafetyAlert, "begun_at", property(lambda alert: alert.happened_at))
    alert = alert_of_a_clock_ahead(cast)
    paging.escalate(at=now() + 31 * MINUTE)
    assert set(Page.objects.filter(alert=alert).values_list("step", flat=True)) == {Step.FIRST}
    assert Page.objects.filter(alert=alert, due_at__gt=now() + 31 * MINUTE).exists()


def test_a_page_that_a_clock_ahead_made_is_wanted_from_the_moment_that_it_stands_there(cast: Cast) -> None:
    alert = raised(staffed(cast), URGENT, at=now())
    alerts.take(alert=alert, by=cast.treating, at=now())
    receiver = cast.other_psychologist.user
    assert receiver
    answering.to_colleague(
        alert=alert, submission=uuid4(), receiver=receiver, note=NOTE, by=cast.treating, at=now() + AHEAD
    )
    assert wanted.not_sent(at=now()).filter(step=Step.HANDED_OVER).exists()


def test_lists_and_the_patient_count_from_its_record(cast: Cast) -> None:
    alert = alert_of_a_clock_ahead(cast)
    assert persons.by_person().get(pk=alert.pk).since == alert.recorded_at  # type: ignore[attr-defined]
    reader = cast.other_psychologist.user
    assert reader
    found = waiting.now_waiting(reader, at=now()).waiting
    assert found
    assert found.since == alert.recorded_at
    assert progress.of(alert).second_due == alert.recorded_at + 15 * MINUTE
    coming = ahead.of_people([alert.patient_id], Minutes(), at=now())
    assert coming.alerts[alert.pk][0].due_at == alert.recorded_at + 15 * MINUTE
    assert "under a minute" in page_of(signed_in(Client(), cast.treating), alert)


def by_the_clock(moment: dt.datetime) -> str:
    return f"{moment.astimezone(zone_of('Europe/London')):%H:%M}"


def shown_of(cast: Cast, alert: SafetyAlert) -> list[str]:
    """Every page on which its time stands: the list, its own page, the record of the person, and what they read."""
    staff, patient = signed_in(Client(), cast.treating), signed_in(Client(), cast.as_patient)
    record = f"/patients/{cast.patient.record_number}/"
    return [
        text_of(client.get(path))
        for client, path in (
            (staff, "/safety/"),
            (staff, f"/safety/{alert.pk}/"),
            (staff, record),
            (patient, "/my/check-in/"),
        )
    ]


def test_no_page_says_a_time_that_has_not_come(cast: Cast) -> None:
    alert = alert_of_a_clock_ahead(cast)
    stated, stands = by_the_clock(alert.happened_at), by_the_clock(alert.recorded_at)
    assert [(stands in page, stated in page) for page in shown_of(cast, alert)] == [(True, False)] * 4


def test_where_the_moment_that_it_states_is_shown_it_lies_ahead(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = alert_of_a_clock_ahead(cast)
    monkeypatch.setattr(SafetyAlert, "begun_at", property(lambda alert: alert.happened_at))
    assert all(by_the_clock(alert.happened_at) in page for page in shown_of(cast, alert))


def test_a_talk_that_was_recorded_after_it_counts(cast: Cast) -> None:
    alert = alert_of_a_clock_ahead(cast)
    alerts.take(alert=alert, by=cast.treating, at=now())
    answering.spoke(alert=alert, submission=uuid4(), note=NOTE, by=cast.treating, at=now())
    alert.refresh_from_db()
    assert silent.talked(alert)
    assert [each.kind for each in progress.of(alert).contacts] == ["spoke"]

"""By when somebody must act on an alert and who is paged if nobody does; where it was said, for the care team."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.clock import now
from clinic.models.danger import TextSource
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import ahead, paging
from clinic.oncall.minutes import Minutes
from clinic.safety import alerts, asking
from clinic.safety.reported import raise_reported
from dashboard.safety import where
from dashboard.safety.ahead import clock
from dashboard.times import said
from tests.answering import closed
from tests.cast import Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import page_of, taken, text_of
from tests.paging import EMERGENCY, URGENT, raised, staffed

pytestmark = ROLLED_BACK

LANE = "/safety/"
MINUTE = dt.timedelta(minutes=1)


def minutes_later(since: dt.datetime, number: int, *, at: dt.datetime) -> str:
    return said(since + number * MINUTE, at=at, zone="Europe/London")


def noticed(cast: Cast, source: TextSource) -> SafetyAlert:
    found = alerts.notice(patient=cast.patient, text=URGENT, submission=uuid4(), source=source, at=now())
    assert found.alert
    return found.alert


def test_list_and_page_say_by_when_it_must_be_taken_and_who_is_paged_next(
    treating: Client, cast: Cast
) -> None:
    at = now()
    alert = raised(staffed(cast), URGENT, at=at)
    words = f"Somebody must take it by {minutes_later(at, 15, at=at)}, or the second on call is paged."
    assert words in text_of(treating.get(LANE))
    page = page_of(treating, alert)
    assert words in page
    to_come = page.split("Still to come, if nobody takes it")[1].split("</section>")[0]
    for who in (
        "The second on call",
        "The duty lead",
        "Every psychologist, and again until somebody takes it",
    ):
        assert who in to_come


def test_what_was_made_is_not_said_to_come(treating: Client, cast: Cast) -> None:
    since = now() - 16 * MINUTE
    alert = raised(staffed(cast), URGENT, at=since)
    assert "Being paged now: the second on call." in page_of(treating, alert)
    paging.escalate(at=now())
    page = page_of(treating, alert)
    assert f"by {minutes_later(since, 30, at=now())}, or the duty lead is paged." in page
    assert "Being paged now" not in page


def test_its_owner_reads_until_when_a_contact_must_be_recorded(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    at = now()
    alert = taken(raised(staffed(cast), URGENT, at=at), cast.treating, at=at)
    by = minutes_later(at, 240, at=at)
    for page in (page_of(treating, alert), text_of(treating.get(LANE))):
        assert f"Record a contact by {by}, or you and the duty lead are paged." in page
    for page in (page_of(outsider, alert), text_of(outsider.get(LANE))):
        assert f"A contact must be recorded by {by}, or its owner and the duty lead are paged." in page


def test_what_was_answered_or_closed_has_no_clock(treating: Client, cast: Cast) -> None:
    alert = taken(raised(staffed(cast), URGENT, at=now()), cast.treating, at=now())
    closed(alert, cast.treating, at=now())
    alert.refresh_from_db()
    assert clock(alert, None, is_mine=True, anybody=True, at=now(), zone="UTC") is None
    assert "must" not in page_of(treating, alert).split('id="owner"')[1].split("</section>")[0]


def test_where_nobody_has_an_address_no_page_is_announced(treating: Client, cast: Cast) -> None:
    alert = raised(cast, URGENT, at=now())
    assert "Nobody can be paged: no psychologist has an address." in page_of(treating, alert)
    assert "Still to come" not in page_of(treating, alert)
    assert "must take it by" not in text_of(treating.get(LANE))


@pytest.mark.parametrize("source", TextSource)
def test_the_care_team_reads_where_it_was_said(treating: Client, cast: Cast, source: TextSource) -> None:
    alert = noticed(cast, source)
    words = str(where.SAID[source]).partition("{")[0]
    for page in (text_of(treating.get(LANE)), page_of(treating, alert), text_of(treating.get("/queue/"))):
        assert words in page


def test_whoever_pressed_for_a_person_said_it_nowhere_else(treating: Client, cast: Cast) -> None:
    asking.ask(patient=cast.patient, submission=uuid4(), by=cast.as_patient, at=now())
    assert "Pressed “Ask a person”, today" in text_of(treating.get(LANE))


def test_a_stop_sign_that_was_ticked_was_said_in_a_report(treating: Client, cast: Cast) -> None:
    raise_reported(
        patient=cast.patient,
        level=AlertLevel.URGENT,
        signs=["driven"],
        words=["I lie awake."],
        card="gentle",
        submission=uuid4(),
        at=now(),
    )
    assert "Said in a report about a step of their plan, today" in text_of(treating.get(LANE))


def test_outside_the_care_team_only_the_time_is_said(outsider: Client, cast: Cast) -> None:
    alert = noticed(cast, TextSource.SAFETY_PLAN)
    asking.ask(patient=cast.patient, submission=uuid4(), by=cast.as_patient, at=now())
    for page in (text_of(outsider.get(LANE)), page_of(outsider, alert)):
        assert "Raised today" in page
        assert "safety plan, today" not in page
        assert "Pressed" not in page


def test_a_page_that_told_everybody_would_name_the_plan(
    outsider: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = noticed(cast, TextSource.SAFETY_PLAN)
    told = where.said_where
    monkeypatch.setattr(
        "dashboard.safety.detail.said_where", lambda alert, may_know, *, when: told(alert, True, when=when)
    )
    assert "Said in their safety plan, today" in page_of(outsider, alert)


def test_clocks_and_places_of_many_people_cost_as_many_queries_as_of_one(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            found = ahead.of_people({cast.patient.pk, *more}, Minutes(), at=now())
        assert set(found.alerts) == opened
        return len(asked)

    more: list[UUID] = []
    opened = {raised(staffed(cast), EMERGENCY, at=now()).pk}
    one = cost()
    for number in range(6):
        patient, _ring = patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")
        found = alerts.notice(patient=patient, text=EMERGENCY, submission=uuid4(), at=now()).alert
        assert found
        opened.add(found.pk)
        more.append(patient.pk)
    assert cost() == one == 3

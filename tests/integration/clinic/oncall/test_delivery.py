"""Sending pages: each is sent once, a failed one is tried again after pauses, and nothing clinical leaves."""

import datetime as dt
import hashlib
import hmac
import re
from typing import Any

import pytest
from django.test import override_settings

from clinic.models.oncall import Channel
from clinic.models.page import Outcome, Page, PageAttempt
from clinic.models.safety import SafetyAlert
from clinic.oncall import delivery, paging
from clinic.oncall.delivery import Claim
from clinic.safety import alerts
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.outside import SECRET, closed_port, mail_server, outside, webhook_server
from tests.paging import EMERGENCY, URGENT, raised, reached, staffed

SECOND = dt.timedelta(seconds=1)


def send(at: dt.datetime, *, most: int = 50) -> list[Outcome]:
    """One round of one program."""
    claims = delivery.claim(at=at, most=most)
    return [delivery.deliver(each, clock=lambda: at) for each in claims]


@ROLLED_BACK
def test_a_page_is_mailed_to_its_recipient_alone_and_says_nothing_of_whom_or_what(cast: Cast) -> None:
    staffed(cast)
    alert = raised(cast, EMERGENCY)
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        assert send(NOW) == [Outcome.SENT] * 2
    assert sorted(server.recipients) == ["other@staff.example", "treating@staff.example"]
    for to, mail in server.mails:
        assert mail["To"] == to
        text = f"{mail['Subject']}\n{words_of(mail)}"
        assert_says_nothing_clinical(text, cast, alert)
        assert f"https://countersign.example/safety/{alert.pk}/" in text
        assert "Northside" in text


def words_of(mail: Any) -> str:
    return str(mail.get_payload(decode=True).decode())


def assert_says_nothing_clinical(text: str, cast: Cast, alert: SafetyAlert) -> None:
    forbidden = (
        "Amara",
        "Nwosu",
        cast.patient.record_number,
        "kill",
        "tonight",
        *("emergency", "urgent", "suicid", "crisis", "danger", "harm"),
        *alert.rules,
        *alert.categories,
    )
    assert [word for word in forbidden if re.search(rf"\b{re.escape(word)}", text, re.I)] == []


@ROLLED_BACK
def test_a_level_in_the_text_would_be_found(cast: Cast) -> None:
    """The planted fault."""
    with pytest.raises(AssertionError):
        assert_says_nothing_clinical("An urgent alert waits", cast, raised(cast))


@ROLLED_BACK
def test_a_webhook_is_signed_over_its_time_and_body(cast: Cast) -> None:
    staffed(cast)
    with webhook_server() as server, override_settings(OUTSIDE=outside()):
        reached(cast, cast.treating, f"http://127.0.0.1:{server.port}/hook?x=1", channel=Channel.WEBHOOK)
        alert = raised(cast, URGENT)
        outcomes = send(NOW)
    assert sorted(outcomes) == [Outcome.NOT_SET_UP, Outcome.SENT]
    (headers, body), (said,) = server.calls[0], server.told
    found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Countersign-Signature"])
    assert found
    expected = hmac.new(SECRET.encode(), f"{found[1]}.".encode() + body, hashlib.sha256).hexdigest()
    assert found[2] == expected
    assert said["id"] == str(Page.objects.get(channel="webhook").pk)
    assert_says_nothing_clinical(body.decode(), cast, alert)


@ROLLED_BACK
def test_a_refused_page_is_tried_again_after_10_30_and_60_seconds_and_then_every_five_minutes(
    cast: Cast,
) -> None:
    staffed(cast)
    raised(cast, URGENT)
    moment = NOW
    with mail_server("refusing") as server, override_settings(OUTSIDE=outside(mail=server.port)):
        assert send(moment) == [Outcome.REFUSED]
        for pause in (10, 30, 60, 300, 300):
            assert send(moment + (pause - 1) * SECOND) == []
            moment += pause * SECOND
            assert send(moment) == [Outcome.REFUSED]
        server.mood = "taking"
        assert send(moment + 300 * SECOND) == [Outcome.SENT]
        assert send(moment + 3_000 * SECOND) == []


@ROLLED_BACK
def test_where_nobody_of_a_step_is_reached_the_next_step_does_not_wait(cast: Cast) -> None:
    staffed(cast)
    alert = raised(cast, URGENT)
    with mail_server("refusing") as server, override_settings(OUTSIDE=outside(mail=server.port)):
        send(NOW)
        assert paging.escalate(at=NOW + 9 * SECOND) == 0
        send(NOW + 10 * SECOND)
        assert paging.escalate(at=NOW + 11 * SECOND) == 1
    assert Page.objects.filter(alert=alert, step="second").get().recipient == cast.other_psychologist.user


@ROLLED_BACK
@pytest.mark.parametrize(
    ("mood", "outcome"),
    [("hanging", Outcome.TIMEOUT), ("refusing", Outcome.REFUSED), ("", Outcome.UNREACHABLE)],
)
def test_what_became_of_an_attempt_is_a_row(cast: Cast, mood: str, outcome: Outcome) -> None:
    staffed(cast)
    raised(cast, URGENT)
    with mail_server(mood) as server:
        port = server.port if mood else closed_port()
        with override_settings(OUTSIDE=outside(mail=port)):
            assert send(NOW) == [outcome]
    rows = PageAttempt.objects.order_by("id").values_list("number", "outcome")
    assert list(rows) == [(1, "begun"), (1, outcome.value)]


@ROLLED_BACK
def test_taking_an_alert_stops_the_pages_that_have_not_been_sent(cast: Cast) -> None:
    staffed(cast)
    alert = raised(cast, URGENT)
    alerts.take(alert=alert, by=cast.other_psychologist, at=NOW + SECOND)
    assert delivery.claim(at=NOW + 2 * SECOND, most=9) == []


@ROLLED_BACK
def test_an_attempt_whose_program_died_is_another_ones_once_its_time_is_over(cast: Cast) -> None:
    staffed(cast)
    raised(cast, URGENT)
    (first,) = delivery.claim(at=NOW, most=9)
    assert delivery.claim(at=NOW + 11 * SECOND, most=9) == []
    assert delivery.claim(at=NOW + 12 * SECOND, most=9) == [Claim(first.page, 2)]


@ROLLED_BACK
def test_an_attempt_by_a_clock_that_was_an_hour_ahead_holds_nobody_up(cast: Cast) -> None:
    staffed(cast)
    raised(cast, URGENT)
    (ahead,) = delivery.claim(at=NOW + dt.timedelta(hours=1), most=9)
    assert delivery.claim(at=NOW + 5 * SECOND, most=9) == [Claim(ahead.page, 2)]


@COMMITTED
def test_of_several_programs_at_the_same_moment_one_sends_a_page(cast: Cast) -> None:
    staffed(cast)
    raised(cast, EMERGENCY)
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        found: list[Any] = at_once(*[lambda: send(NOW)] * 6)
    assert errors(found) == []
    assert sorted(server.recipients) == ["other@staff.example", "treating@staff.example"]
    assert PageAttempt.objects.filter(outcome="begun").count() == 2


@ROLLED_BACK
def test_an_address_that_was_removed_ends_the_attempt_and_not_the_round(cast: Cast) -> None:
    staffed(cast)
    raised(cast, EMERGENCY)
    from clinic.oncall import addresses

    addresses.remove_address(user=cast.treating.user, channel=Channel.EMAIL, by=cast.administrator, at=NOW)
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        assert sorted(send(NOW)) == [Outcome.NO_ADDRESS, Outcome.SENT]


@ROLLED_BACK
def test_no_address_stands_in_a_line_of_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    staffed(cast)
    raised(cast, URGENT)
    with mail_server("refusing") as server, override_settings(OUTSIDE=outside(mail=server.port)):
        send(NOW)
    assert "was not sent" in caplog.text
    assert "staff.example" not in caplog.text

"""Whose paging address somebody else changes is told, where they were paged before and where they are now."""

import datetime as dt
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from django.test import override_settings

from clinic import outbox, tasks
from clinic.actor import Actor
from clinic.clock import now
from clinic.models.oncall import Channel
from clinic.models.outbox import OutboxMessage
from clinic.oncall import addresses, notices, noticing
from clinic.oncall.watch import Watch
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.outside import mail_server, outside, webhook_server
from tests.paging import reached

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(hours=1)
OLD, NEW = "maya@old.example", "maya@new.example"


def noticed() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(task=notices.TASK).order_by("id"))


def change(cast: Cast, address: str, *, by: Actor | None = None, channel: Channel = Channel.EMAIL) -> None:
    who = {"user": cast.treating.user, "channel": channel, "by": by or cast.administrator, "at": LATER}
    if address:
        addresses.set_address(address=address, **who)  # type: ignore[arg-type]
    else:
        addresses.remove_address(**who)  # type: ignore[arg-type]


def sent() -> list[tuple[str, Any]]:
    """Everything in the outbox, as a mail server received it."""
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        tasks.send_notices()
    assert noticed() == []
    return server.mails


def text_of(mail: Any) -> str:
    return str(mail.get_payload(decode=True).decode())


def test_a_changed_address_is_told_to_the_old_one_and_the_new_one(cast: Cast) -> None:
    reached(cast, cast.treating, OLD)
    assert noticed() == []
    change(cast, NEW)
    assert not any(OLD in str(each.arguments) or NEW in str(each.arguments) for each in noticed())
    mails = sent()
    assert sorted(to for to, _mail in mails) == [NEW, OLD]
    for _to, mail in mails:
        assert "where you are paged was changed" in str(mail["Subject"])
        assert "Somebody else has changed where Northside pages you over this channel: E-mail" in text_of(
            mail
        )
        assert "https://countersign.example/safety/on-call/" in text_of(mail)
        assert not any(each in text_of(mail) for each in (OLD, NEW, "alert", "safety list", "patient"))


def test_a_removed_address_is_told_to_itself(cast: Cast) -> None:
    reached(cast, cast.treating, OLD)
    change(cast, "")
    ((to, mail),) = sent()
    assert to == OLD
    assert "Somebody else has removed where Northside pages you" in text_of(mail)


def test_another_channel_is_told_by_e_mail_and_without_one_over_itself(cast: Cast) -> None:
    reached(cast, cast.treating, "https://pager.example/x", channel=Channel.WEBHOOK)
    change(cast, "https://pager.example/y", channel=Channel.WEBHOOK)
    assert [each.arguments["channel"] for each in noticed()] == ["webhook"]
    noticed()[0].delete()
    change(cast, OLD)
    noticed()[0].delete()
    change(cast, "https://pager.example/z", channel=Channel.WEBHOOK)
    ((to, mail),) = sent()
    assert to == OLD
    assert "over this channel: Webhook" in text_of(mail)


def test_whoever_changes_their_own_and_the_clinics_receiver_are_told_nothing(cast: Cast) -> None:
    reached(cast, cast.treating, OLD)
    change(cast, NEW, by=cast.treating)
    for each in ("desk@a.example", "desk@b.example"):
        addresses.set_address(user=None, channel=Channel.EMAIL, address=each, by=cast.administrator, at=NOW)
    assert noticed() == []


def test_what_a_server_does_not_take_is_tried_again_and_not_for_ever(cast: Cast) -> None:
    reached(cast, cast.treating, OLD)
    change(cast, "")
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        server.mood = "refusing"
        assert noticing.send_waiting(clock=now) == 1
        (again,) = noticed()
        assert again.attempts == 1
        assert dt.timedelta(0) < again.due_at - again.recorded_at < dt.timedelta(minutes=5)
        assert noticing.send_waiting(clock=now) == 0
        OutboxMessage.objects.update(attempts=10_000, due_at=NOW)
        assert noticing.send_waiting(clock=now) == 1
    assert noticed() == []


def test_a_notice_that_a_program_has_is_no_other_programs_until_its_time_is_over(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends in the middle of sending: another one sends it a minute later."""
    reached(cast, cast.treating, OLD)
    change(cast, "")
    with monkeypatch.context() as patch:
        patch.setattr(noticing, "_sent", lambda *_args: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            noticing.send_waiting(clock=now)
    assert noticing.send_waiting(clock=now) == 0
    assert noticing.send_waiting(clock=lambda: now() + noticing.LEASE) == 1


def test_the_broker_carries_none_of_it(cast: Cast) -> None:
    reached(cast, cast.treating, OLD)
    change(cast, NEW)
    assert len(noticed()) == 2
    assert outbox.publish(app=Celery("of this test", broker="memory://"), at=now()) == 0


@pytest.mark.parametrize("found", [True, False])
def test_the_planted_fault_a_change_that_tells_nobody_is_seen(
    cast: Cast, found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not found:
        monkeypatch.setattr(notices, "tell_of_address", lambda *_args, **_more: None)
    reached(cast, cast.treating, OLD)
    change(cast, NEW)
    assert bool(noticed()) is found


def test_a_webhook_says_that_it_is_a_notice(cast: Cast) -> None:
    with webhook_server() as server:
        where = f"http://127.0.0.1:{server.port}/x"
        reached(cast, cast.treating, where, channel=Channel.WEBHOOK)
        change(cast, "", channel=Channel.WEBHOOK)
        with override_settings(OUTSIDE=outside()):
            tasks.send_notices()
    assert [(each["kind"], each["step"]) for each in server.told] == [("notice", "address")]


class Looking(Watch):
    """A watch that sends its notices in this very thread, where one is not under way."""

    def __init__(self, *, hangs: bool = False) -> None:
        super().__init__()
        self.hangs, self.begun = hangs, 0

    def _begin(self, target: Callable[[], None]) -> threading.Thread:
        self.begun += 1
        if self.hangs:
            return threading.current_thread()
        target()
        return threading.Thread()


@pytest.fixture
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.oncall.watch.close_old_connections", lambda: None)
    monkeypatch.setattr("clinic.oncall.watch.connections", SimpleNamespace(close_all=lambda: None))


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("looks", [True, False])
def test_the_watch_sends_it_without_a_worker_or_a_broker(
    cast: Cast, looks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the planted fault: a watch that does not look leaves it to the task of a worker."""
    if not looks:
        monkeypatch.setattr(noticing, "waits", lambda **_more: False)
    reached(cast, cast.treating, OLD)
    change(cast, "")
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        assert Looking().round() == []
    assert [to for to, _mail in server.mails] == [OLD] * looks
    assert len(noticed()) == (not looks)


@pytest.mark.usefixtures("_one_connection")
def test_a_server_that_hangs_holds_up_no_look(cast: Cast) -> None:
    reached(cast, cast.treating, OLD)
    change(cast, "")
    program = Looking(hangs=True)
    assert [program.round(), program.round()] == [[], []]
    assert program.begun == 1

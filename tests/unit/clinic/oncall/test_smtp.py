"""A mail ends in time whatever its server does, and its subject is one line."""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from django.test import override_settings

from clinic.models.page import Outcome
from clinic.oncall.channels import smtp, webhook
from clinic.oncall.channels.deadline import MOST_UNFINISHED, Deadline
from clinic.oncall.channels.smtp import Smtp
from clinic.oncall.channels.webhook import Webhook
from clinic.oncall.delivery import LEASE
from tests.outside import mail_server, outside
from tests.unit.clinic.oncall.test_webhook import MESSAGE

TO = "treating@staff.example"


@contextmanager
def took_less_than(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.fixture(autouse=True)
def _half_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(smtp.WHOLE_SECONDS, webhook.WHOLE_SECONDS) < LEASE.total_seconds()
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.5)
    monkeypatch.setattr(webhook, "WHOLE_SECONDS", 0.5)


@pytest.mark.parametrize("mood", ["hanging", "dripping"])
def test_a_mail_server_that_hangs_or_speaks_a_byte_at_a_time_costs_no_more_than_its_time(mood: str) -> None:
    with mail_server(mood) as server, override_settings(OUTSIDE=outside(mail=server.port)), took_less_than(2):
        assert Smtp().send(MESSAGE, TO) == Outcome.TIMEOUT


def test_a_time_for_each_answer_alone_would_wait_without_an_end() -> None:
    """The planted fault: what a time limit of the socket does."""
    with mail_server("dripping") as server:
        patient = threading.Thread(target=_greeted, args=(server.port,), daemon=True)
        patient.start()
        patient.join(2)
        assert patient.is_alive()


def _greeted(port: int) -> None:
    with suppress(OSError):
        smtplib.SMTP("127.0.0.1", port, timeout=0.5)


def test_a_mail_that_was_taken_is_sent_although_nobody_answers_the_goodbye() -> None:
    with mail_server("parting") as server, override_settings(OUTSIDE=outside(mail=server.port)):
        assert Smtp().send(MESSAGE, TO) == Outcome.SENT
    assert server.recipients == [TO]


def test_a_tls_handshake_that_never_ends_is_cut_too() -> None:
    with mail_server("dripping") as server:
        mail = replace(outside(mail=server.port).mail, security="smtps")
        with override_settings(OUTSIDE=replace(outside(), mail=mail)), took_less_than(2):
            assert Smtp().send(MESSAGE, TO) in {Outcome.TIMEOUT, Outcome.UNREACHABLE}


def test_a_name_server_that_does_not_answer_costs_no_more_than_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = threading.Event()

    def nothing(*_asked: Any, **_more: Any) -> list[Any]:
        answered.wait(10)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    with override_settings(OUTSIDE=outside(mail=25)), took_less_than(3):
        assert Smtp().send(MESSAGE, TO) == Outcome.TIMEOUT
        assert Webhook().send(MESSAGE, "https://pager.example/") == Outcome.TIMEOUT
    answered.set()


def test_questions_that_nobody_answers_do_not_pile_up_and_each_frees_its_place() -> None:
    answered = threading.Event()
    for _each in range(MOST_UNFINISHED):
        with pytest.raises(TimeoutError), Deadline(5) as until:
            until.asked(answered.wait, at_most=0.001)
    with pytest.raises(TimeoutError), Deadline(5) as until:
        until.asked(lambda: "an answer")
    answered.set()
    with Deadline(5) as until:
        assert _sooner_or_later(until) == "an answer"


def _sooner_or_later(until: Deadline) -> str:
    while True:
        try:
            return until.asked(lambda: "an answer")
        except TimeoutError:
            assert until.left


@pytest.mark.parametrize("name", ["Northside\nBcc: all@staff.example", "Northside\r\n"])
def test_a_line_break_in_the_clinics_name_breaks_no_mail(name: str) -> None:
    said = replace(MESSAGE, subject=f"{name}: somebody waits")
    with mail_server() as server, override_settings(OUTSIDE=outside(mail=server.port)):
        assert Smtp().send(said, TO) == Outcome.SENT
    ((to, mail),) = server.mails
    assert (to, mail["Bcc"], mail["Subject"]) == (TO, None, " ".join(said.subject.split()))

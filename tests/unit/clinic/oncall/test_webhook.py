"""Which addresses a webhook may call: public ones over https, by no redirect, and those named as the clinic's own."""

import datetime as dt
import socket
import time
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings

from clinic.models.page import Outcome
from clinic.oncall.channels import webhook
from clinic.oncall.channels.places import is_public
from clinic.oncall.channels.webhook import Webhook
from clinic.oncall.wording import PageText
from tests.outside import closed_port, outside, webhook_server

MESSAGE = PageText(
    uuid4(),
    "Northside",
    dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
    "first",
    "first",
    "https://c.example/",
    "a",
    "b",
)
HOOK = Webhook()


@pytest.mark.parametrize(
    "address",
    [
        "http://pager.example/",
        "http://127.0.0.1:1/",
        "ftp://pager.example/",
        "https://user:password@pager.example/",
        "https:///nothing",
        "https://pager.example:99999/",
        "https://pager.example/a\r\nHost: other",
        "https://pager.example/" + "x" * 600,
        "javascript:alert(1)",
        "https://127.0.0.1:22/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1]/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://10.1.2.3/",
        "https://localhost/",
        "https://pager.localhost./",
    ],
)
def test_what_is_no_plain_https_address_is_refused_when_it_is_set_and_when_it_is_called(address: str) -> None:
    with override_settings(OUTSIDE=outside(internal=())):
        assert HOOK.wrong_with(address)
        assert HOOK.send(MESSAGE, address) == Outcome.NOT_ALLOWED


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:a00:1::",
        "2001::a00:1",
        "224.0.0.1",
        *("::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1", "5f00::1", "3fff::1", "2001:db8::1", "ff02::1"),
        *("192.88.99.1", "192.0.0.8", "192.0.0.9", "198.18.0.1", "240.0.0.1", "255.255.255.255"),
    ],
)
def test_a_name_behind_which_lies_an_inner_address_is_not_called(
    ip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*_asked: Any, **_more: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.215.14", 443)), (0, 0, 0, "", (ip, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with override_settings(OUTSIDE=outside()):
        assert HOOK.send(MESSAGE, "https://pager.example/") == Outcome.NOT_ALLOWED


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:4700::1111", "2a00:1450:4001::200e"])
def test_a_server_of_the_internet_may_be_called_also_where_its_address_is_given(ip: str) -> None:
    assert is_public(ip)
    host = f"[{ip}]" if ":" in ip else ip
    with override_settings(OUTSIDE=outside()):
        assert HOOK.wrong_with(f"https://{host}/") == ""


def test_an_inner_address_that_the_installation_names_may_be_set() -> None:
    with override_settings(OUTSIDE=outside(internal=("10.1.2.3",))):
        assert HOOK.wrong_with("https://10.1.2.3/") == ""
        assert HOOK.wrong_with("https://10.1.2.4/")


def test_a_public_name_is_called_at_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], _timeout: float) -> socket.socket:
        called.append(address)
        raise OSError

    answers = iter([[(0, 0, 0, "", ("93.184.215.14", 443))], [(0, 0, 0, "", ("127.0.0.1", 443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: next(answers))
    monkeypatch.setattr(socket, "create_connection", connect)
    with override_settings(OUTSIDE=outside()):
        assert HOOK.send(MESSAGE, "https://pager.example/") == Outcome.UNREACHABLE
    assert called == [("93.184.215.14", 443)]


@pytest.mark.parametrize(("mood", "outcome"), [("refusing", Outcome.REFUSED), ("elsewhere", Outcome.REFUSED)])
def test_no_redirect_is_followed_and_no_refusal_is_taken_for_an_answer(mood: str, outcome: Outcome) -> None:
    with webhook_server(mood) as server, override_settings(OUTSIDE=outside()):
        assert HOOK.send(MESSAGE, f"http://127.0.0.1:{server.port}/") == outcome
        assert server.asked == 1


def test_a_server_that_hangs_costs_no_more_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "WHOLE_SECONDS", 0.5)
    began = time.monotonic()
    with webhook_server("hanging") as server, override_settings(OUTSIDE=outside()):
        assert HOOK.send(MESSAGE, f"http://127.0.0.1:{server.port}/") == Outcome.TIMEOUT
    assert time.monotonic() - began < 3


def test_without_a_secret_nothing_is_called_and_with_nobody_listening_it_says_so() -> None:
    with override_settings(OUTSIDE=outside(secret="")):
        assert HOOK.send(MESSAGE, "http://127.0.0.1:1/") == Outcome.NOT_SET_UP
    with override_settings(OUTSIDE=outside()):
        assert HOOK.send(MESSAGE, f"http://127.0.0.1:{closed_port()}/") == Outcome.UNREACHABLE

"""Whose address counts: a named proxy is believed, as far as it can know; nobody else is."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from clinic.proxies import client_of, proxies_are_named

PROXY, SECOND, PERSON = "10.0.0.7", "10.1.4.4", "203.0.113.9"


@pytest.fixture(autouse=True)
def named(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ipaddress.ip_network(each) for each in (PROXY, "10.1.0.0/16", "fd00::7")]


@pytest.mark.parametrize(
    ("peer", "said", "found"),
    [
        (PROXY, PERSON, PERSON),
        (PROXY, f"198.51.100.1, {PERSON}", PERSON),
        (PROXY, f"198.51.100.1,{PERSON}, {SECOND}", PERSON),
        (PROXY, f"{PROXY}, {SECOND}", PROXY),
        (PROXY, f"{PERSON}:51234", PERSON),
        (PROXY, "[2001:db8::5]:443", "2001:db8::5"),
        (PROXY, f"::ffff:{PERSON}", PERSON),
        (f"::ffff:{PROXY}", PERSON, PERSON),
        ("fd00::7", "2001:db8::5", "2001:db8::5"),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{PERSON}, unknown, {SECOND}", SECOND),
        (PROXY, f"{PERSON},", PROXY),
        (PERSON, "198.51.100.1", PERSON),
        ("", PERSON, ""),
    ],
)
def test_the_address_is_the_one_that_the_nearest_named_proxy_saw(peer: str, said: str, found: str) -> None:
    assert client_of(peer, said) == found


@given(invented=st.text(alphabet="0123456789abcdef.:,[] ", max_size=60))
def test_whatever_somebody_invents_their_address_stays_theirs(invented: str) -> None:
    assert client_of(PERSON, invented) == PERSON
    assert client_of(PROXY, f"{invented}, {PERSON}") == PERSON


def test_a_proxy_that_nobody_named_is_said_where_tls_ends_at_one(settings: Settings) -> None:
    settings.HTTPS = True
    assert proxies_are_named(None) == []
    settings.TRUSTED_PROXIES = []
    assert [each.id for each in proxies_are_named(None)] == ["clinic.W001"]
    settings.HTTPS = False
    assert proxies_are_named(None) == []

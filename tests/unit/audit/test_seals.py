"""MACs that only the holder of the key can make."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from audit.seals import Mac, Seals, seals


@given(key=st.binary(min_size=1, max_size=64), message=st.binary(max_size=300))
def test_the_prepared_mac_is_hmac_sha256(key: bytes, message: bytes) -> None:
    assert Mac(key)(message) == hmac.digest(key, message, "sha256")


def test_a_mac_can_be_asked_for_again_and_again() -> None:
    mac = Mac(b"key")
    assert mac(b"one") == mac(b"one") != mac(b"two")


def test_an_entry_mac_never_passes_for_a_place_seal() -> None:
    own = Seals(b"k" * 32)
    message = (7).to_bytes(8, "big") + b"r" * 32
    assert own.entry_mac(message) != own.place_seal(7, b"r" * 32)


def test_a_seal_binds_the_number_and_the_running_digest() -> None:
    own = Seals(b"k" * 32)
    seal = own.place_seal(7, b"r" * 32)
    assert seal not in {own.place_seal(8, b"r" * 32), own.place_seal(7, b"s" * 32)}


@pytest.mark.parametrize("number", [-(2**63), 0, 2**63 - 1])
def test_any_number_that_a_table_can_hold_can_be_sealed(number: int) -> None:
    assert len(Seals(b"k" * 32).place_seal(number, b"r" * 32)) == 32


def test_another_key_makes_other_seals(settings: Settings) -> None:
    before = seals().entry_mac(b"content")
    settings.AUDIT_KEY = b"another key, also of 32 octets.."
    assert seals().entry_mac(b"content") != before

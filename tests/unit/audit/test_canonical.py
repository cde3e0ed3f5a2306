"""The bytes of an entry are RFC 8785, whoever computes them."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from audit import canonical

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SCALAR = st.one_of(st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), TEXT)
FACTS = st.dictionaries(
    st.text(st.characters(codec="ascii"), max_size=8),
    st.one_of(SCALAR, st.lists(SCALAR, max_size=3)),
    max_size=4,
)
FIELDS = {
    "action": TEXT,
    "actor_id": TEXT,
    "actor_role": TEXT,
    "facts": FACTS,
    "happened_at": st.datetimes(timezones=st.just(UTC)).map(canonical.instant),
    "patient_id": TEXT,
    "reason": TEXT,
    "record_number": TEXT,
    "request_id": TEXT,
    "salt": st.binary(min_size=16, max_size=16).map(bytes.hex),
    "subject_id": TEXT,
    "subject_kind": TEXT,
}


def reference(fields: dict[str, Any]) -> bytes:
    """The content of an entry by the library that implements the scheme."""
    document = dict(fields, format=canonical.CONTENT_FORMAT)
    for optional in ("actor_id", "patient_id"):
        document[optional] = document[optional] or None
    return rfc8785.dumps(document)


def ours(fields: dict[str, Any]) -> bytes:
    """The content of an entry by the application."""
    return canonical.content(**{**fields, "facts": canonical.facts_text(fields["facts"])})


@given(st.fixed_dictionaries(FIELDS))
def test_content_is_what_the_scheme_says_for_any_entry(fields: dict[str, Any]) -> None:
    assert ours(fields) == reference(fields)


def test_the_comparison_notices_keys_in_another_order(monkeypatch: pytest.MonkeyPatch) -> None:
    unsorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    monkeypatch.setattr(canonical, "_encode", unsorted)
    fields = dict.fromkeys(FIELDS, "x") | {"facts": {"b": 1, "a": 2}}
    assert ours(fields) != reference(fields)


@given(
    fields=st.fixed_dictionaries(FIELDS),
    entry_id=st.integers(1, 2**53 - 1),
    mac=st.binary(min_size=32, max_size=32),
)
def test_a_leaf_is_the_digest_of_content_and_what_the_database_added(
    fields: dict[str, Any], entry_id: int, mac: bytes
) -> None:
    document = {
        "content": json.loads(reference(fields)),
        "format": canonical.LEAF_FORMAT,
        "id": entry_id,
        "mac": mac.hex(),
        "recorded_at": "2026-11-24T09:31:07.000000Z",
    }
    leaf = canonical.leaf(entry_id, mac, "2026-11-24T09:31:07.000000Z", ours(fields))
    assert leaf == sha256(rfc8785.dumps(document)).digest()


def test_every_part_of_an_entry_changes_its_content() -> None:
    plain: dict[str, Any] = dict.fromkeys(FIELDS, "x") | {"facts": {"shown": 6}}
    contents = {ours(plain)} | {ours(plain | {name: "y"}) for name in FIELDS if name != "facts"}
    contents.add(ours(plain | {"facts": {"shown": 5}}))
    assert len(contents) == len(FIELDS) + 1


def test_a_time_is_written_in_utc_with_six_decimals() -> None:
    tashkent = timezone(timedelta(hours=5))
    assert (
        canonical.instant(datetime(2026, 11, 24, 14, 31, 7, tzinfo=tashkent)) == "2026-11-24T09:31:07.000000Z"
    )


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        canonical.instant(datetime(2026, 11, 24))


def test_facts_as_postgresql_prints_them_become_the_text_that_was_sealed() -> None:
    assert canonical.facts_text_of_stored('{"b": [1, true], "aa": "x"}') == '{"aa":"x","b":[1,true]}'
    assert canonical.facts_text_of_stored("{}") == canonical.facts_text({})


@pytest.mark.parametrize("strange", ["[" * 5_000 + "]" * 5_000, '{"n": ' + "9" * 5_000 + "}", "{no json"])
def test_facts_that_cannot_be_read_are_left_as_they_are(strange: str) -> None:
    assert canonical.facts_text_of_stored(strange) == strange


def test_the_running_digest_depends_on_all_before_it() -> None:
    first = canonical.running(canonical.START, b"a" * 32)
    assert canonical.running(first, b"b" * 32) != canonical.running(canonical.START, b"b" * 32)

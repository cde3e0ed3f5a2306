"""The bytes that stand for an audit entry: RFC 8785 (JSON Canonicalization Scheme), with a format version.

Writing, sequencing and verifying call the same two functions, so that one entry has one form everywhere.
Every value is a string, a whole number, a truth value or a list of these: the part of RFC 8785 where the
standard library's encoder and the scheme agree. A test compares both over generated entries.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring

CONTENT_FORMAT = 1
LEAF_FORMAT = 1

# The digest that the first entry of a log follows.
START = bytes(32)

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def instant(moment: datetime) -> str:
    """An aware time as UTC text with six decimals: `2026-11-24T09:31:07.000000Z`.

    Raises ValueError for a time without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("An audit entry needs a time with a zone.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def facts_text(facts: Mapping[str, object]) -> str:
    """Facts as RFC 8785 text."""
    return _encode(facts) if facts else "{}"


def facts_text_of_stored(stored: str) -> str:
    """The text of a jsonb value as RFC 8785 text.

    A value that nothing of ours could have written (nested too deep, a number too long) comes back as it is:
    it then matches no MAC, and the check names the entry instead of failing on it.
    """
    if stored == "{}":
        return stored
    try:
        return _encode(json.loads(stored))
    except (ValueError, RecursionError):
        return stored


def content(
    action: str,
    actor_id: str,
    actor_role: str,
    facts: str,
    happened_at: str,
    patient_id: str,
    reason: str,
    record_number: str,
    request_id: str,
    salt: str,
    subject_id: str,
    subject_kind: str,
) -> bytes:
    """The bytes of all that the application knows of an entry when it writes it.

    `facts` is RFC 8785 text, `happened_at` comes from `instant`, `salt` is hex, and an empty `actor_id` or
    `patient_id` stands for none. The parameters are in the order of the keys, which is also the order of the
    columns that `audit.stored` selects.
    """
    quote = encode_basestring
    actor = quote(actor_id) if actor_id else "null"
    patient = quote(patient_id) if patient_id else "null"
    return (
        f'{{"action":{quote(action)},"actor_id":{actor},"actor_role":{quote(actor_role)},"facts":{facts},'
        f'"format":{CONTENT_FORMAT},"happened_at":{quote(happened_at)},"patient_id":{patient},'
        f'"reason":{quote(reason)},"record_number":{quote(record_number)},"request_id":{quote(request_id)},'
        f'"salt":{quote(salt)},"subject_id":{quote(subject_id)},"subject_kind":{quote(subject_kind)}}}'
    ).encode()


def leaf_bytes(entry_id: int, mac: bytes, recorded_at: str, entry_content: bytes) -> bytes:
    """The bytes of an entry as it stands in the log: its content and what the database added."""
    return b'{"content":%b,"format":%d,"id":%d,"mac":"%b","recorded_at":"%b"}' % (
        entry_content,
        LEAF_FORMAT,
        entry_id,
        mac.hex().encode(),
        recorded_at.encode(),
    )


def leaf(entry_id: int, mac: bytes, recorded_at: str, entry_content: bytes) -> bytes:
    """SHA-256 (32 bytes) of an entry as it stands in the log; the salt in its content hides the rest."""
    return sha256(leaf_bytes(entry_id, mac, recorded_at, entry_content)).digest()


def running(previous: bytes, leaf: bytes) -> bytes:
    """The running digest (32 bytes) after `leaf`, where `previous` is the one before it, or START."""
    return sha256(previous + leaf).digest()

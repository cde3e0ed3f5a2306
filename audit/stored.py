"""Entries as they really lie in the table, read as text, turned into the bytes that the log vouches for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from audit import canonical

# In the order of the parameters of `canonical.content`. Nothing here may be null, so that a row which
# somebody bent out of shape is named as changed instead of stopping the check.
_TEXT = "coalesce(e.{0}::text, '')"
_TIME = "coalesce(to_char(e.{0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '')"
_HEX = "coalesce(encode(e.{0}, 'hex'), '')"
_CONTENT = (
    _TEXT.format("action"),
    _TEXT.format("actor_id"),
    _TEXT.format("actor_role"),
    _TEXT.format("facts"),
    _TIME.format("happened_at"),
    _TEXT.format("patient_id"),
    _TEXT.format("reason"),
    _TEXT.format("record_number"),
    _TEXT.format("request_id"),
    _HEX.format("salt"),
    _TEXT.format("subject_id"),
    _TEXT.format("subject_kind"),
)

COLUMNS = ", ".join(("e.id", "coalesce(e.mac, '')", _TIME.format("recorded_at"), *_CONTENT))
"""The select list for a table `audit_entry e`; `stored_entry` takes a row of it."""


class StoredEntry(NamedTuple):
    """An entry of the table: its id, stored MAC (32 bytes), canonical content and leaf (32 bytes)."""

    entry_id: int
    mac: bytes
    content: bytes
    leaf: bytes


def stored_entry(row: Sequence[Any]) -> StoredEntry:
    """A row of COLUMNS as an entry."""
    entry_id, mac, recorded_at, action, actor_id, actor_role, facts, *rest = row
    content = canonical.content(action, actor_id, actor_role, canonical.facts_text_of_stored(facts), *rest)
    leaf = canonical.leaf(entry_id, mac, recorded_at, content)
    return StoredEntry(entry_id, mac, content, leaf)

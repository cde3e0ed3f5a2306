"""What `record` refuses before it asks the database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from audit.actions import UnknownAction
from audit.facts import UnfitFact
from audit.record import Event, OutsideTransaction, _sealed, record, record_many

AT = datetime(2026, 11, 24, 9, 31, tzinfo=UTC)


def event(**fields: Any) -> Event:
    """A good event, but for `fields`."""
    return Event(**{"action": "record_opened", "at": AT, "by": None, "role": "software", **fields})


def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        record(action="record_opened", at=AT, by=None, role="software")
    with pytest.raises(OutsideTransaction):
        record_many([event()])


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(UnknownAction):
        _sealed(event(action="peeked"))


@pytest.mark.parametrize(
    "field", ["role", "record_number", "subject_kind", "subject_id", "reason", "request_id"]
)
def test_words_are_refused_in_every_field(field: str) -> None:
    with pytest.raises(UnfitFact, match=field):
        _sealed(event(**{field: "two words"}))


def test_words_are_refused_among_the_facts() -> None:
    with pytest.raises(UnfitFact):
        _sealed(event(facts={"note": "two words"}))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        _sealed(event(at=AT.replace(tzinfo=None)))


def test_two_entries_of_the_same_event_have_two_salts_and_two_macs() -> None:
    one, two = _sealed(event()), _sealed(event())
    assert one.salt != two.salt
    assert one.mac != two.mac

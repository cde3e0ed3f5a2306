"""Lift one part of the check at a time, and the tampering that it is there for passes.

So each part is needed, and the other tests would notice its absence.
"""

from unittest import mock

import pytest

from audit import canonical
from audit import verify as checking
from audit.seals import Seals, seals
from tests.database import COMMITTED
from tests.integration.audit import tampering as tamper
from tests.integration.audit.tampering import after, steps

pytestmark = [COMMITTED, pytest.mark.usefixtures("six_entries")]


def test_without_the_mac_an_entry_at_the_tail_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals(), "entry_mac", lambda content: mock.ANY)
    assert after(lambda cursor: tamper.forge_entry(cursor, like=2)).whole


def test_without_the_seal_of_places_a_recomputed_log_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seals, "place_seal", lambda self, number, running: mock.ANY)
    renumbered = steps(lambda c: tamper.delete_both(c, 3), lambda c: tamper.close_gap(c, 3), tamper.recompute)
    assert after(renumbered).whole


def test_without_the_search_for_doubles_a_copy_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_copy", lambda: None)
    assert after(lambda cursor: tamper.copy_entry(cursor, 3)).whole


def test_with_mac_and_seals_but_no_leaf_a_changed_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "leaf", lambda *parts: mock.ANY)
    assert after(lambda c: tamper.set_entry(c, 3, "recorded_at = recorded_at - interval '1 day'")).whole


def test_without_the_running_digest_exchanged_entries_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "running", lambda previous, leaf: mock.ANY)
    assert after(lambda cursor: tamper.swap_entries_and_leaves(cursor, 2, 5)).whole

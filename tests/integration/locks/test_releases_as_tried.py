"""The lock on releases of danger detection: each was tried and signed, and its thresholds are two numbers."""

import json
from typing import Any

import psycopg
import pytest

from clinic.models.danger import DangerReplay
from clinic.safety.thresholds import SHIPPED
from tests import database
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.locks import clones
from tests.ledger import signed, tried

TRIGGER = "DROP TRIGGER clinic_dangerrelease_signed_as_tried ON clinic_dangerrelease"
SHAPE = "ALTER TABLE clinic_{} DROP CONSTRAINT {}"
INSERT = """
INSERT INTO clinic_dangerrelease (id, number, rule_set, classifier, thresholds, replay_id, replay_digest, reason,
    lost, signed_by_id, signed_at)
SELECT gen_random_uuid(), %(number)s, rule_set, classifier, coalesce(%(thresholds)s::jsonb, thresholds), id,
    coalesce(%(digest)s, digest), 'review', 0, asked_by_id, now()
FROM clinic_dangerreplay WHERE id = %(trial)s
"""
TRY = """
INSERT INTO clinic_dangerreplay SELECT (jsonb_populate_record(t, jsonb_build_object(
    'id', gen_random_uuid(), 'thresholds', %(thresholds)s::jsonb))).* FROM clinic_dangerreplay t WHERE id = %(trial)s
"""
LIES: dict[str, dict[str, Any]] = {
    "a signature is logged": {},
    "what is signed is what was tried": {"digest": "0" * 64},
    "a release follows the one before it": {"number": 2_147_483_647},
}
NO_THRESHOLDS = [
    {},
    [],
    ["concern", "urgent"],
    "concern",
    0.5,
    {"concern": 5, "urgent": 5},
    {"concern": 0.9, "urgent": 0.8},
    {"concern": 0.5},
    {"concern": None, "urgent": 0.9},
    {"concern": "0.5", "urgent": 0.9},
    {"concern": 0.5, "urgent": True},
    {"concern": 0.5, "urgent": {}},
    {"concern": [], "urgent": []},
]


def said(statement: str, given: dict[str, Any]) -> str:
    """Tried as the application's role and undone: why it was refused, or ""."""
    with clones.session("default") as cursor:
        cursor.execute("BEGIN")
        try:
            cursor.execute(statement, {"number": 2, "thresholds": None, "digest": None} | given)
        except psycopg.Error as refusal:
            return str(refusal)
        finally:
            cursor.execute("ROLLBACK")
    return ""


@pytest.fixture
def trial(cast: Cast) -> DangerReplay:
    """A trial that nobody has signed, after one that was."""
    signed(cast, tried(cast, SHIPPED))
    return tried(cast, SHIPPED)


@COMMITTED
def test_no_release_is_stored_that_nobody_tried_and_signed(trial: DangerReplay) -> None:
    for sentence, lie in LIES.items():
        assert sentence in said(INSERT, {"trial": trial.pk} | lie)
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            cursor.execute(TRIGGER)
        assert [said(INSERT, {"trial": trial.pk} | lie) for lie in LIES.values()] == [""] * len(LIES)


@COMMITTED
def test_thresholds_are_two_numbers_that_rise_or_nothing_is_stored(trial: DangerReplay) -> None:
    given = [{"trial": trial.pk, "thresholds": json.dumps(each)} for each in NO_THRESHOLDS]
    for each in given:
        assert "danger_replay_tries_thresholds" in said(TRY, each)
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            cursor.execute(TRIGGER)
            assert all("danger_release_signs_thresholds" in said(INSERT, each) for each in given)
            cursor.execute(SHAPE.format("dangerrelease", "danger_release_signs_thresholds"))
            cursor.execute(SHAPE.format("dangerreplay", "danger_replay_tries_thresholds"))
        assert [said(statement, each) for statement in (INSERT, TRY) for each in given] == [""] * 2 * len(
            given
        )

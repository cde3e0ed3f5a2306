"""What only the server's administrator can set right is said, and no program stays down for it."""

from typing import cast

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from clinic.database import advice, checks
from tests import database
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK


def said() -> list[str]:
    with connection.cursor() as cursor:
        return list(advice.advice(cursor))


def test_our_own_server_leaves_nothing_to_say() -> None:
    assert said() == []


def test_a_server_whose_log_holds_values_is_named_and_the_programs_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(advice, "QUIET", dict.fromkeys(advice.QUIET, ("another value",)))
    assert [each.split(": ")[1] for each in said()] == [
        "log_min_error_statement is panic.",
        "log_error_verbosity is terse.",
    ]
    found = advice.server_is_tight(None, databases=["default", "keystore", "portal"])
    assert {each.id for each in found} == {"clinic.W002"}
    assert len(found) == 4
    checks.refuse_to_run_unguarded()


def test_a_role_that_makes_large_objects_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with database.owner_cursor() as cursor:
        monkeypatch.setattr(advice, "APP", "owner")
        monkeypatch.setattr(advice, "_LARGE_OBJECTS", advice._LARGE_OBJECTS.replace("lo_creat'", "lo_get'"))
        named = list(advice.advice(cast(CursorWrapper, cursor)))
    assert named == [
        "The role owner may make large objects, which no grant of a table bounds.",
        "The role portal may make large objects, which no grant of a table bounds.",
    ]

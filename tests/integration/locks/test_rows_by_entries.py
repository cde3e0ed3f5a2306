"""The lock on risk, tasks, the rota, absences and paging addresses: none changes past an entry in the log."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from clinic.actor import log
from clinic.clock import now
from clinic.guard_entries import BY_ENTRIES
from clinic.models.oncall import Absence, Channel, PagingAddress, Position, RotaSlot
from clinic.models.risk import RiskAssessment, RiskLevel, SafetyTask
from clinic.oncall import absences, addresses, keeping
from clinic.safety import risk, triggers
from tests import database, paging
from tests.answering import NOTE
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.locks import clones
from tests.integration.locks.tried import refusals

AGAIN = (
    "INSERT INTO {table} SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(){more}))).*"
    " FROM {table} r WHERE id = %({key})s"
)
OVER = "removed_by_id = added_by_id, removed_at = now()"


def again(table: str, key: str, more: str = "") -> str:
    """The same row once more, under another id."""
    return AGAIN.format(table=f"clinic_{table}", key=key, more=more)


FORGERIES = {
    "a risk that nobody judged": again("riskassessment", "risk", ", 'before', 0, 'level', 2"),
    "a task that nobody raised": again("safetytask", "task", ", 'assessment_id', NULL"),
    "a task that was done from the start": again(
        "safetytask", "task", ", 'assessment_id', NULL, 'done_by_id', %(user)s::text, 'done_at', now()"
    ),
    "a task done in somebody's name": "UPDATE clinic_safetytask SET done_by_id = %(user)s, done_at = now()"
    " WHERE id = %(task)s",
    "somebody on the rota": again("rotaslot", "slot"),
    "a slot that was off from the start": again(
        "rotaslot", "slot", ", 'removed_by_id', %(user)s::text, 'removed_at', now()"
    ),
    "a slot off the rota": f"UPDATE clinic_rotaslot SET {OVER} WHERE id = %(slot)s",
    "an absence": again("absence", "absence"),
    "an absence that was over from the start": again(
        "absence", "absence", ", 'removed_by_id', %(user)s::text, 'removed_at', now()"
    ),
    "an absence taken back": f"UPDATE clinic_absence SET {OVER} WHERE id = %(absence)s",
    "somebody paged over another channel": again("pagingaddress", "address", ", 'channel', 'webhook'"),
    "somebody paged no more": "DELETE FROM clinic_pagingaddress WHERE id = %(address)s",
}


def scene(cast: Cast) -> dict[str, Any]:
    """One row of each, made by the operations and committed."""
    assert cast.treating.user
    kept = paging.kept(cast)
    judged = risk.assess(patient=cast.patient, level=RiskLevel.HIGH, note=NOTE, by=cast.treating, at=NOW)
    return {
        "risk": judged.pk,
        "task": SafetyTask.objects.get(assessment=judged).pk,
        "slot": kept["slot_id"],
        "absence": kept["absence_id"],
        "address": PagingAddress.objects.get(user=cast.treating.user).pk,
        "user": cast.treating.user.pk,
    }


def stored(row: Model) -> None:
    """The row as a commit would leave it."""
    row._state.adding = True
    row.save(force_insert=True)
    connection.check_constraints()


@COMMITTED
def test_what_no_entry_accounts_for_is_refused_by_the_guards_and_by_nothing_else(cast: Cast) -> None:
    at = scene(cast)
    found = refusals(FORGERIES, at)
    assert {name: said for name, said in found.items() if not said.startswith("clinic_")} == {}
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            for guard in BY_ENTRIES:
                cursor.execute(f"DROP TRIGGER {guard.trigger} ON {guard.table}")
        assert refusals(FORGERIES, at) == dict.fromkeys(FORGERIES, "")


@COMMITTED
def test_a_paging_address_is_changed_and_emptied_by_nobody(cast: Cast) -> None:
    paging.staffed(cast)
    for statement in ("UPDATE clinic_pagingaddress SET address = '\\x00'", "TRUNCATE clinic_pagingaddress"):
        with (
            database.owner_cursor() as cursor,
            pytest.raises(Exception, match="is replaced and never changed"),
        ):
            cursor.execute(statement)


@ROLLED_BACK
def test_every_operation_leaves_its_row_with_its_entry(cast: Cast) -> None:
    """Taken back and done too."""
    at = scene(cast)
    by, later = cast.administrator, NOW + dt.timedelta(hours=1)
    assert triggers.done(task=SafetyTask.objects.get(pk=at["task"]), by=cast.treating, at=later)
    assert absences.remove_absence(absence=Absence.objects.get(pk=at["absence"]), by=by, at=later)
    slot = RotaSlot.objects.get(pk=at["slot"])
    assert keeping.remove_slot(slot=slot, by=by, at=later, known=True)
    assert not keeping.remove_slot(slot=slot, by=by, at=later, known=True)
    row = PagingAddress.objects.get(pk=at["address"])
    paging.reached(cast, cast.treating, "new@staff.example")
    assert not PagingAddress.objects.filter(pk=row.pk).exists()
    user = cast.treating.user
    channel = Channel.EMAIL
    assert addresses.remove_address(user=user, channel=channel, by=by, at=later)
    assert not addresses.remove_address(user=user, channel=channel, by=by, at=later)
    connection.check_constraints()


@ROLLED_BACK
def test_an_entry_of_somebody_else_or_about_something_else_accounts_for_nothing(cast: Cast) -> None:
    assert cast.treating.user
    row = RiskAssessment(
        patient=cast.patient,
        before=RiskLevel.ENDED,
        level=RiskLevel.LOW,
        assessed_by=cast.treating.user,
        happened_at=NOW,
    )
    told: dict[str, Any] = {"by": cast.treating, "patient": cast.patient, "facts": {"level": 1, "before": 0}}
    wrong: tuple[dict[str, Any], ...] = (
        {"by": cast.other_psychologist},
        {"patient": cast.other_patient},
        {"facts": {"level": 3, "before": 0}},
    )
    with transaction.atomic():
        for each in wrong:
            log("risk_assessed", at=NOW, subject=row, **(told | each))
            with pytest.raises(DatabaseError, match="is logged"), transaction.atomic():
                stored(row)
        log("risk_assessed", at=NOW, subject=row, **told)
        stored(row)


@ROLLED_BACK
def test_a_slot_stands_for_the_hours_that_were_logged(cast: Cast) -> None:
    assert cast.treating.user
    assert cast.administrator.user
    row = RotaSlot(
        user=cast.treating.user,
        position=Position.FIRST,
        weekday=0,
        starts=dt.time(8),
        ends=dt.time(9),
        added_by=cast.administrator.user,
        added_at=now(),
    )
    facts = {"user": cast.treating.user.pk, "position": "first", "weekday": 0, "starts": "08:00"}
    with transaction.atomic():
        log("rota_slot_added", by=cast.administrator, at=NOW, subject=row, facts=facts | {"ends": "20:00"})
        with pytest.raises(DatabaseError, match="is logged"), transaction.atomic():
            stored(row)

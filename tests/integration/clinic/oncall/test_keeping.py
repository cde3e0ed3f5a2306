"""Keeping the rota: one holder per position and time, absences with covers, addresses that nobody reads."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from audit.models import AuditEntry
from clinic.models.oncall import Absence, Channel, PagingAddress, Position, RotaSlot
from clinic.oncall import absences, addresses, keeping, rows
from clinic.oncall.absences import NewAbsence
from clinic.oncall.addresses import AddressLost
from clinic.oncall.keeping import LastOfPosition, NewSlot, RotaRefused
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.paging import on_call

pytestmark = ROLLED_BACK

HOUR = dt.timedelta(hours=1)
SUNDAY, MONDAY = 6, 0


def slot(cast: Cast, weekday: int, starts: int, ends: int, **more: Any) -> NewSlot:
    assert cast.treating.user
    times = (dt.time(starts), dt.time(ends))
    return NewSlot(more.get("user", cast.treating.user.pk), Position.FIRST, weekday, *times)


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        ((MONDAY, 8, 18), (MONDAY, 17, 20)),
        ((MONDAY, 18, 8), (1, 7, 9)),
        ((SUNDAY, 18, 8), (MONDAY, 7, 9)),
        ((MONDAY, 7, 9), (SUNDAY, 18, 8)),
        ((MONDAY, 8, 8), (MONDAY, 12, 13)),
    ],
)
def test_one_position_is_held_once_at_a_time_over_midnight_and_over_the_week_too(
    cast: Cast, standing: tuple[int, int, int], wanted: tuple[int, int, int]
) -> None:
    keeping.add_slot(slot=slot(cast, *standing), by=cast.administrator, at=NOW)
    with pytest.raises(RotaRefused):
        keeping.add_slot(slot=slot(cast, *wanted), by=cast.administrator, at=NOW)


def test_slots_that_touch_do_not_overlap_and_a_removed_one_makes_room(cast: Cast) -> None:
    keeping.add_slot(slot=slot(cast, MONDAY, 8, 18), by=cast.administrator, at=NOW)
    night = keeping.add_slot(slot=slot(cast, MONDAY, 18, 8), by=cast.administrator, at=NOW)
    assert keeping.remove_slot(slot=night, by=cast.administrator, at=NOW, known=False)
    assert not keeping.remove_slot(slot=night, by=cast.administrator, at=NOW, known=False)
    keeping.add_slot(slot=slot(cast, MONDAY, 20, 6), by=cast.administrator, at=NOW)
    codes = list(
        AuditEntry.objects.filter(subject_kind="rotaslot").order_by("id").values_list("action", flat=True)
    )
    assert codes == ["rota_slot_added", "rota_slot_added", "rota_slot_removed", "rota_slot_added"]


def test_the_last_slot_of_a_position_goes_only_by_whoever_knows_it(cast: Cast) -> None:
    first = keeping.add_slot(slot=slot(cast, MONDAY, 8, 18), by=cast.administrator, at=NOW)
    other = replace(slot(cast, MONDAY, 8, 18), position=Position.SECOND)
    second = keeping.add_slot(slot=other, by=cast.administrator, at=NOW)
    for row, alone in ((second, False), (first, True)):
        with pytest.raises(LastOfPosition) as last:
            keeping.remove_slot(slot=row, by=cast.administrator, at=NOW, known=False)
        assert last.value.alone == alone
        assert RotaSlot.objects.get(pk=row.pk).removed_at is None
        assert keeping.remove_slot(slot=row, by=cast.administrator, at=NOW, known=True)
    assert not keeping.remove_slot(slot=first, by=cast.administrator, at=NOW, known=False)


def test_only_those_who_can_act_are_put_on_the_rota_or_cover(cast: Cast) -> None:
    with pytest.raises(RotaRefused):
        keeping.add_slot(slot=slot(cast, MONDAY, 8, 18, user=cast.stranger.pk), by=cast.administrator, at=NOW)
    assert cast.treating.user
    for cover in (cast.stranger.pk, cast.treating.user.pk):
        away = NewAbsence(cast.treating.user.pk, NOW, NOW + HOUR, cover)
        with pytest.raises(RotaRefused):
            absences.add_absence(absence=away, by=cast.administrator, at=NOW)
    assert not RotaSlot.objects.exists()
    assert not Absence.objects.exists()


def test_an_absence_that_is_taken_back_puts_its_person_on_call_again(cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    assert cast.treating.user
    assert cast.other_psychologist.user
    away = NewAbsence(cast.treating.user.pk, NOW, NOW + HOUR, cast.other_psychologist.user.pk)
    row = absences.add_absence(absence=away, by=cast.administrator, at=NOW)
    assert [duty.user for duty in rows.on_call(at=NOW)] == [cast.other_psychologist.user.pk]
    absences.remove_absence(absence=row, by=cast.administrator, at=NOW)
    assert [duty.user for duty in rows.on_call(at=NOW)] == [cast.treating.user.pk]


def test_an_absence_that_is_over_is_refused(cast: Cast) -> None:
    assert cast.treating.user
    away = NewAbsence(cast.treating.user.pk, NOW - 2 * HOUR, NOW - HOUR, None)
    with pytest.raises(RotaRefused):
        absences.add_absence(absence=away, by=cast.administrator, at=NOW)


def test_an_address_lies_encrypted_opens_again_and_is_deleted_when_replaced(cast: Cast) -> None:
    assert cast.treating.user
    user = cast.treating.user
    for each in ("old@staff.example", "maya@staff.example"):
        addresses.set_address(user=user, channel=Channel.EMAIL, address=each, by=cast.treating, at=NOW)
    assert addresses.of(user) == {"email": "maya@staff.example"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM clinic_pagingaddress")
        (stored,) = [bytes(row[0]) for row in cursor.fetchall()]
    assert b"maya" not in stored
    entries = AuditEntry.objects.filter(action="paging_address_set")
    assert not any("maya" in str(entry.facts) for entry in entries)
    assert addresses.remove_address(user=user, channel=Channel.EMAIL, by=cast.treating, at=NOW)
    assert not PagingAddress.objects.exists()


def test_an_address_that_was_moved_to_another_row_does_not_open(cast: Cast) -> None:
    """The planted fault: somebody else's ciphertext under one's own row."""
    one = addresses.set_address(
        user=cast.treating.user, channel=Channel.EMAIL, address="a@b.example", by=cast.treating, at=NOW
    )
    other = addresses.set_address(
        user=None, channel=Channel.EMAIL, address="c@d.example", by=cast.administrator, at=NOW
    )
    one.address = other.address
    with pytest.raises(AddressLost):
        addresses.opened(one)

"""An absence is recorded with a word about what it leaves: hours with nobody, cover that is away, a time twice."""

import datetime as dt
from typing import Any

import pytest

from audit.models import AuditEntry
from clinic.models.oncall import Absence, Position
from clinic.oncall.absences import (
    AHEAD,
    LONGEST,
    EndsTooLate,
    LeavesNobody,
    NewAbsence,
    add_absence,
    remove_absence,
)
from clinic.oncall.keeping import RotaRefused
from tests.at_once import at_once
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.paging import on_call, staffed

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def away(cast: Cast, who: Any = None, *, starts: int = 0, hours: int = 24, cover: Any = None) -> NewAbsence:
    user = (who or cast.treating).user
    assert user
    begin = NOW + DAY + starts * HOUR
    return NewAbsence(user.pk, begin, begin + hours * HOUR, cover.user.pk if cover else None)


def record(cast: Cast, absence: NewAbsence, known: str = "") -> Absence:
    return add_absence(absence=absence, known=known, by=cast.administrator, at=NOW)


@ROLLED_BACK
def test_an_absence_that_leaves_nobody_on_call_is_recorded_once_somebody_knows_that(cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    with pytest.raises(LeavesNobody) as refused:
        record(cast, away(cast))
    assert refused.value.left.nobody == ((NOW + DAY, NOW + 2 * DAY),)
    assert not Absence.objects.exists()
    record(cast, away(cast), refused.value.left.digest)
    assert AuditEntry.objects.get(action="absence_added").facts["leaves_nobody"] is True


@ROLLED_BACK
def test_what_was_known_of_other_hours_is_not_known_of_these(cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    with pytest.raises(LeavesNobody) as refused:
        record(cast, away(cast, hours=1))
    with pytest.raises(LeavesNobody):
        record(cast, away(cast, hours=48), refused.value.left.digest)


@ROLLED_BACK
def test_cover_that_is_away_and_the_absence_of_whoever_covers_are_said(cast: Cast) -> None:
    staffed(cast)
    record(cast, away(cast, cover=cast.other_psychologist))
    with pytest.raises(LeavesNobody) as refused:
        record(cast, away(cast, cast.other_psychologist, hours=2))
    assert cast.treating.user
    assert cast.other_psychologist.user
    left = refused.value.left
    assert left.nobody == ((NOW + DAY, NOW + DAY + 2 * HOUR),)
    assert [user for user, _start, _end in left.uncovered] == [cast.treating.user.pk]


@ROLLED_BACK
def test_beside_somebody_who_is_on_call_an_absence_asks_nothing(cast: Cast) -> None:
    staffed(cast)
    record(cast, away(cast))
    assert AuditEntry.objects.get(action="absence_added").facts["leaves_nobody"] is False


@ROLLED_BACK
def test_nobody_is_away_twice_at_a_time_and_what_was_taken_back_makes_room(cast: Cast) -> None:
    staffed(cast)
    row = record(cast, away(cast))
    for starts, hours in ((0, 24), (23, 2), (-1, 2), (2, 3)):
        with pytest.raises(RotaRefused, match="away in a part of this time already"):
            record(cast, away(cast, starts=starts, hours=hours))
    record(cast, away(cast, starts=24, hours=1))
    remove_absence(absence=row, by=cast.administrator, at=NOW)
    record(cast, away(cast))


@ROLLED_BACK
def test_an_absence_without_an_end_in_sight_is_refused_with_what_to_do_instead(cast: Cast) -> None:
    staffed(cast)
    most = LONGEST // HOUR
    with pytest.raises(RotaRefused, match="taken off the rota"):
        record(cast, away(cast, hours=most + 1))
    record(cast, away(cast, hours=most))


@ROLLED_BACK
def test_an_absence_beyond_what_can_be_reckoned_is_refused_before_it_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the planted fault: unrefused it ends in an error."""
    staffed(cast)
    hours = (dt.datetime(9999, 12, 29, tzinfo=dt.UTC) - NOW) // HOUR
    with pytest.raises(EndsTooLate, match="two years ahead"):
        record(cast, away(cast, starts=hours))
    record(cast, away(cast, starts=AHEAD // HOUR - 48))
    monkeypatch.setattr("clinic.oncall.absences.AHEAD", dt.timedelta.max)
    with pytest.raises(OverflowError):
        record(cast, away(cast, starts=hours))


@COMMITTED
def test_of_two_who_record_the_absences_that_leave_nobody_at_once_one_is_told(cast: Cast) -> None:
    staffed(cast)
    both = [away(cast), away(cast, cast.other_psychologist)]
    made = at_once(*[lambda each=each: record(cast, each) for each in both])
    assert sum(isinstance(each, LeavesNobody) for each in made) == 1
    assert Absence.objects.count() == 1

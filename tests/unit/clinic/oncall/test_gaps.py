"""Gaps of the rota: nobody on call, an empty position, one person in two of them; and what an absence would leave."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.oncall import rota as pure
from clinic.oncall.gaps import Gap, gaps, left_by, nobody
from clinic.oncall.rota import Away
from tests.unit.clinic.oncall.test_rota import (
    AMINA,
    DAY,
    ELIAS,
    EVERYBODY,
    FIRST,
    LEAD,
    MAYA,
    NIGHT,
    SECOND,
    at,
    every_day,
    rota,
)

MIDNIGHT = dt.time(0)
HOURS = (at("2026-12-01T08:00"), at("2026-12-02T08:00"))
BOTH = rota(*every_day(MAYA, FIRST, MIDNIGHT, MIDNIGHT), *every_day(ELIAS, SECOND, MIDNIGHT, MIDNIGHT))


def test_gaps_name_the_position_that_is_empty_and_say_where_nobody_is_on_call() -> None:
    office = rota(
        *every_day(MAYA, FIRST, dt.time(8), dt.time(20)), *every_day(ELIAS, SECOND, dt.time(8), dt.time(18))
    )
    found = gaps(office, since=at("2026-11-30T08:00"), until=at("2026-12-01T08:00"))
    assert found == [
        Gap(at("2026-11-30T18:00"), at("2026-11-30T20:00"), SECOND),
        Gap(at("2026-11-30T20:00"), at("2026-12-01T08:00"), None),
    ]
    assert gaps(NIGHT, since=at("2026-11-30T08:00"), until=at("2026-12-14T08:00")) == []
    nobody = gaps(rota(), since=at("2026-11-30T08:00"), until=at("2026-12-14T08:00"))
    assert nobody == [Gap(at("2026-11-30T08:00"), at("2026-12-14T08:00"), None)]


def test_one_person_in_two_positions_is_a_gap_of_the_later_one() -> None:
    lead_is_first = replace(BOTH, slots=(*BOTH.slots, *every_day(MAYA, LEAD, MIDNIGHT, MIDNIGHT)))
    assert gaps(lead_is_first, since=HOURS[0], until=HOURS[1]) == [Gap(*HOURS, LEAD, MAYA)]
    covered = replace(lead_is_first, absences=(Away(ELIAS, *HOURS, MAYA),))
    assert gaps(covered, since=HOURS[0], until=HOURS[1]) == [
        Gap(*HOURS, SECOND, MAYA),
        Gap(*HOURS, LEAD, MAYA),
    ]
    three = replace(BOTH, slots=(*BOTH.slots, *every_day(AMINA, LEAD, MIDNIGHT, MIDNIGHT)))
    assert gaps(three, since=HOURS[0], until=HOURS[1]) == []


def test_a_step_that_finds_the_same_person_again_goes_on_until_it_finds_another() -> None:
    alone = rota(*every_day(MAYA, FIRST, MIDNIGHT, MIDNIGHT), *every_day(MAYA, SECOND, MIDNIGHT, MIDNIGHT))
    moment = HOURS[0]
    assert pure.sought_anew(alone, FIRST, at=moment) == [(FIRST, (MAYA,))]
    everybody = (None, tuple(sorted(EVERYBODY)))
    assert pure.sought_anew(alone, SECOND, at=moment) == [(SECOND, (MAYA,)), everybody]
    lead = replace(alone, slots=(*alone.slots, *every_day(AMINA, LEAD, MIDNIGHT, MIDNIGHT)))
    assert pure.sought_anew(lead, SECOND, at=moment) == [(SECOND, (MAYA,)), (LEAD, (AMINA,))]
    assert pure.sought_anew(BOTH, SECOND, at=moment) == [(SECOND, (ELIAS,))]


def test_an_absence_of_the_last_one_on_call_says_which_hours_it_leaves_with_nobody() -> None:
    elias_is_away = replace(BOTH, absences=(Away(ELIAS, HOURS[0], at("2026-12-01T20:00"), MAYA),))
    left = left_by(elias_is_away, Away(MAYA, *HOURS, None), at=HOURS[0] - DAY)
    assert left.nobody == ((HOURS[0], at("2026-12-01T20:00")),)
    assert left.uncovered == ((ELIAS, HOURS[0], at("2026-12-01T20:00")),)
    assert nobody(
        replace(elias_is_away, absences=(*elias_is_away.absences, Away(MAYA, *HOURS, None))),
        since=HOURS[0],
        until=HOURS[1],
    ) == [(HOURS[0], at("2026-12-01T20:00"))]


def test_cover_that_is_away_too_is_no_cover() -> None:
    amina_is_away = replace(
        BOTH, absences=(Away(AMINA, at("2026-12-01T12:00"), at("2026-12-01T15:00"), None),)
    )
    left = left_by(amina_is_away, Away(MAYA, *HOURS, AMINA), at=HOURS[0] - DAY)
    assert left.nobody == ()
    assert left.uncovered == ((MAYA, at("2026-12-01T12:00"), at("2026-12-01T15:00")),)


def test_an_absence_without_cover_beside_somebody_on_call_leaves_nothing_to_say() -> None:
    assert not left_by(BOTH, Away(MAYA, *HOURS, None), at=HOURS[0] - DAY)
    assert not left_by(BOTH, Away(AMINA, *HOURS, None), at=HOURS[0] - DAY)
    assert not left_by(rota(), Away(MAYA, *HOURS, None), at=HOURS[0] - DAY)


def test_what_was_read_is_known_again_a_moment_later_and_other_hours_are_not() -> None:
    alone = rota(*every_day(MAYA, FIRST, MIDNIGHT, MIDNIGHT))
    away = Away(MAYA, *HOURS, None)
    minutes = [HOURS[0] + n * dt.timedelta(minutes=1) for n in (1, 2)]
    once, again = (left_by(alone, away, at=moment) for moment in minutes)
    assert once.digest == again.digest
    assert left_by(alone, replace(away, ends_at=HOURS[1] + DAY), at=minutes[0]).digest != once.digest


@given(
    hours=st.integers(1, 200),
    starts=st.integers(0, 400),
    cover=st.sampled_from([None, ELIAS, AMINA]),
    absent=st.sampled_from([MAYA, ELIAS]),
)
def test_no_minute_of_what_is_left_has_anybody_and_every_other_has(
    hours: int, starts: int, cover: UUID | None, absent: UUID
) -> None:
    night = replace(NIGHT, absences=(Away(AMINA, *HOURS, ELIAS),))
    begin = HOURS[0] + starts * dt.timedelta(minutes=15) - DAY
    end = begin + hours * dt.timedelta(minutes=15)
    away = Away(absent, begin, end, cover if cover != absent else None)
    left = left_by(night, away, at=begin - DAY)
    after = replace(night, absences=(*night.absences, away))
    for minute in range(0, hours * 15, 7):
        moment = begin + minute * dt.timedelta(minutes=1)
        said = any(start <= moment < until for start, until in left.nobody)
        assert said == (pure.is_staffed(night, at=moment) and not pure.is_staffed(after, at=moment))


@pytest.mark.parametrize("cover", [None, ELIAS])
def test_a_look_that_forgets_other_absences_says_nothing(cover: UUID | None) -> None:
    """The planted fault: the rota as if nobody else were away."""
    away = Away(MAYA, *HOURS, cover)
    elias_is_away = replace(BOTH, absences=(Away(ELIAS, *HOURS, None),))
    assert left_by(elias_is_away, away, at=HOURS[0])
    assert not left_by(BOTH, away, at=HOURS[0])

"""Who is on call is a function of the rota's rows: absences, covers, empty positions, and the nights clocks change."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.models.oncall import Position
from clinic.oncall import rota as pure
from clinic.oncall.rota import Away, Duty, Rota, Slot

MAYA, ELIAS, AMINA = (UUID(int=number) for number in (1, 2, 3))
EVERYBODY = frozenset({MAYA, ELIAS, AMINA})
LONDON = ZoneInfo("Europe/London")
ZONES = ("Europe/London", "America/New_York", "Asia/Tashkent", "Australia/Lord_Howe", "America/Santiago")
FIRST, SECOND, LEAD = pure.ORDER
DAY = dt.timedelta(days=1)


def every_day(user: UUID, position: Position, starts: dt.time, ends: dt.time) -> tuple[Slot, ...]:
    return tuple(Slot(user, position, weekday, starts, ends) for weekday in range(7))


def rota(*slots: Slot, absences: tuple[Away, ...] = (), zone: str = "Europe/London") -> Rota:
    return Rota(zone=zone, slots=slots, absences=absences, able=EVERYBODY)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


NIGHT = rota(
    *every_day(MAYA, FIRST, dt.time(18), dt.time(8)),
    *every_day(ELIAS, FIRST, dt.time(8), dt.time(18)),
    *every_day(AMINA, SECOND, dt.time(0), dt.time(0)),
)


def first_of(found: tuple[Duty, ...]) -> UUID:
    return found[0].user


@pytest.mark.parametrize(
    ("moment", "who"),
    [
        ("2026-11-30T03:00", MAYA),
        ("2026-11-30T07:59", MAYA),
        ("2026-11-30T08:00", ELIAS),
        ("2026-11-30T17:59", ELIAS),
        ("2026-11-30T18:00", MAYA),
    ],
)
def test_a_slot_that_passes_midnight_holds_until_its_end_and_not_a_minute_longer(
    moment: str, who: UUID
) -> None:
    assert first_of(pure.on_call(NIGHT, at=at(moment))) == who


def test_somebody_stays_on_call_for_as_long_as_their_slots_follow_each_other() -> None:
    amina = pure.on_call(NIGHT, at=at("2026-11-30T03:00"))[1]
    assert (amina.user, amina.position) == (AMINA, SECOND)
    assert amina.until - at("2026-11-30T03:00") > 100 * DAY
    maya = pure.on_call(NIGHT, at=at("2026-11-30T03:00"))[0]
    assert maya.until == at("2026-11-30T08:00")


def test_an_absence_with_a_cover_puts_the_cover_on_call_and_one_without_the_next_position() -> None:
    away = Away(MAYA, at("2026-11-30T01:00"), at("2026-11-30T05:00"), ELIAS)
    covered = replace(NIGHT, absences=(away,))
    assert first_of(pure.on_call(covered, at=at("2026-11-30T00:59"))) == MAYA
    assert pure.on_call(covered, at=at("2026-11-30T03:00"))[0] == Duty(ELIAS, FIRST, away.ends_at)
    bare = replace(NIGHT, absences=(replace(away, cover=None),))
    assert [duty.user for duty in pure.on_call(bare, at=at("2026-11-30T03:00"))] == [AMINA]
    assert pure.sought(bare, FIRST, at=at("2026-11-30T03:00")) == (SECOND, (AMINA,))


def test_covers_who_are_away_themselves_are_covered_in_turn_and_a_circle_is_nobody() -> None:
    long = (at("2026-11-30T00:00"), at("2026-11-30T08:00"))
    chain = (Away(MAYA, *long, ELIAS), Away(ELIAS, *long, AMINA))
    assert first_of(pure.on_call(replace(NIGHT, absences=chain), at=at("2026-11-30T03:00"))) == AMINA
    circle = (Away(MAYA, *long, ELIAS), Away(ELIAS, *long, MAYA))
    assert pure.holders(replace(NIGHT, absences=circle), FIRST, at=at("2026-11-30T03:00")) == ()


def test_whoever_can_no_longer_act_is_passed_over_and_with_nobody_left_everybody_is_sought() -> None:
    moment = at("2026-11-30T03:00")
    without_maya = replace(NIGHT, able=frozenset({ELIAS, AMINA}))
    assert pure.sought(without_maya, FIRST, at=moment) == (SECOND, (AMINA,))
    assert pure.sought(replace(NIGHT, able=frozenset({ELIAS})), FIRST, at=moment) == (None, (ELIAS,))
    assert pure.sought(rota(), FIRST, at=moment) == (None, (MAYA, ELIAS, AMINA))


@st.composite
def whole_weeks(draw: st.DrawFn) -> Rota:
    """A first position without a hole: each day cut at drawn times, each piece with a drawn person."""
    times = draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=1, max_size=5, unique=True).map(sorted))
    cuts = [dt.time(minutes // 60, minutes % 60) for minutes in times]
    people = st.sampled_from([MAYA, ELIAS, AMINA])
    slots = [
        Slot(draw(people), FIRST, weekday, one, other)
        for weekday in range(7)
        for one, other in pairwise([*cuts, cuts[0]])
    ]
    if len(cuts) == 1:
        slots = [replace(slot, ends=slot.starts) for slot in slots]
    return rota(*slots, zone=draw(st.sampled_from(ZONES)))


moments = st.datetimes(
    min_value=dt.datetime(2024, 1, 1), max_value=dt.datetime(2028, 1, 1), timezones=st.just(dt.UTC)
)


@given(whole=whole_weeks(), moment=moments)
def test_a_week_without_a_hole_has_somebody_on_call_at_every_moment_of_every_year(
    whole: Rota, moment: dt.datetime
) -> None:
    found = pure.on_call(whole, at=moment)
    assert found
    assert all(duty.until > moment for duty in found)


@given(whole=whole_weeks(), nights=st.sampled_from(["2026-03-29", "2026-10-25"]), minutes=st.integers(0, 300))
def test_no_minute_is_nobodys_in_the_nights_in_which_the_clocks_change(
    whole: Rota, nights: str, minutes: int
) -> None:
    london = replace(whole, zone="Europe/London")
    moment = dt.datetime.fromisoformat(f"{nights}T00:00").replace(tzinfo=dt.UTC)
    assert pure.on_call(london, at=moment + dt.timedelta(minutes=minutes))


def test_the_night_of_the_spring_is_an_hour_shorter_and_that_of_the_autumn_an_hour_longer() -> None:
    night = Slot(MAYA, FIRST, 5, dt.time(22), dt.time(6))
    lengths = [
        end - start
        for day in (dt.date(2026, 3, 28), dt.date(2026, 10, 24), dt.date(2026, 11, 28))
        for start, end in [pure.occurrence(night, day, "Europe/London")]
    ]
    assert lengths == [dt.timedelta(hours=7), dt.timedelta(hours=9), dt.timedelta(hours=8)]


@given(whole=whole_weeks(), moment=moments, able=st.sets(st.sampled_from([MAYA, ELIAS, AMINA])))
def test_every_moment_resolves_to_somebody_who_can_act_or_says_nobody(
    whole: Rota, moment: dt.datetime, able: set[UUID]
) -> None:
    some = replace(whole, able=frozenset(able))
    position, people = pure.sought(some, FIRST, at=moment)
    assert set(people) <= able
    assert bool(people) == bool(able)
    assert (position is None) == (not pure.on_call(some, at=moment))


@given(whole=whole_weeks(), moment=moments)
def test_duty_ends_when_it_says_and_not_before(whole: Rota, moment: dt.datetime) -> None:
    for duty in pure.on_call(whole, at=moment):
        last = duty.until - dt.timedelta(seconds=1)
        assert duty.user in pure.holders(whole, duty.position, at=max(moment, last))


def test_a_rota_that_reckons_in_utc_is_seen_to_change_at_the_wrong_hour() -> None:
    """The planted fault: after the change of the clocks the clinic's morning is another moment."""
    summer = dt.datetime(2026, 6, 1, 7, 30, tzinfo=dt.UTC)
    assert first_of(pure.on_call(NIGHT, at=summer)) == ELIAS
    assert first_of(pure.on_call(replace(NIGHT, zone="UTC"), at=summer)) == MAYA

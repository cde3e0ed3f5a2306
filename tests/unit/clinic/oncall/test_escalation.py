"""Which steps are due: one person, one clock; a graver alert pages again; taken without contact is not answered."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.models.page import Sought, Step
from clinic.oncall import escalation, minutes
from clinic.oncall.escalation import CEILING, Case, Due
from clinic.oncall.minutes import Minutes
from clinic.oncall.wording import AS, WHY

NOW = dt.datetime(2026, 11, 30, 3, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
URGENT, EMERGENCY = 2, 3
OWNER, PATIENT = UUID(int=7), UUID(int=9)


def case(level: int = URGENT, *, since: dt.datetime = NOW, **more: Any) -> Case:
    return replace(Case(alert=uuid4(), patient=PATIENT, level=level, since=since), **more)


def steps(*cases: Case, after: float) -> list[tuple[str, int]]:
    found = escalation.due(cases, Minutes(), at=NOW + after * MINUTE)
    return sorted((each.step.value, each.turn) for each in found)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0, {"first"}),
        (14.99, {"first"}),
        (15, {"first", "second"}),
        (30, {"first", "second", "duty_lead"}),
        (60, {"first", "second", "duty_lead", "everybody"}),
    ],
)
def test_each_step_is_due_at_its_time_and_not_before(after: float, expected: set[str]) -> None:
    assert {step for step, _turn in steps(case(), after=after)} == expected


def test_everybody_is_paged_again_each_hour_and_only_for_the_newest_of_them() -> None:
    assert ("everybody", 0) in steps(case(), after=119)
    assert ("everybody", 1) in steps(case(), after=120)
    late = [step for step in steps(case(), after=60 * 9 + 5) if step[0] == "everybody"]
    assert late == [("everybody", 8)]


@pytest.mark.parametrize("days", [1, 23, 1_400, 30_000])
def test_however_long_nobody_takes_it_each_hour_has_a_page_of_its_own_that_is_still_sent(days: int) -> None:
    late = dt.timedelta(days=days) / MINUTE
    one, next_one = (
        next(each for each in escalation.due([case()], Minutes(), at=at) if each.step == Step.EVERYBODY)
        for at in (NOW + late * MINUTE, NOW + (late + 60) * MINUTE)
    )
    assert next_one.turn == one.turn + 1
    assert NOW + late * MINUTE - one.due_at < dt.timedelta(hours=1)


@pytest.mark.parametrize("name", ["second", "lead", "everybody", "emergency_contact", "urgent_contact"])
def test_no_time_is_read_that_is_later_than_its_bound(name: str) -> None:
    far = replace(Minutes(), **{name: 720})
    assert far.bounded() == replace(Minutes(), **{name: getattr(minutes.MOST, name)})
    assert Minutes().bounded() == Minutes()
    assert minutes.MOST.go_up
    assert minutes.LEAST.go_up


def test_an_emergency_pages_the_first_and_the_second_at_once() -> None:
    assert escalation.first(case(EMERGENCY)).seeks == (Sought.FIRST, Sought.SECOND)
    assert escalation.first(case(URGENT)).seeks == (Sought.FIRST,)


def test_a_second_alert_of_the_same_person_pages_nobody_and_a_graver_one_pages_once_more() -> None:
    oldest, same = case(), case(since=NOW + MINUTE)
    graver = case(EMERGENCY, since=NOW + 2 * MINUTE)
    found = escalation.due([graver, same, oldest], Minutes(), at=NOW + 40 * MINUTE)
    assert {each.case.alert for each in found if each.step == Step.FIRST} == {oldest.alert, graver.alert}
    clocks = {each.case.alert for each in found if each.step != Step.FIRST}
    assert clocks == {oldest.alert}


def test_another_person_has_a_clock_of_their_own() -> None:
    other = replace(case(), patient=UUID(int=10))
    assert steps(case(), other, after=15) == [("first", 0)] * 2 + [("second", 0)] * 2


@pytest.mark.parametrize(("level", "after"), [(EMERGENCY, 30), (URGENT, 240)])
def test_whoever_took_it_and_recorded_no_contact_is_reminded_and_the_lead_is_paged(
    level: int, after: int
) -> None:
    taken = case(level, owner=OWNER, taken_at=NOW)
    assert steps(taken, after=after - 1) == []
    (due,) = escalation.due([taken], Minutes(), at=NOW + after * MINUTE)
    assert (due.step, due.seeks) == (Step.UNANSWERED, (Sought.OWNER, Sought.DUTY_LEAD))


def test_one_owner_of_several_alerts_of_a_person_is_reminded_once_by_the_gravest() -> None:
    grave = case(EMERGENCY, owner=OWNER, taken_at=NOW)
    other = case(URGENT, owner=OWNER, taken_at=NOW, since=NOW - MINUTE)
    (due,) = escalation.due([other, grave], Minutes(), at=NOW + 300 * MINUTE)
    assert due.case.alert == grave.alert


def test_an_hour_before_the_ceiling_everybody_is_paged_whoever_has_it() -> None:
    taken = case(owner=OWNER, taken_at=NOW)
    found = {each.step: each for each in escalation.due([taken], Minutes(), at=NOW + CEILING)}
    assert Sought.ANYBODY in found[Step.CEILING].seeks
    assert dt.timedelta(hours=12) > CEILING


def test_without_an_answer_everybody_is_paged_again_each_time_that_the_ceiling_has_passed() -> None:
    taken = case(owner=OWNER, taken_at=NOW)
    turns = [
        [turn for step, turn in steps(taken, after=hours * 60) if step == "ceiling"]
        for hours in (10, 11, 21, 22, 24 * 400)
    ]
    assert turns == [[], [0], [0], [11 * 60], [871 * 11 * 60]]


def test_an_alert_whose_owner_can_no_longer_act_waits_again_from_its_own_beginning() -> None:
    left = case(owner=OWNER, taken_at=NOW + MINUTE, owner_can_act=False)
    assert steps(left, after=31) == [("duty_lead", 0), ("first", 0), ("left", 1), ("second", 0)]


levels = st.sampled_from([URGENT, EMERGENCY])


@st.composite
def open_alerts(draw: st.DrawFn) -> list[Case]:
    return [
        Case(
            alert=draw(st.uuids()),
            patient=draw(st.sampled_from([UUID(int=1), UUID(int=2)])),
            level=draw(levels),
            since=NOW - draw(st.integers(0, 700)) * MINUTE,
            owner=(owner := draw(st.sampled_from([None, OWNER]))),
            taken_at=NOW - draw(st.integers(0, 300)) * MINUTE if owner else None,
            owner_can_act=draw(st.booleans()),
        )
        for _each in range(draw(st.integers(1, 6)))
    ]


def keys(found: list[Due]) -> set[tuple[UUID, str, int]]:
    return {each.key for each in found}


@given(cases=open_alerts(), order=st.randoms())
def test_the_answer_is_the_same_in_whatever_order_the_rows_come(cases: list[Case], order: object) -> None:
    shuffled = list(cases)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert keys(escalation.due(cases, Minutes(), at=NOW)) == keys(escalation.due(shuffled, Minutes(), at=NOW))


@given(cases=open_alerts())
def test_every_person_who_waits_has_exactly_one_clock_and_was_paged_at_once(cases: list[Case]) -> None:
    found = escalation.due(cases, Minutes(), at=NOW)
    waiting = {each.patient for each in cases if not each.is_taken}
    firsts = {each.case.patient for each in found if each.step == Step.FIRST}
    assert firsts == waiting
    later = [each for each in found if each.step == Step.SECOND]
    assert len(later) == len({each.case.patient for each in later})


@given(cases=open_alerts(), minutes=st.integers(0, 600))
def test_a_step_that_was_due_stays_due_until_it_was_made(cases: list[Case], minutes: int) -> None:
    """But for what comes again and again, of which the newest turn alone is left."""
    again = (Step.EVERYBODY, Step.CEILING)
    then = [each for each in escalation.due(cases, Minutes(), at=NOW) if each.step not in again]
    later = escalation.due(cases, Minutes(), at=NOW + minutes * MINUTE)
    assert keys(then) <= keys(later)


def test_whoever_gets_a_reopened_or_handed_alert_is_reminded_anew() -> None:
    taken = case(EMERGENCY, owner=OWNER, taken_at=NOW)
    handed = replace(taken, taken_at=NOW + 90 * MINUTE)
    once, again = (keys(escalation.due([each], Minutes(), at=NOW + 125 * MINUTE)) for each in (taken, handed))
    assert len(once) == len(again) == 1
    assert not once & again


def test_the_ceiling_of_a_reopened_alert_counts_from_its_reopening() -> None:
    late = 20 * 60 * MINUTE
    again = case(owner=OWNER, taken_at=NOW + late, again_at=NOW + late)
    assert steps(again, after=20 * 60 + 60) == []
    assert [step for step, _turn in steps(again, after=20 * 60 + 660)] == ["ceiling", "unanswered"]


def test_every_step_and_every_position_has_words_for_its_page() -> None:
    assert set(WHY) == set(Step)
    assert set(AS) == set(Sought)

"""The choice for one person as properties: what did not help is never chosen, no wish lifts a contraindication."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from clinic.activities import ACTIVITIES, Mark, Verdict, mark_of
from clinic.models.profile import Origin
from clinic.models.screening import ScreeningState
from clinic.screening import CONDITIONS
from recommendations import catalogue, fitting
from recommendations.catalogue.activities import SHIPPED, activities_of
from recommendations.catalogue.texts import Standing
from recommendations.contraindications import blocks
from recommendations.fitting import Known, Person
from recommendations.models.intervention import Intervention
from recommendations.rule_wording import INDICATIONS
from recommendations.steps import Resting

TEXTS = sorted(
    (Standing(entry, Intervention(code=entry.code)) for entry in catalogue.entries().values()),
    key=lambda each: (each.entry.rank, each.entry.code),
)
ABSENT = dict.fromkeys(CONDITIONS, ScreeningState.ABSENT)
CAREFUL = [each for each in Verdict if each not in fitting.SPEAKS_FOR]


def known(activity: str, verdict: Verdict, *, number: int = 1) -> Known:
    return Known(UUID(int=number), activity, verdict, Origin.PATIENT, dt.date(2026, 3, 2))


facts = st.builds(
    known, st.sampled_from(sorted(ACTIVITIES)), st.sampled_from(Verdict), number=st.integers(1, 99)
)
codes = st.sets(st.sampled_from(sorted(SHIPPED)), max_size=4)
persons = st.builds(
    Person,
    states=st.fixed_dictionaries({code: st.sampled_from(ScreeningState) for code in CONDITIONS}),
    known=st.lists(facts, max_size=5),
    rests=st.builds(Resting, codes=codes, in_place=codes),
)
rules = st.sets(st.sampled_from(sorted(INDICATIONS)))
careful = st.builds(known, st.sampled_from(sorted(ACTIVITIES)), st.sampled_from(CAREFUL))


def chosen_codes(person: Person, met: Sequence[str] | set[str]) -> set[str]:
    return {each.text.entry.code for each in fitting.chosen(TEXTS, met, person)}


def of_activity(activity: str) -> set[str]:
    return {text.entry.code for text in TEXTS if activity in activities_of(text.entry)}


def chosen_in_spite(person: Person, met: set[str], more: Known) -> set[str]:
    """The steps of an activity that are chosen although a fact was just added that speaks against it."""
    return of_activity(more.activity) & chosen_codes(replace(person, known=[more, *person.known]), met)


def chosen_though_blocked(person: Person, met: set[str]) -> set[str]:
    blocked = {text.entry.code for text in TEXTS if blocks(text.entry, person.states)}
    return blocked & chosen_codes(person, met)


@given(persons, rules, careful)
def test_a_fact_that_speaks_against_a_step_never_lets_it_be_chosen(
    person: Person, met: set[str], more: Known
) -> None:
    assert not chosen_in_spite(person, met, more)


@given(persons, rules)
def test_nothing_that_is_liked_or_helped_overrides_a_contraindication(person: Person, met: set[str]) -> None:
    assert not chosen_though_blocked(person, met)


@given(persons, rules, facts)
def test_the_choice_is_the_same_every_time_and_takes_no_rule_that_is_not_met(
    person: Person, met: set[str], more: Known
) -> None:
    told = replace(person, known=[*person.known, more])
    found = fitting.chosen(TEXTS, met, told)
    assert found == fitting.chosen(TEXTS, sorted(met, reverse=True), told)
    assert {each.rule for each in found} <= met
    assert len({each.text.entry.code for each in found}) == len(found) <= len(met)


@given(persons, rules)
def test_what_rests_is_not_chosen(person: Person, met: set[str]) -> None:
    assert not chosen_codes(person, met) & (person.rests.codes | person.rests.in_place)


def broken(monkeypatch: pytest.MonkeyPatch, what: str, how: Callable[..., object]) -> None:
    monkeypatch.setattr(fitting, what, how)


def test_planted_fault_a_choice_that_forgets_what_did_not_help_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(monkeypatch, "against", lambda entry, known: [])
    assert find(st.tuples(persons, rules, careful), lambda case: bool(chosen_in_spite(*case)))


def test_planted_fault_a_choice_that_forgets_the_contraindications_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(monkeypatch, "blocks", lambda entry, states: [])
    assert find(st.tuples(persons, rules), lambda case: bool(chosen_though_blocked(*case)))


def test_without_the_fault_nothing_is_found() -> None:
    with pytest.raises(NoSuchExample):
        find(st.tuples(persons, rules, careful), lambda case: bool(chosen_in_spite(*case)))


LOW = {"level_below_usual", "check_ins_below_usual", "depression_at_caseness"}


@pytest.mark.parametrize(
    ("activity", "met", "expected"),
    [
        ("people", LOW, {"social_contact"}),
        ("walking", LOW, {"planned_walk"}),
        ("meditation", {"depression_easing"}, {"short_mindfulness"}),
        ("kindness", {"depression_easing"}, {"kind_act"}),
        ("relaxing", {"anxiety_at_caseness"}, {"muscle_relaxation"}),
        ("breathing", {"anxiety_at_caseness"}, {"paced_breathing"}),
        ("meditation", LOW, {"behavioural_activation", "planned_walk", "social_contact"}),
    ],
)
def test_for_one_meditation_helps_for_another_walking_or_company(
    activity: str, met: set[str], expected: set[str]
) -> None:
    """What helped serves every rule of its family; where it belongs to another family it changes nothing."""
    assert chosen_codes(Person(ABSENT, [known(activity, Verdict.HELPED)]), met) == expected


def test_what_helped_comes_before_what_is_liked_and_that_before_the_gentlest() -> None:
    met = {"sleep_shorter_than_usual"}
    liked, helped = known("bed_for_sleep", Verdict.LIKED), known("bed_times", Verdict.HELPED, number=2)
    assert chosen_codes(Person(ABSENT), met) == {"sleep_habits"}
    assert chosen_codes(Person(ABSENT, [liked]), met) == {"stimulus_control"}
    assert chosen_codes(Person(ABSENT, [liked, helped]), met) == {"sleep_window"}


def test_a_careful_word_counts_more_than_a_good_one_about_the_same_activity() -> None:
    both = [known("sleep_habits", Verdict.HELPED), known("sleep_habits", Verdict.NO_HELP, number=2)]
    assert chosen_codes(Person(ABSENT, both), {"sleep_shorter_than_usual"}) == {"stimulus_control"}


def test_what_was_left_out_is_told_with_the_fact_that_left_it_out() -> None:
    fact = known("sleep_habits", Verdict.UNWANTED, number=7)
    (fitted,) = fitting.chosen(TEXTS, {"sleep_shorter_than_usual"}, Person(ABSENT, [fact]))
    assert (fitted.text.entry.code, fitted.left_out) == ("stimulus_control", (("sleep_habits", fact),))


@pytest.mark.parametrize("mark", [Mark(activity, verdict) for activity in ACTIVITIES for verdict in Verdict])
def test_a_mark_is_read_back_from_its_code_and_fits_the_column(mark: Mark) -> None:
    assert mark_of(mark.code) == mark
    assert len(mark.code) <= 80


@pytest.mark.parametrize(
    "code",
    [
        "",
        "urn:countersign:",
        "urn:countersign:helped|flying",
        "urn:countersign:cured|walking",
        "helped|walking",
    ],
)
def test_a_code_of_another_kind_is_no_mark(code: str) -> None:
    assert mark_of(code) is None


def test_every_shipped_step_has_an_activity_and_every_activity_a_step() -> None:
    assert set(SHIPPED) == set(catalogue.entries())
    assert {activity for named in SHIPPED.values() for activity in named} == set(ACTIVITIES)

"""Shares with their intervals, groups of few people, levels under thresholds: arithmetic, over all inputs."""

from math import sqrt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.safety.ledger.changes import Counts, Text, effect_of, of_facts
from clinic.safety.ledger.counts import Case, Line, lines
from clinic.safety.ledger.groups import is_small, masked, may_tell
from clinic.safety.ledger.outcomes import Judged
from clinic.safety.ledger.thresholds import most_sensitive
from clinic.safety.ledger.wilson import Z_95, share
from clinic.safety.levels import Level
from clinic.safety.thresholds import LEAST, MOST, Thresholds

SCORES = st.floats(0, 1)
THRESHOLDS = st.tuples(st.floats(LEAST, MOST), st.floats(LEAST, MOST)).map(
    lambda pair: Thresholds(*sorted(pair))
)
LEVELS = st.integers(0, 3)
TEXTS = st.builds(
    Text,
    before=LEVELS,
    after=LEVELS,
    category=st.sampled_from(["", "distress"]),
    acted_on=st.sampled_from(["", "a", "b"]),
    person=st.integers(0, 12),
)


@given(st.integers(0, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval_and_the_ends_solve_wilsons_equation(pair: tuple[int, int]) -> None:
    found = share(*pair)
    assert 0 <= found.low <= found.share <= found.high <= 1 or not found.of
    for end in {found.low, found.high} - {0.0, 1.0}:
        off = abs(found.share - end) / sqrt(end * (1 - end) / found.of)
        assert off == pytest.approx(Z_95, rel=1e-6)


def test_a_known_interval() -> None:
    found = share(12, 40)
    assert (round(found.low, 3), round(found.high, 3)) == (0.181, 0.454)


@given(st.integers(1, 40), st.integers(2, 5))
def test_more_of_the_same_makes_an_interval_narrower(of: int, times: int) -> None:
    few, many = share(of // 2, of), share(of // 2 * times, of * times)
    assert many.high - many.low < few.high - few.low


PEOPLE = st.integers(1, 40).flatmap(lambda most: st.sets(st.integers(0, most), max_size=40))


@given(st.dictionaries(st.text(max_size=3), PEOPLE, max_size=8))
def test_no_small_group_is_told_or_left_over_alone(groups: dict[str, set[int]]) -> None:
    hidden = masked(groups)
    told = {name: people for name, people in groups.items() if name not in hidden}
    assert not any(is_small(len(people)) for people in told.values())
    if hidden and any(told.values()):
        assert len(hidden) > 1
        assert not is_small(len(set().union(*(groups[name] for name in hidden))))


def test_the_same_few_people_in_two_groups_are_few() -> None:
    """The planted fault: 6 and 6 are 12, and yet only six people."""
    groups = {"one": set(range(6)), "two": set(range(6)), "many": set(range(30))}
    assert masked(groups) == {"one", "two", "many"}


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_part_is_told_only_where_neither_it_nor_the_rest_is_few(part: int, rest: int) -> None:
    assert may_tell(part, people_in_all=part + rest) == (not is_small(part) and not is_small(rest))


@given(THRESHOLDS, LEVELS, SCORES)
def test_no_threshold_lowers_what_the_rules_found(thresholds: Thresholds, rules: int, score: float) -> None:
    assert thresholds.joined(rules, score) >= rules


@given(THRESHOLDS, THRESHOLDS, LEVELS, SCORES)
def test_the_more_sensitive_of_two_notices_all_that_either_does(
    one: Thresholds, other: Thresholds, rules: int, score: float
) -> None:
    both = most_sensitive(one, other).joined(rules, score)
    assert both >= max(one.joined(rules, score), other.joined(rules, score))


@pytest.mark.parametrize("pair", [(0.8, 0.5), (0.0, 0.5), (0.5, 1.0)])
def test_thresholds_that_would_silence_or_flood_are_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="Thresholds"):
        Thresholds(*pair)


@given(st.lists(TEXTS, max_size=30), st.integers(0, 13))
def test_counting_in_chunks_counts_the_same(texts: list[Text], cut: int) -> None:
    """A person's texts are never in two chunks."""
    first = effect_of(text for text in texts if text.person < cut).facts  # type: ignore[operator]
    rest = [text for text in texts if text.person >= cut]  # type: ignore[operator]
    assert effect_of(rest, so_far=first).facts == effect_of(texts).facts


@given(st.lists(TEXTS, max_size=30))
def test_a_count_says_of_how_many_people_it_is(texts: list[Text]) -> None:
    counts = effect_of(texts).all
    assert counts.people.get("texts", 0) == len({text.person for text in texts})
    assert counts.people.get("lower", 0) == len({text.person for text in texts if text.after < text.before})


@given(st.lists(TEXTS, max_size=30))
def test_every_acted_on_alert_that_no_longer_opens_is_named(texts: list[Text]) -> None:
    effect = effect_of(texts)
    gone = {each.acted_on for each in texts if each.acted_on and each.before and not each.after}
    assert gone <= set(effect.lost)
    assert of_facts(effect.facts).all == effect.all


def test_a_text_that_is_noticed_as_a_line_instead_of_an_alert_counts_as_lost() -> None:
    assert Text(2, 1, acted_on="a").is_lost
    assert not Text(3, 2, acted_on="a").is_lost
    names = ("texts", "card_before", "card_after", "alert_before", "alert_after", "higher", "lower")
    assert effect_of([Text(2, 1), Text(0, 2)]).all == Counts(2, 1, 2, 1, 1, 1, 1, dict.fromkeys(names, 1))


def case(number: int, judged: Judged, *, language: str = "en", patient: int | None = None) -> Case:
    who = UUID(int=number if patient is None else patient)
    return Case(who, language, judged, ("rule",), ("distress",), 0.7)


def of_rule(cases: list[Case], *, language: str = "") -> Line:
    [line] = lines(cases, {"rule": "distress"}, floor=0.2, language=language)
    return line


def test_the_last_forty_judged_alerts_count_and_open_ones_stand_apart() -> None:
    cases = [case(number, Judged.ACTED if number % 4 == 0 else Judged.NOT_MEANT) for number in range(60)]
    line = of_rule([*cases, case(99, Judged.OPEN), case(98, Judged.APART)])
    assert line.acted is not None
    assert (line.acted.hits, line.acted.of, line.opened, line.still_open, line.apart) == (10, 40, 62, 1, 1)


def test_fewer_than_ten_alerts_or_eleven_people_say_too_little() -> None:
    assert of_rule([case(number, Judged.ACTED) for number in range(9)]).acted is None
    few = [case(number, Judged.ACTED, patient=number % 10) for number in range(30)]
    assert of_rule(few).acted is None


def test_a_language_that_leaves_few_people_over_is_not_told() -> None:
    cases = [case(number, Judged.ACTED) for number in range(30)]
    others = [case(number, Judged.ACTED, language="ru") for number in range(100, 103)]
    assert of_rule([*cases, *others], language="en").acted is None
    assert of_rule(cases, language="en").acted is not None


def test_a_rule_under_the_floor_is_marked_and_nothing_else_happens() -> None:
    low = of_rule([case(number, Judged.NOT_MEANT) for number in range(20)])
    assert low.is_low


def test_level_is_what_thresholds_give() -> None:
    thresholds = Thresholds(0.5, 0.8)
    assert [thresholds.level_of(score) for score in (0.49, 0.5, 0.8)] == [
        Level.NONE,
        Level.CONCERN,
        Level.URGENT,
    ]


def test_planted_fault_leaving_out_the_small_group_alone_would_give_it_away() -> None:
    groups = {"a few": set(range(3)), "many": set(range(10, 50)), "more": set(range(50, 110))}
    alone = {name for name, people in groups.items() if is_small(len(people))}
    everybody = sum(map(len, groups.values()))
    assert is_small(everybody - sum(len(people) for name, people in groups.items() if name not in alone))
    assert masked(groups) == {"a few", "many"}

"""From answers to a total: vectors worked by hand at every edge, and what holds for any answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.models.questionnaire import SafetyState
from clinic.questionnaires.definition import Band, Definition
from clinic.questionnaires.scoring import UnfitAnswer, band_of, complete, score
from tests.forms import ITEM_9, adding_up_to, answers, shipped, wellbeing

KEYS = ("phq9", "phq8", "gad7")


def filled(definition: Definition) -> st.SearchStrategy[dict[str, int | None]]:
    values = st.one_of(st.none(), st.sampled_from([option.value for option in definition.options]))
    return st.fixed_dictionaries({question.code: values for question in definition.questions})


@pytest.mark.parametrize(
    ("key", "total", "band"),
    [
        ("phq9", 0, "minimal"),
        ("phq9", 4, "minimal"),
        ("phq9", 5, "mild"),
        ("phq9", 9, "mild"),
        ("phq9", 10, "moderate"),
        ("phq9", 14, "moderate"),
        ("phq9", 15, "moderately severe"),
        ("phq9", 19, "moderately severe"),
        ("phq9", 20, "severe"),
        ("phq9", 24, "severe"),
        ("gad7", 4, "minimal"),
        ("gad7", 5, "mild"),
        ("gad7", 9, "mild"),
        ("gad7", 10, "moderate"),
        ("gad7", 14, "moderate"),
        ("gad7", 15, "severe"),
        ("gad7", 18, "severe"),
    ],
)
def test_totals_and_bands_at_every_edge(key: str, total: int, band: str) -> None:
    result = score(shipped(key), adding_up_to(key, total))
    assert (result.total, result.band and result.band.name, result.missing) == (total, band, 0)


def test_the_highest_totals() -> None:
    assert score(shipped("phq9"), answers("phq9", [3] * 9)).total == 27
    assert score(shipped("phq8"), answers("phq8", [3] * 8)).total == 24
    assert score(shipped("gad7"), answers("gad7", [3] * 7)).total == 21


@pytest.mark.parametrize(("key", "below", "at"), [("phq9", 9, 10), ("phq8", 9, 10), ("gad7", 7, 8)])
def test_the_caseness_line_at_its_edge(key: str, below: int, at: int) -> None:
    assert (shipped(key).is_case(below), shipped(key).is_case(at)) == (False, True)


def test_where_higher_is_better_the_case_lies_below_its_line() -> None:
    """Raw 12 and 13 of five questions with 0 to 5, times four."""
    definition = wellbeing()
    low = score(definition, {"q0": 5, "q1": 5, "q2": 2, "q3": 0, "q4": 0})
    good = score(definition, {"q0": 5, "q1": 5, "q2": 3, "q3": 0, "q4": 0})
    assert (low.total, good.total) == (48, 52)
    assert (definition.is_case(48), definition.is_case(50), definition.is_case(52)) == (True, True, False)


@pytest.mark.parametrize(
    ("values", "total", "missing"),
    [
        ([1, 1, 1, 1, 1, 1, 1, None, 1], 9, 1),
        ([2, 2, 2, 2, 1, 1, 1, None, 0], 12, 1),  # 11 of eight answers: 12.375
        ([3, 3, 2, 2, 1, None, None, 0, 0], 14, 2),  # 11 of seven answers: 14.14
        ([1, 1, 1, 0, 0, 0, 0, None, 1], 5, 1),  # 4 of eight answers: 4.5 counts as 5
        ([3, 3, 2, None, None, None, 0, 0, 0], None, 3),
        ([3, 3, 3, 3, 3, 3, 3, 3, None], None, 1),
    ],
)
def test_at_most_two_missing_answers_stand_at_the_mean_of_the_others_and_never_item_9(
    values: list[int | None], total: int | None, missing: int
) -> None:
    result = score(shipped("phq9"), answers("phq9", values))
    assert (result.total, result.missing) == (total, missing)
    assert result.estimated == (total is not None)


@pytest.mark.parametrize("key", ["phq8", "gad7"])
def test_without_a_rule_for_missing_answers_there_is_no_total(key: str) -> None:
    values = [1] * (len(shipped(key).questions) - 1)
    assert score(shipped(key), answers(key, [*values, None])).total is None


def test_item_9_left_out_is_unanswered_and_never_0() -> None:
    left_out = score(shipped("phq9"), answers("phq9", [1] * 8 + [None]))
    assert left_out.safety is SafetyState.UNANSWERED
    assert score(shipped("phq9"), answers("phq9", [1] * 8 + [0])).safety is SafetyState.NOT_REPORTED


@pytest.mark.parametrize("value", [1, 2, 3])
def test_item_9_is_reported_from_1_on_whatever_the_total_is(value: int) -> None:
    alone = answers("phq9", [0] * 8 + [value])
    assert score(shipped("phq9"), alone).safety is SafetyState.REPORTED
    with_nothing_else = {ITEM_9: value}
    assert score(shipped("phq9"), with_nothing_else).safety is SafetyState.REPORTED


@pytest.mark.parametrize("wrong", [{"44250-9": 4}, {"44250-9": -1}, {"69725-0": 1}])
def test_an_answer_that_the_instrument_does_not_offer_is_refused(wrong: dict[str, int | None]) -> None:
    with pytest.raises(UnfitAnswer):
        complete(shipped("phq9"), wrong)


@pytest.mark.parametrize("key", KEYS)
@given(drawn=st.data())
def test_a_total_is_the_sum_lies_in_the_range_and_in_one_band(key: str, drawn: st.DataObject) -> None:
    definition = shipped(key)
    given_answers = drawn.draw(filled(definition))
    result = score(definition, given_answers)
    values = [value for value in given_answers.values() if value is not None]
    assert result.missing == len(definition.questions) - len(values)
    if result.total is None:
        return
    assert definition.scoring.lowest <= result.total <= definition.scoring.highest
    assert sum(values) <= result.total
    if not result.missing:
        assert result.total == sum(values)
    assert (result.band is not None) == bool(definition.bands)


@pytest.mark.parametrize("key", KEYS)
@given(drawn=st.data())
def test_a_higher_answer_never_lowers_the_total(key: str, drawn: st.DataObject) -> None:
    definition = shipped(key)
    lower = drawn.draw(filled(definition))
    raised = drawn.draw(st.sampled_from([question.code for question in definition.questions]))
    before = lower[raised]
    if before is None or before == max(option.value for option in definition.options):
        return
    one, other = score(definition, lower).total, score(definition, lower | {raised: before + 1}).total
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert other >= one


@pytest.mark.parametrize("key", KEYS)
def test_bands_cover_the_range_without_gap_or_overlap(key: str) -> None:
    definition = shipped(key)
    if definition.bands:
        covered = [total for band in definition.bands for total in range(band.lowest, band.highest + 1)]
        assert covered == list(range(definition.scoring.lowest, definition.scoring.highest + 1))


def test_scoring_reads_its_numbers_from_the_instrument() -> None:
    """A planted other version: the same answers, another band, another threshold of the safety question."""
    phq = shipped("phq9")
    assert phq.safety is not None
    other = replace(phq, bands=(Band(0, 27, "any"),), safety=replace(phq.safety, least=3))
    same = answers("phq9", [1] * 9)
    assert (score(phq, same).band, score(other, same).band) == (phq.bands[1], Band(0, 27, "any"))
    assert score(other, same).safety is SafetyState.NOT_REPORTED
    assert band_of(other, None) is None

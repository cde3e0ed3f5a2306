"""Which side a piece of evidence stands on: only a change points anywhere, and each piece says of which day it is."""

import datetime as dt

import pytest

from clinic.models.observation import Signal
from recommendations import evidence
from recommendations.evidence import Piece, Side
from recommendations.indications import FormSignal, Score, Signals, SleepSignal
from recommendations.models.reading import MoodReading
from recommendations.rule_wording import INDICATIONS
from recommendations.wording import sentence, what_changed

TODAY = dt.date(2026, 3, 30)


def pieces(signals: Signals) -> dict[str, Piece]:
    reading = MoodReading(facts=None, as_of=TODAY, direction="likely_worse")
    return {piece.key: piece for piece in evidence.gathered(reading, signals)}


def form(signal: Signal, total: float, before: float | None, *, ago: int = 0) -> Piece:
    day = TODAY - dt.timedelta(days=ago)
    earlier = None if before is None else Score(signal, day - dt.timedelta(days=28), before)
    return pieces(Signals((FormSignal(Score(signal, day, total), earlier),)))[f"form_{signal.value}"]


@pytest.mark.parametrize(
    ("signal", "total", "before", "side"),
    [
        (Signal.PHQ9, 13, 13, Side.BESIDE),
        (Signal.PHQ9, 10, 11, Side.BESIDE),
        (Signal.GAD7, 10, 8, Side.BESIDE),
        (Signal.PHQ9, 13, None, Side.BESIDE),
        (Signal.PHQ9, 4, 4, Side.BESIDE),
        (Signal.PHQ9, 14, 8, Side.FOR),
        (Signal.GAD7, 9, 5, Side.FOR),
        (Signal.PHQ9, 8, 14, Side.AGAINST),
        (Signal.PHQ9, 14, 20, Side.AGAINST),
    ],
)
def test_only_a_reliable_change_of_a_total_points_anywhere(
    signal: Signal, total: float, before: float | None, side: Side
) -> None:
    assert form(signal, total, before).side is side


@pytest.mark.parametrize(
    ("recent", "side"), [(5.8, Side.FOR), (5.9, Side.BESIDE), (6.8, Side.BESIDE), (9.5, Side.BESIDE)]
)
def test_hours_of_sleep_never_point_the_other_way(recent: float, side: Side) -> None:
    assert pieces(Signals(sleep=SleepSignal(recent, 7, 6.8, 28)))["sleep"].side is side


def test_a_form_says_how_old_it_was_and_one_of_the_day_does_not() -> None:
    assert "It was 20 days old when this was drafted." in sentence(form(Signal.GAD7, 13, 6, ago=20)).text
    assert "old" not in sentence(form(Signal.GAD7, 13, 6)).text


def test_the_rules_use_the_words_of_a_change_and_say_what_a_range_lies_below() -> None:
    assert "reliable deterioration" in INDICATIONS["depression_rising"]
    assert "reliable deterioration" in INDICATIONS["anxiety_rising"]
    assert "below 5 in 6 of this person’s usual days" in INDICATIONS["level_below_usual"]


def test_large_swings_ask_the_psychologist_about_mania_and_small_ones_do_not() -> None:
    facts = {"usual_middle": 6, "recent_lowest": 2, "recent_highest": 10, "below_usual": 0, "recent_days": 14}
    wide = what_changed(facts | {"swing_recent": 5.9, "swing_usual": 1.0})
    assert wide == "Moves by 5.9 from day to day; usual 1. Swings are large: consider mania screening."
    assert "mania" not in what_changed(facts | {"swing_recent": 1.2, "swing_usual": 1.0})

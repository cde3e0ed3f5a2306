"""What a reading stands on, why it is held back, and where no line may be drawn."""

import numpy as np
import pytest

from recommendations.scoring.direction import Direction
from recommendations.scoring.evidence import NEVER, HeldBack, evidence, gap_days
from recommendations.scoring.mood import MOOD_1
from recommendations.scoring.series import by_series
from tests.unit.recommendations.scoring.chunks import check_causal, history, latest, synthetic

RULES = MOOD_1.rules


def pattern(marks: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """One patient's days: x for a day with data, a dot for one without."""
    return np.array([6.0 if mark == "x" else np.nan for mark in marks])[None, :, None]


@pytest.mark.parametrize(
    ("marks", "reason", "little"),
    [
        ("....", HeldBack.NO_DATA, False),
        ("xxxx", HeldBack.TOO_FEW_DAYS, False),
        ("xxxxx", HeldBack.NONE, True),
        ("x.x.x.x.x", HeldBack.NONE, True),
        ("xxxxx...", HeldBack.NONE, True),
        ("xxxxx....", HeldBack.GAP, False),
        ("xxxxx....x", HeldBack.NONE, True),
        ("x" * 13, HeldBack.NONE, True),
        ("x" * 14, HeldBack.NONE, False),
        ("x" * 20 + "." * 10 + "xxxx", HeldBack.TOO_FEW_DAYS, False),
        ("x" * 20 + "." * 104, HeldBack.NO_DATA, False),
        ("x" + "." * 13 + "xxxx", HeldBack.TOO_FEW_DAYS, False),
    ],
)
def test_a_reading_is_held_back_with_its_reason(marks: str, reason: HeldBack, little: bool) -> None:
    reading = latest(pattern(marks))
    assert reading.evidence.held_back[0, 0, 0] == reason
    assert reading.evidence.little_data[0, 0, 0] == little
    shown = ~np.isnan([getattr(reading.figures, part)[0, 0, 0] for part in ("level", "low", "next_high")])
    assert shown.tolist() == [reason == HeldBack.NONE] * 3
    assert (reading.figures.direction[0, 0, 0] == Direction.NOT_SCORED) == (reason != HeldBack.NONE or little)


def test_the_counts_say_what_is_known_on_each_day() -> None:
    found = evidence(by_series(pattern(".xx." + "x" * 14)), rules=RULES)
    assert found.recent_days[0, 0].tolist() == [0, 1, 2, 2, *range(3, 14), 13, 13, 14]
    assert found.history_days[0, 0].tolist() == [0, 1, 2, 2, *range(3, 17)]
    assert found.days_since_data[0, 0].tolist() == [NEVER, 0, 0, 1, *[0] * 14]


def test_no_line_is_drawn_across_a_gap_of_more_than_3_days() -> None:
    marks = "..xx...xx....xx.x....."
    gaps = gap_days(~np.isnan(pattern(marks)[..., 0]), rules=RULES)
    assert (
        "".join("-" if gap else mark for mark, gap in zip(marks, gaps[0], strict=True))
        == "..xx...xx----xx.x-----"
    )


def test_nothing_is_shown_from_the_fourth_silent_day_on_whatever_the_mood_was() -> None:
    for value in (0.0, 5.0, 10.0):
        days = np.full((1, 40, 1), np.nan)
        days[0, :30] = value
        assert np.isnan(history(days).figures.level[0, 30:, 0]).tolist() == [False] * 3 + [True] * 7


def test_evidence_knows_no_future() -> None:
    values = synthetic(6, 60, seed=10, missing=0.6)
    check_causal(lambda some: history(some).evidence.held_back, values, 30)
    check_causal(lambda some: history(some).evidence.days_since_data, values, 30)

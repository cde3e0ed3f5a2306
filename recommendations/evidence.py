"""What a draft rests on: measured facts in three parts, as codes and numbers that the digest can cover.

`recommendations.wording` turns them into sentences. Each piece has a key by which a reviewer names it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recommendations.indications import NONE, FormSignal, Signals, SleepSignal
from recommendations.models.reading import MoodReading
from recommendations.releases import SUGGEST_PARAMETERS


class Side(StrEnum):
    """Where a piece of evidence points: to a change, away from one, to neither; or what the model cannot see.

    How somebody is, is no change: a total at caseness and hours of sleep as ever speak neither for one nor against it.
    """

    FOR = "for"
    AGAINST = "against"
    BESIDE = "beside"
    UNSEEN = "unseen"


class Weight(StrEnum):
    """How much a piece counts, in the words that the page uses."""

    STRONG = "strong"
    MEDIUM = "medium"
    SMALL = "small"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Piece:
    """One measured fact with the numbers that its sentence needs."""

    key: str
    side: Side
    weight: Weight
    figures: Mapping[str, float | int | str]

    def stored(self) -> dict[str, Any]:
        """The piece as JSON."""
        return {"key": self.key, "side": self.side, "weight": self.weight, "figures": dict(self.figures)}


def pieces_of(stored: list[dict[str, Any]]) -> list[Piece]:
    """The pieces that a suggestion's `facts` hold."""
    return [
        Piece(each["key"], Side(each["side"]), Weight(each["weight"]), each["figures"]) for each in stored
    ]


def gathered(reading: MoodReading, signals: Signals = NONE, of_profile: Sequence[Piece] = ()) -> list[Piece]:
    """Everything that this reading's facts, the other signals and the profile say, in the order of the page."""
    facts = reading.facts or {}
    found = [_below(facts), level_piece(reading), _run(facts), _swing(facts), _inside(facts), _gap(facts)]
    found += [*(_form(form, reading.as_of) for form in signals.forms), _sleep(signals.sleep), *of_profile]
    unread = "only_these_sources" if signals.forms or signals.sleep or of_profile else "only_check_ins"
    unseen = [
        Piece(unread, Side.UNSEEN, Weight.NONE, {}),
        Piece("notes_not_read", Side.UNSEEN, Weight.NONE, {}),
        *([Piece("profile_words_not_read", Side.UNSEEN, Weight.NONE, {})] if of_profile else []),
    ]
    return [piece for piece in found if piece] + unseen


def _below(facts: Mapping[str, Any]) -> Piece | None:
    below = facts.get("below_usual") or 0
    if not below:
        return None
    figures = {
        "count": int(below),
        "days": int(facts["recent_days"]),
        "lowest": facts["recent_lowest"],
        "highest": facts["recent_highest"],
        "usual": facts["usual_middle"],
    }
    return Piece("below_usual", Side.FOR, Weight.STRONG if below >= 5 else Weight.MEDIUM, figures)


def level_piece(reading: MoodReading) -> Piece | None:
    """The level with its interval against the usual range, where both are known."""
    if reading.level is None or reading.usual_low is None or reading.lower is None or reading.upper is None:
        return None
    figures = {
        "level": round(reading.level, 1),
        "lower": round(reading.lower, 1),
        "upper": round(reading.upper, 1),
        "usual_low": round(reading.usual_low, 1),
        "usual_high": round(reading.usual_high or 0.0, 1),
    }
    side = Side.FOR if reading.direction == "likely_worse" else Side.AGAINST
    return Piece("level", side, Weight.STRONG if side is Side.FOR else Weight.MEDIUM, figures)


def _run(facts: Mapping[str, Any]) -> Piece | None:
    run = facts.get("run_below") or 0
    return Piece("run_below", Side.FOR, Weight.MEDIUM, {"days": int(run)}) if run >= 3 else None


def _swing(facts: Mapping[str, Any]) -> Piece | None:
    recent, usual = facts.get("swing_recent"), facts.get("swing_usual")
    if recent is None or usual is None:
        return None
    side = Side.FOR if recent >= 1.5 * usual else Side.AGAINST
    figures = {"recent": round(recent, 1), "usual": round(usual, 1)}
    return Piece("swing", side, Weight.MEDIUM if side is Side.FOR else Weight.SMALL, figures)


def _inside(facts: Mapping[str, Any]) -> Piece | None:
    if facts.get("below_usual") is None:
        return None
    count = int(facts["recent_days"]) - int(facts["below_usual"])
    figures = {"count": count, "days": int(facts["recent_days"])}
    return Piece("not_below", Side.AGAINST, Weight.SMALL, figures) if count else None


def _gap(facts: Mapping[str, Any]) -> Piece | None:
    gap = int(facts.get("longest_gap") or 0)
    return Piece("gap", Side.AGAINST, Weight.SMALL, {"days": gap}) if gap > 3 else None


def _form(form: FormSignal, as_of: dt.date) -> Piece:
    """A questionnaire's total with its day, and by how much it moved since the one it is compared with.

    Only a reliable change points anywhere (SR-8): a rise speaks for a change, a fall the other way, anything smaller
    neither way, whatever the total is.
    """
    rules, change = SUGGEST_PARAMETERS["questionnaire"], form.change
    reliable = rules["reliable_change"][form.newest.signal.value]
    rose = change is not None and change >= reliable
    fell = change is not None and -change >= reliable
    figures: dict[str, float | int | str] = {
        "form": form.newest.signal.value,
        "total": form.newest.value,
        "day": form.newest.day.isoformat(),
        "age": (as_of - form.newest.day).days,
    }
    if form.before and change is not None:
        figures |= {"before": form.before.value, "before_day": form.before.day.isoformat()}
    weight = Weight.STRONG if rose else Weight.MEDIUM
    side = Side.FOR if rose else Side.AGAINST if fell else Side.BESIDE
    return Piece(f"form_{form.newest.signal.value}", side, weight, figures)


def _sleep(sleep: SleepSignal | None) -> Piece | None:
    if sleep is None:
        return None
    shorter = sleep.usual - sleep.recent >= SUGGEST_PARAMETERS["sleep_shorter_than_usual"]["least_hours"]
    figures = {
        "recent": round(sleep.recent, 1),
        "nights": sleep.recent_nights,
        "usual": round(sleep.usual, 1),
        "usual_nights": sleep.usual_nights,
    }
    side, weight = (Side.FOR, Weight.MEDIUM) if shorter else (Side.BESIDE, Weight.SMALL)
    return Piece("sleep", side, weight, figures)

"""Synthetic check-ins: a seeded generator, one story per fictional person.

Each day's mood is the story's level plus noise with some memory (AR(1), 0.35), rounded and kept in 0 to 10; about
one day in five has no check-in. The seed is the record number, so a person has the same past in every clone; only
the dates move with today. Nothing here is data about a real person.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from clinic.clock import zone_of
from recommendations.demo.people import Person

MEMORY = 0.35
MISSING = 0.2
NOTED = 0.22

Level = Callable[[int, int], float | None]
"""(days ago, days in all) to the level of that day; None where the person is silent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One synthetic check-in."""

    happened_at: dt.datetime
    mood: int
    feelings: tuple[str, ...]
    note: str


def _steady(ago: int, days: int) -> float:
    return 6.3


def _slow_fall(ago: int, days: int) -> float:
    return 6.4 if ago > 26 else 6.4 - 3.2 * (26 - ago) / 26


def _slow_fall_with_gap(ago: int, days: int) -> float | None:
    if 16 <= ago <= 20:
        return None
    return 6.2 if ago > 15 else max(6.2 - 3.6 * (15 - ago) / 10, 2.8)


def _sudden_fall(ago: int, days: int) -> float:
    return 6.6 if ago > 11 else 3.4


def _recovery(ago: int, days: int) -> float:
    if ago > 70:
        return 6.5
    if ago > 48:
        return 6.5 - 3.4 * (70 - ago) / 22
    return min(3.1 + 3.2 * (48 - ago) / 30, 6.4)


def _swings(ago: int, days: int) -> float:
    return 5.8 if ago > 20 else 5.8 + (2.6 if ago % 2 else -2.6)


def _gap_now(ago: int, days: int) -> float | None:
    return 5.9 if ago > 6 else None


def _too_little(ago: int, days: int) -> float | None:
    return 5.0 if ago % 9 == 1 else None  # yesterday, so that it is there at any hour of today


STORIES: dict[str, Level] = {
    "steady": _steady,
    "slow_fall": _slow_fall,
    "slow_fall_with_gap": _slow_fall_with_gap,
    "sudden_fall": _sudden_fall,
    "recovery": _recovery,
    "swings": _swings,
    "gap_now": _gap_now,
    "too_little": _too_little,
    "alert_open": _slow_fall,
    "alert_taken": _slow_fall,
    "blocked": _sudden_fall,
    "ai_withdrawn": _steady,
    "not_shared": _steady,
    "ai_stopped": _slow_fall,
    "rejected": _sudden_fall,
}

LOW_NOTES = (
    "Slept badly again. Stayed in.",
    "Cancelled lunch with Ada. Could not face the bus.",
    "Everything takes so long.",
    "Sat in the kitchen most of the morning.",
    "Argued about the heating again.",
    "Did the washing up, nothing else.",
    "Rain. Did not open the curtains.",
    "Work rang twice. I did not pick up.",
)
MIDDLE_NOTES = (
    "An ordinary day.",
    "Work, home, telly.",
    "Bit tired, fine otherwise.",
    "Walked to the shop and back.",
    "Phoned my brother.",
    "Slow start, better after lunch.",
    "Made soup. Enough for two days.",
    "Busy. No time to think, which helped.",
)
HIGH_NOTES = (
    "Laughed a lot at choir.",
    "Good talk with Sam. Slept well.",
    "Sun out. Long walk by the water.",
    "Finished the shelf. Pleased with it.",
    "Breakfast with everyone. Nice.",
    "A good day, felt like my old self.",
)
FEELINGS = {
    "low": ("sad", "tired", "anxious", "lonely", "numb"),
    "middle": ("tired", "calm", "content"),
    "high": ("calm", "content", "hopeful", "connected"),
}


def entries_of(person: Person, *, now: dt.datetime) -> list[Entry]:
    """The person's check-ins up to `now`, oldest first, at ordinary times of the day in their own zone."""
    chance, level = random.Random(person.record_number), STORIES[person.story]  # noqa: S311  synthetic data
    zone, memory, found = zone_of(person.zone), 0.0, []
    today = now.astimezone(zone).date()
    for ago in range(person.days, -1, -1):
        memory = MEMORY * memory + chance.gauss(0, 0.75)
        moment = dt.time(chance.randint(7, 21), chance.randint(0, 59))
        happened_at = dt.datetime.combine(today - dt.timedelta(days=ago), moment, tzinfo=zone)
        missing, words, value = chance.random() < MISSING, _words(chance), level(ago, person.days)
        if value is None or (missing and person.story != "too_little") or happened_at > now:
            continue
        mood = min(max(round(value + memory), 0), 10)
        found.append(Entry(happened_at, mood, *words(mood)))
    return found


def _words(chance: random.Random) -> Callable[[int], tuple[tuple[str, ...], str]]:
    """Draws the day's feelings and note; they are picked by mood once it is known."""
    feeling, note, noted = chance.random(), chance.random(), chance.random() < NOTED

    def pick(mood: int) -> tuple[tuple[str, ...], str]:
        band, notes = _band(mood)
        words = FEELINGS[band]
        text = notes[int(note * len(notes))] if noted else ""
        return (words[int(feeling * len(words))],), text

    return pick


def _band(mood: int) -> tuple[str, tuple[str, ...]]:
    if mood <= 4:
        return "low", LOW_NOTES
    return ("middle", MIDDLE_NOTES) if mood <= 6 else ("high", HIGH_NOTES)

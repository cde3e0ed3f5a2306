"""A stronger reader that a clinic plugs in: it can raise, never lower, and help never waits for it."""

import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest

from clinic.safety import readers
from clinic.safety.classifier.model import Judgement
from clinic.safety.detect import RULES, detect, name_of
from clinic.safety.levels import Level
from clinic.safety.readers import Bounded

QUIET = "Slept well. Walked the dog."
OUTRIGHT = "I want to kill myself"
Judge = Callable[[str], Judgement]


def says(score: float, category: str = "psychosis") -> Judge:
    return lambda _text: Judgement(score, category, (score,) * 4)


def fails(_text: str) -> Judgement:
    raise ConnectionError("the endpoint is gone")


class Asks:
    """A reader made of a function."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge


@pytest.fixture
def plug_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Judge], Bounded]:
    def plug(judge: Judge) -> Bounded:
        bounded = Bounded("stronger", Asks(judge), longest=0.2)
        monkeypatch.setattr(readers, "plugged_in", lambda: (bounded,))
        return bounded

    return plug


@pytest.fixture
def hanging() -> Iterator[Judge]:
    over = Event()

    def hang(_text: str) -> Judgement:
        over.wait(30)
        return Judgement(0.0, "distress", (0.0,) * 4)

    yield hang
    over.set()


def test_it_raises_what_rules_and_classifier_left(plug_in: Callable[[Judge], Bounded]) -> None:
    assert detect(QUIET, language="en").level is Level.NONE
    plug_in(says(0.97))
    found = detect(QUIET, language="en")
    assert (found.level, found.card, found.score) == (
        Level.URGENT,
        "crisis",
        0.97,
    ) or found.card == "psychosis"
    assert found.words[0] in QUIET


def test_it_lowers_nothing(plug_in: Callable[[Judge], Bounded]) -> None:
    before = detect(OUTRIGHT, language="en")
    plug_in(says(0.0))
    after = detect(OUTRIGHT, language="en")
    assert (after.level, after.rules, after.words) == (before.level, before.rules, before.words)
    assert after.score >= before.score
    assert after.classifier >= before.classifier


def test_a_kind_that_nobody_knows_has_the_gentlest_card(plug_in: Callable[[Judge], Bounded]) -> None:
    plug_in(says(0.8, "melancholia"))
    assert detect(QUIET, language="en").categories == ("distress",)


def test_where_it_fails_rules_and_classifier_stand(plug_in: Callable[[Judge], Bounded]) -> None:
    before = detect(OUTRIGHT, language="en").level
    plug_in(fails)
    assert detect(OUTRIGHT, language="en").level is before


def test_where_it_hangs_nobody_waits_and_a_fifth_text_is_not_even_asked(
    plug_in: Callable[[Judge], Bounded], hanging: Judge
) -> None:
    bounded = plug_in(hanging)
    started = time.monotonic()
    for _text in range(readers.AT_ONCE):
        assert detect(OUTRIGHT, language="en").level >= Level.URGENT
    assert time.monotonic() - started < 10
    asked = time.monotonic()
    assert bounded.judged(QUIET) is None
    assert time.monotonic() - asked < 0.15


def test_what_was_plugged_in_stands_with_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = name_of(RULES)
    monkeypatch.setenv(readers.VARIABLE, "clinic_readers.embedding.reader")
    assert name_of(RULES) == f"{alone}+{readers.digest()}"
    assert len(name_of(RULES)) <= 64


def test_one_that_cannot_be_loaded_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(readers.VARIABLE, "clinic_readers.missing.reader")
    readers.plugged_in.cache_clear()
    found = readers.can_be_loaded()
    monkeypatch.delenv(readers.VARIABLE)
    readers.plugged_in.cache_clear()
    assert [each.id for each in found] == ["countersign.E014"]
    assert readers.can_be_loaded() == []

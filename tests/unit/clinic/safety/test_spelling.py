"""Disguised, misspelt, glued and cut words are read as words of the rules."""

import pytest

from clinic.safety.apart import rejoin
from clinic.safety.lexicon import Lexicon
from clinic.safety.normalise import readings, skeleton
from clinic.safety.spelling import RuleSpeller

WORDS = [
    "i",
    "want",
    "to",
    "die",
    "kill",
    "myself",
    "suicide",
    "dont",
    "live",
    "end",
    "it",
    "all",
    "rapist",
    "the",
]
LEXICON = Lexicon(words=map(skeleton, WORDS), stems=["suicid"])
SPELLER = RuleSpeller(
    LEXICON,
    strong=["suicide", "myself"],
    telling=map(skeleton, ["die", "kill", "suicide", "myself", "live", "rapist"]),
    short=["i", "to", "it"],
    whole=["therapist"],
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("k1ll", "kill"),
        ("ki11", "kill"),
        ("k!ll", "kill"),
        ("k|ll", "kill"),
        ("d1e", "die"),
        ("d!e", "die"),
        ("$uicide", "suicide"),
        ("su1c1d3", "suicide"),
        ("s*icide", "suicide"),
        ("su**ide", "suicide"),
        ("k*ll", "kill"),
        ("kiII", "kill"),
        ("mys3lf", "myself"),
        ("sucide", "suicide"),
        ("suicidee", "suicide"),
        ("mysefl", "myself"),
        ("killmyself", "kill myself"),
        ("wanttodie", "want to die"),
        ("iwanttokillmyself", "i want to kill myself"),
    ],
)
def test_a_disguised_word_is_read_as_it_was_meant(raw: str, words: str) -> None:
    read = SPELLER.respell(raw)
    meant = (raw,) if read is None else read
    assert [skeleton(word) for word in meant] == [skeleton(word) for word in words.split()]


@pytest.mark.parametrize(
    "raw", ["therapist", "hello", "42", "10:30", "b4", "fine!", "kill", "suicidality", "endit2"]
)
def test_other_words_are_read_as_typed(raw: str) -> None:
    assert SPELLER.respell(raw) is None


def test_therapist_would_be_cut_if_it_were_not_listed() -> None:
    careless = RuleSpeller(LEXICON, strong=[], telling=["rapist"], short=[], whole=[])
    assert careless.respell("therapist") == ("the", "rapist")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("k i l l myself", "kill myself"),
        ("k.i.l.l myself", "kill myself"),
        ("I want to d-i-e", "i want to die"),
        ("d i i e", "die"),
        ("i w a n t t o d i e", "i want to die"),
        ("my self", "myself"),
        ("sui cide", "suicide"),
        ("k 1 l l", "kill"),
    ],
)
def test_pieces_of_words_are_put_together(text: str, meant: str) -> None:
    *_typed, last = readings(text, speller=SPELLER)
    assert [word for word in last.words if word] == [skeleton(word) for word in meant.split()]


def test_pieces_keep_the_place_of_all_their_letters() -> None:
    text = "please k. i. l. l me"
    *_typed, last = readings(text, speller=SPELLER)
    assert [text[start:end] for start, end in last.spans if end > start] == ["please", "k. i. l. l", "me"]


@pytest.mark.parametrize("text", ["I, a doctor", "a b c d", "1 2 3 4 5", "x y z"])
def test_letters_that_spell_nothing_stay_apart(text: str) -> None:
    (typed,) = readings(text, speller=SPELLER)
    assert rejoin(typed, lexicon=LEXICON, strong=frozenset()) is None


def test_letters_are_cut_into_the_fewest_words() -> None:
    parts = LEXICON.segment("iwantodie")
    assert ["iwantodie"[part.start : part.end] for part in parts] == ["i", "want", "to", "die"]


def test_letters_between_words_stay_single() -> None:
    parts = LEXICON.segment("xqdiezz")
    assert [(part.end - part.start, part.known) for part in parts] == [
        (1, False), (1, False), (3, True), (1, False), (1, False),
    ]  # fmt: skip

"""One spelling for each word, and the place where it stood."""

import pytest

from clinic.safety.normalise import FULL_STOP, Reading, readings, skeleton


class AsTyped:
    """A speller that knows no words: texts are read as typed."""

    def respell(self, raw: str) -> tuple[str, ...] | None:
        return None

    def rejoin(self, reading: Reading) -> Reading | None:
        return None


def typed(text: str) -> Reading:
    (reading,) = readings(text, speller=AsTyped())
    return reading


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("KILL", "kil"),
        ("kiiilll", "kil"),
        ("can't", "cant"),
        ("can’t", "cant"),
        ("canʼt", "cant"),
        ("can`t", "cant"),
        ("kıll", "kil"),
        ("ki\u200bll", "kil"),
        ("ki\u00adll", "kil"),
        ("k\u0336i\u0336l\u0336l", "kil"),
        ("Ｋｉｌｌ", "kil"),
        ("𝓴𝓲𝓵𝓵", "kil"),
        ("ⓚⓘⓛⓛ", "kil"),
        ("🅺🅸🅻🅻", "kil"),
        ("🇰🇮🇱🇱", "kil"),
        ("кіll", "kil"),
        ("ΚΙLL", "kil"),
        ("café", "cafe"),
        ("Oʻzimni", "ozimni"),
        ("O'zimni", "ozimni"),
        ("O‘zimni", "ozimni"),
        ("Oʼzimni", "ozimni"),
        ("", ""),
        ("\u200b\u200d", ""),
    ],
)
def test_a_word_has_one_plain_form(word: str, plain: str) -> None:
    assert skeleton(word) == plain


@pytest.mark.parametrize("word", ["Ўзимни", "ўзимни", "УЗИМНИ", "узимни", "y3имни".replace("3", "з")])
def test_uzbek_cyrillic_is_one_form_with_and_without_its_marks(word: str) -> None:
    assert skeleton(word) == skeleton("ўзимни")


def test_different_words_stay_different() -> None:
    words = ["kill", "will", "live", "love", "die", "dye", "hurt", "hunt", "жить", "есть", "пить"]
    assert len({skeleton(word) for word in words}) == len(words)


def test_each_word_keeps_its_place_in_the_original() -> None:
    text = "I’m  fine,\nreally — k\u200bill!"
    reading = typed(text)
    assert [text[start:end] for start, end in reading.spans if end > start] == [
        "I’m",
        "fine",
        "really",
        "k\u200bill",
    ]


def test_a_sentence_ends_at_a_full_stop_but_not_at_an_ellipsis_or_a_line_break() -> None:
    assert typed("one. two? three! four\n\nfive").words == [
        "one", FULL_STOP, "two", FULL_STOP, "thre", FULL_STOP, "four", FULL_STOP, "five",
    ]  # fmt: skip
    assert typed("one... two… three\nfour, five; six").words == ["one", "two", "thre", "four", "five", "six"]


def test_a_pause_is_marked_before_the_word_that_follows_it() -> None:
    assert list(typed("no, yes and\nthen - so well-meant").soft) == [0, 1, 0, 1, 1, 0, 0]


def test_a_sign_between_letters_cuts_a_word_that_is_read_as_typed() -> None:
    assert typed("fine!now").words == ["fine", FULL_STOP, "now"]
    assert typed("a*b").words == ["a", "b"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😭😭", "...", "$$$$", "\u200b", "\ud800"])
def test_a_text_without_words_is_an_empty_reading(text: str) -> None:
    assert typed(text).words == []

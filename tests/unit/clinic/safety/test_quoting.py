"""An alert discloses the sentence that holds what matched, and nothing of the others."""

from hypothesis import given
from hypothesis import strategies as st

from clinic.safety.detect import detect
from clinic.safety.quoting import CUT, LONGEST, quote

SENTENCE = st.from_regex(r"\A[a-z]{1,12}(?: [a-z]{1,12}){0,8}[.!?]\Z")


def quoted(text: str, words: str) -> str:
    start = text.index(words)
    return quote(text, start, start + len(words))


def test_the_whole_sentence_is_disclosed_and_nothing_beside_it() -> None:
    text = "We had tea. The voices tell me to hurt my mother tonight! Then I slept."
    assert quoted(text, "voices tell me to hurt") == "The voices tell me to hurt my mother tonight!"


def test_words_across_two_sentences_or_lines_disclose_both_on_one_line() -> None:
    assert quoted("One. I want\nto die. Three.", "want\nto die") == "I want to die."


def test_a_longer_sentence_is_cut_around_the_words_and_says_so() -> None:
    found = quoted("a " * 400 + "I want to die " + "b " * 400, "want to die")
    assert found.startswith(CUT)
    assert found.endswith(CUT)
    assert "want to die" in found
    assert len(found) <= LONGEST + 2 * len(CUT)


@given(st.lists(SENTENCE, max_size=4), SENTENCE, st.lists(SENTENCE, max_size=4))
def test_whatever_stands_around_it_only_the_sentence_itself_is_quoted(
    before: list[str], sentence: str, after: list[str]
) -> None:
    text = " ".join([*before, sentence, *after])
    start = len(" ".join([*before, ""])) if before else 0
    assert quote(text, start, start + len(sentence) - 1) == sentence


@given(st.text(max_size=900), st.integers(0, 900), st.integers(1, 900))
def test_a_quote_is_bounded_and_holds_the_words_whatever_the_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = quote(text, start, end)
    assert len(found) <= LONGEST + 2 * len(CUT)
    words = text[start:end].strip()
    if words and len(words) <= LONGEST and not set(words) & set("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        assert words in found


def test_the_detector_quotes_sentences() -> None:
    found = detect("Anna came. I want to kill myself tonight. We had tea.", language="en")
    assert found.words == ("I want to kill myself tonight.",)

"""What stands around words of danger: harmless sentences, films and games, denials taken back, signs between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.safety.classifier import corpus
from clinic.safety.classifier.model import Judgement, shipped
from clinic.safety.detect import detect
from clinic.safety.judging import Judged, judged
from clinic.safety.levels import Level
from clinic.safety.sentences import MOST, parts_of, sentences_of
from clinic.safety.steadying import steadied, without_stops

EVERYDAY = [
    each.text if each.text[-1] in ".!?" else f"{each.text}."
    for each in corpus.own("en")
    if each.style == "everyday"
][::37]
NOTICED = [each.text for each in corpus.own("en") if each.needs_help and each.style == "plain"][::31]
everyday = st.lists(st.sampled_from(EVERYDAY), max_size=6).map(" ".join)
BESIDE = ["{} after the film", "{} and the news is on", "{}, song on", "I was reading my book, {}"]
TAKEN_BACK = [
    "I said I wasn't suicidal but I am.",
    "I told my wife I'm not suicidal. I lied.",
    "I'm not going to kill myself. That's what I told the doctor so she'd let me go home. I have it all planned.",
    "my uncle touches me and says it's our game",
    "I took all my pills an hour ago and put on our song",
    "I took all my pills while watching a movie",
]


def level(text: str) -> Level:
    return detect(text, language="en").level


@given(st.sampled_from(NOTICED), everyday, everyday)
def test_no_harmless_sentence_lowers_the_score_of_those_it_stands_beside(
    text: str, before: str, after: str
) -> None:
    """The part that holds the words alone is among those that are judged."""
    note = f"{before}\n\n{text}.\n\n{after}"
    parts = [note[slice(*part)] for part in parts_of(note)] or [note]
    assert any(text in part for part in parts) or len(sentences_of(text)) > 1
    assert judged(note, shipped()).gravest.score >= max(shipped().judge(part).score for part in parts)


def test_most_disclosures_are_noticed_among_harmless_sentences() -> None:
    alone = [text for text in NOTICED if level(text)]
    kept = [level(f"{EVERYDAY[n % 40]} {text}. {EVERYDAY[n % 31]}") for n, text in enumerate(alone)]
    assert sum(found > Level.NONE for found in kept) >= 0.8 * len(alone)


def test_planted_fault_judged_as_a_whole_most_of_them_would_be_lost() -> None:
    notes = [f"{EVERYDAY[n % 40]} {text}. {EVERYDAY[n % 31]}" for n, text in enumerate(NOTICED)]
    assert sum(shipped().judge(note).score >= 0.75 for note in notes) < 0.5 * len(notes)


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize(
    "text", ["I took all my pills tonight", "I want to kill myself", "my dad is hitting me right now"]
)
def test_a_film_a_song_or_a_game_beside_it_does_not_silence_what_is_said_of_now(
    text: str, beside: str
) -> None:
    assert level(beside.format(text)) > Level.NONE


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_what_is_taken_back_or_said_beside_a_pastime_is_an_alert(text: str) -> None:
    assert level(text) >= Level.URGENT


@pytest.mark.parametrize("between", [". ", ".", " ? ", "\n\n", " … "])
def test_signs_between_words_lower_nothing(between: str) -> None:
    words = ["I", "want", "to", "kill", "myself"]
    assert level(between.join(words)) >= Level.URGENT


@pytest.mark.parametrize("text", ["", "One.", "I slept well"])
def test_one_sentence_is_judged_as_a_whole_only(text: str) -> None:
    assert parts_of(text) == []
    assert judged(text, shipped()) == Judged(shipped().judge(text))


def test_a_sentence_alone_counts_for_less_than_it_would_as_a_whole_and_is_not_asked_by_rules() -> None:
    text = "The train to the sea was late again this morning. I want to end it tonight."
    found = judged(text, shipped())
    own = shipped().judge("I want to end it tonight.").score
    assert own > max(found.alone[1].score, found.whole.score)
    assert found.gravest == found.alone[1]
    assert found.near(0, len(text)) == found.whole.score


@given(st.floats(0.001, 0.999), st.floats(0, 5))
def test_lowered_odds_keep_the_order_and_never_rise(share: float, by: float) -> None:
    one = Judgement(share, "none", (share,) * 4)
    assert one.less(by).score <= share + 1e-9
    assert one.less(0).score == pytest.approx(share)
    assert one.less(by).joint[3] == one.less(by).score


def test_of_a_very_long_text_both_ends_are_judged_sentence_by_sentence() -> None:
    text = "I want to begin here. " + "We had soup today. " * 1000 + "I want to end here."
    found = [text[slice(*part)] for part in sentences_of(text)]
    assert len(found) == 2 * MOST
    assert (found[0].strip(), found[-1].strip()) == ("I want to begin here.", "I want to end here.")


def test_a_sentence_without_an_end_is_judged_in_stretches() -> None:
    text = (
        "so then we went to the shop and " * 6
        + "i want to kill myself and "
        + "then we had some more soup and " * 6
    )
    assert any("i want to kill myself" in text[slice(*part)] for part in parts_of(text))
    assert level(text) >= Level.URGENT


@given(st.text(max_size=300))
def test_steadying_leaves_every_character_in_its_place(text: str) -> None:
    assert len(steadied(text)) == len(text)


def test_marks_that_no_letter_carries_are_left_out_and_those_of_languages_stay() -> None:
    assert steadied("e" + "\u0301" * 9) == "e" + "\u0301" * 4 + "\u200b" * 5
    assert steadied("Việt Nam, naïve, Ўзбек") == "Việt Nam, naïve, Ўзбек"


@pytest.mark.parametrize("text", ["I slept well. We had soup. The bus was late.", "Yes. No.", "Fine"])
def test_ordinary_sentences_keep_their_stops(text: str) -> None:
    assert without_stops(text) is None

"""The classifier raises what the rules found and never lowers it, whatever it says."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.safety.classifier import corpus
from clinic.safety.classifier.model import Judgement, shipped
from clinic.safety.detect import RULES, detect, detect_with
from clinic.safety.detection import Detection
from clinic.safety.judging import Reader, judged
from clinic.safety.levels import Level
from clinic.safety.raising import CLASSIFIER, raised
from clinic.safety.thresholds import SHIPPED, Thresholds

TEXTS = [
    "I want to die",
    "I'm not trying to hurt myself, I just need to talk",
    "Slept well. Walked the dog.",
    "He hit me again and checks my phone",
    "I took all my pills an hour ago",
    "",
]


@dataclass(frozen=True)
class Says:
    """A reader that says the same of every text."""

    score: float
    category: str = "abuse_elder"

    def judge(self, text: str) -> Judgement:
        return Judgement(self.score, self.category, (self.score,) * 4)


def said(found: Detection, text: str, reader: Reader, thresholds: Thresholds = SHIPPED) -> Detection:
    """What was found, and what a reader says of the text."""
    return raised(found, text, judged(text, reader), reader, rule_set=RULES, thresholds=thresholds)


@given(st.sampled_from(TEXTS), st.floats(0, 1), st.sampled_from(sorted(RULES.categories)))
def test_no_reader_lowers_a_level_or_takes_a_rule_a_word_or_a_category_away(
    text: str, score: float, category: str
) -> None:
    found = detect_with(RULES, text, language="en")
    both = said(found, text, Says(score, category))
    assert both.level >= found.level
    assert set(both.rules) >= set(found.rules)
    assert set(both.words) >= set(found.words)
    assert set(both.categories) >= set(found.categories)


def test_a_raised_text_has_the_card_of_its_kind_and_discloses_its_most_telling_sentence() -> None:
    text = "Work was fine. She locks me in my room and keeps my pension. We had soup."
    quiet = detect_with(RULES, "Slept well.", language="en")
    found = said(quiet, text, shipped(), Thresholds(0.3, 0.95))
    assert found.rules == (CLASSIFIER,)
    assert found.card == "abuse"
    assert found.words == ("She locks me in my room and keeps my pension.",)


@pytest.mark.parametrize(("score", "level"), [(0.1, Level.NONE), (0.8, Level.CONCERN), (0.95, Level.URGENT)])
def test_the_level_follows_the_thresholds_and_is_never_an_emergency(score: float, level: Level) -> None:
    assert SHIPPED.level_of(score) is level


@pytest.mark.parametrize(("concern", "urgent"), [(0, 0.5), (0.8, 0.7), (0.5, 1.1)])
def test_thresholds_out_of_order_are_refused(concern: float, urgent: float) -> None:
    with pytest.raises(ValueError, match="rise from concern to urgent"):
        Thresholds(concern, urgent)


def test_scores_order_texts_as_levels_do_where_rules_spoke() -> None:
    scores = {text: detect(text, language="en") for text in TEXTS}
    quiet = max(found.score for found in scores.values() if found.level is Level.NONE)
    assert all(found.score > quiet for found in scores.values() if found.level >= Level.URGENT)


def test_planted_fault_a_joining_that_takes_the_readers_word_alone_would_be_seen() -> None:
    found = detect_with(RULES, "I want to die", language="en")
    assert SHIPPED.level_of(Says(0.0).judge("").score) < found.level


def test_the_shipped_model_says_what_it_was_trained_on_and_knows_every_kind_as_the_rules_do() -> None:
    model = shipped()
    assert {one["name"] for one in model.card["sets"]} == {"clinic/safety/corpus", "cssrs_posts"}
    assert set(model.kinds) - {"none", "post"} <= set(RULES.categories)


def test_no_message_that_was_held_out_is_among_those_it_learnt() -> None:
    learnt = {example.text.casefold() for example in corpus.own()}
    held_out = [example for name in corpus.LANGUAGES for example in corpus.of_folder(corpus.HELD_OUT / name)]
    assert len(held_out) > 2_000
    assert not learnt & {example.text.casefold() for example in held_out}

"""Which rules stand alone, and what becomes of the others."""

from collections import Counter
from dataclasses import dataclass

import pytest

from clinic.safety.classifier import corpus
from clinic.safety.classifier.model import Judgement
from clinic.safety.counting import READ_BY_CLASSIFIER, counted
from clinic.safety.detect import RULES, Level, detect, detect_with
from clinic.safety.judging import Judged
from clinic.safety.matching import Pages

EVERY = 8
RIGHT = 0.95
OUTRIGHT = frozenset(
    {
        "en-end-own-life",
        "en-high-place",
        "en-hopeless",
        "en-hurt-oneself",
        "en-intent",
        "en-partner-violence",
        "en-plan",
        "en-suicide-mine",
        "en-wish-to-die",
    }
)
"""What they find says it outright, or asks for no more than a gentle card: it is never left to a score."""
AGREED = "I want to kill myself and I have thought of nothing else for weeks"


def test_a_rule_that_stands_alone_is_right_on_our_own_messages() -> None:
    """Denials apart: the gentle card belongs to them. With few matches one wrong one is no proof."""
    right, wrong = Counter[str](), Counter[str]()
    for example in corpus.own("en")[::EVERY]:
        if example.style != "denied":
            of_kind = right if example.needs_help else wrong
            of_kind.update(detect_with(RULES, example.text, language="en").rules)
    alone = [rule.id for rule in RULES.rules if rule.language == "en" and not rule.with_score]
    often_wrong = {
        name: (right[name], wrong[name])
        for name in alone
        if name not in OUTRIGHT and wrong[name] > 1 and right[name] < RIGHT * (right[name] + wrong[name])
    }
    assert len(alone) >= 15
    assert often_wrong == {}


def test_a_rule_that_needs_a_score_counts_where_the_classifier_agrees() -> None:
    needs = {rule.id for rule in RULES.rules if rule.with_score}
    assert needs & set(detect(AGREED, language="en").rules)


def test_planted_fault_without_the_score_a_harmless_match_would_page_somebody() -> None:
    harmless = "I have too many tabs open in my head. Work, school forms, the birthday party."
    assert detect_with(RULES, harmless, language="en").level >= Level.URGENT
    assert detect(harmless, language="en").level <= Level.CONCERN


def test_a_language_that_the_classifier_has_not_learnt_has_rules_that_all_stand_alone() -> None:
    assert {rule.language for rule in RULES.rules if rule.with_score} <= READ_BY_CLASSIFIER
    assert {rule.language for rule in RULES.rules} - READ_BY_CLASSIFIER


LIKELY_TOLD = [
    "The lyric is I want to die in your arms",
    'Her exact words: "I want to kill myself". We practised what to answer.',
    "Every page of my old diary reads I want to die",
    "Chapter four is called I want to end my life",
]
OUTRIGHT_WORDS = "I want to kill myself"


@dataclass(frozen=True)
class Says:
    """A reader that says the same of every text."""

    said: Judgement

    def judge(self, text: str) -> Judgement:
        return self.said


def counting(text: str, *, score: float) -> tuple[str, ...]:
    """The rules that count in a text to which the classifier gives this score."""
    said = Judgement(score, "distress", (score,) * 4)
    return tuple(span.rule for span in counted(Pages(text, RULES), Judged(said), Says(said)).spans)


@pytest.mark.parametrize("text", LIKELY_TOLD)
def test_beside_what_makes_a_story_likely_a_rule_counts_only_where_the_classifier_agrees(text: str) -> None:
    assert counting(text, score=0.1) == ()
    assert counting(text, score=0.6)


def test_planted_fault_without_hints_every_story_would_page_somebody() -> None:
    assert all(detect_with(RULES, text, language="en").level >= Level.URGENT for text in LIKELY_TOLD)


def test_what_is_said_outright_counts_whatever_the_score() -> None:
    assert counting(OUTRIGHT_WORDS, score=0.0)
    assert detect(f'"{OUTRIGHT_WORDS}"', language="en").level >= Level.URGENT


def test_in_a_text_that_may_be_disguised_nothing_is_taken_for_told() -> None:
    assert counting('My lyric is "I want to k i l l myself"', score=0.0)


@pytest.mark.parametrize("text", ["Ich will nicht mehr leben", "Artık yaşamak istemiyorum"])
def test_rules_of_a_language_that_the_classifier_has_not_learnt_never_ask_for_its_score(text: str) -> None:
    assert counting(text, score=0.0)

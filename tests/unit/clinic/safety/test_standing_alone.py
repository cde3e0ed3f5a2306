"""Which rules stand alone, and what becomes of the others."""

from collections import Counter

from clinic.safety.classifier import corpus
from clinic.safety.detect import RULES, SCORES_NEEDED, Level, detect, detect_with

EVERY = 3
RIGHT = 0.95
OUTRIGHT = frozenset(
    {
        "en-end-own-life",
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
    for example in corpus.own()[::EVERY]:
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
    found = detect(AGREED, language="en")
    assert any(SCORES_NEEDED.get(rule, 0) for rule in found.rules)


def test_planted_fault_without_the_score_a_harmless_match_would_page_somebody() -> None:
    harmless = "I have too many tabs open in my head. Work, school forms, the birthday party."
    assert detect_with(RULES, harmless, language="en").level >= Level.URGENT
    assert detect(harmless, language="en").level <= Level.CONCERN


def test_every_language_but_english_has_rules_that_all_stand_alone() -> None:
    """The classifier learnt English only."""
    assert {rule.language for rule in RULES.rules if rule.with_score} == {"en"}

"""The language of the rules, and the expressions it becomes."""

import pytest

from clinic.safety.alphabet import Alphabet
from clinic.safety.normalise import Reading, readings, skeleton
from clinic.safety.phrases import PhraseError, parse, parse_sets, steps_of, words_of

SETS = parse_sets({"end": ["(end|stop)"], "all": ["<end> it", "<end> (all|everything)"]})


class NoSpeller:
    """Reads every word as typed."""

    def respell(self, raw: str) -> tuple[str, ...] | None:
        return None

    def rejoin(self, reading: Reading) -> Reading | None:
        return None


def holds(phrase: str, text: str) -> bool:
    parsed = parse(phrase, SETS)
    alphabet = Alphabet(words_of(parsed), negations=["not"], common=["i"])
    (reading,) = readings(text, speller=NoSpeller())
    expression = alphabet.compile(parsed)
    written = alphabet.write(reading)
    found = expression.pattern.search(written)
    assert found is None or not expression.anchor.isdisjoint(written)
    return found is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("want to die", "I WANT to diiie"),
        ("want to (die|end it)", "want to end it"),
        ("want to [just] die", "want to die"),
        ("want to [just] die", "want to just die"),
        ("want {2} die", "want to really die"),
        ("suicid*", "suicidality"),
        ("suicid* thoughts", "suicidal thoughts"),
        ("<all>", "stop everything"),
        ("^ goodbye", "Well. Goodbye"),
        ("the point $", "what is the point?"),
        ("the point (anymore|$)", "the point anymore"),
        ("want\n   to\n die", "want to die"),
    ],
)
def test_a_phrase_holds(phrase: str, text: str) -> None:
    assert holds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("want to die", "want to. Die"),
        ("want {2} die", "want a b c die"),
        ("want {2} die", "want not die"),
        ("want {2} die", "want it. die"),
        ("suicid*", "suicide"[:5]),
        ("^ goodbye", "say goodbye"),
        ("the point $", "the point of it"),
        ("<all>", "stop"),
    ],
)
def test_a_phrase_does_not_hold(phrase: str, text: str) -> None:
    assert not holds(phrase, text)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "(a|b",
        "a)",
        "(a||b)",
        "()",
        "{3}",
        "[a]",
        "<unknown>",
        "ab*",
        "a*b",
        "self-harm",
        "a {0} b",
        "a {13} b",
        "a {b}",
    ],
)
def test_a_malformed_phrase_is_refused_with_its_words(phrase: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse(phrase, SETS)
    assert f"“{phrase}”" in str(refused.value)


def test_a_set_may_not_use_itself_or_one_below_it() -> None:
    with pytest.raises(PhraseError):
        parse_sets({"a": ["<a> b"]})
    with pytest.raises(PhraseError):
        parse_sets({"a": ["<b>"], "b": ["c"]})


def test_the_cost_of_a_phrase_counts_gaps_and_choices() -> None:
    assert steps_of(parse("a b c", {})) == 1
    assert steps_of(parse("a {3} b {4} c", {})) == 20
    assert steps_of(parse("a [b] c", {})) == 2


def test_a_gap_does_not_jump_over_a_negation_while_other_words_do_pass() -> None:
    assert skeleton("not") == "not"
    assert holds("want {3} die", "want or die")
    assert not holds("want {3} die", "want but not die")


def test_a_negation_that_no_phrase_uses_does_not_bar_every_unknown_word() -> None:
    alphabet = Alphabet(words_of(parse("want {2} die", {})), negations=["never"], common=["the"])
    (reading,) = readings("want something unheard die", speller=NoSpeller())
    assert alphabet.compile(parse("want {2} die", {})).pattern.search(alphabet.write(reading))

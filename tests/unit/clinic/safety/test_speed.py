"""No text makes detection slow, and none is left unread for its length. How quick it is, bench/bench_danger.py tells.

Bounds are wide, as other work shares the machine: what they are for would take minutes.
"""

import time

import pytest

from clinic.safety.detect import RULES, detect
from clinic.safety.lookalikes import MOST_LETTERS
from clinic.safety.normalise import unmasked

NOTE = (
    "I slept badly and feel low today. Work was hard, my boss shouted at me and I cried in the car. I don't know how "
    "to go on with this project, my husband says that I should rest and take my tablets. "
)
LENGTH = 30_000
SECONDS = 5


def seconds(text: str) -> float:
    started = time.process_time()
    detect(text, language="en")
    return time.process_time() - started


def test_a_text_of_1_mb_is_read_to_its_end() -> None:
    text = (NOTE * 4500)[:1_000_000]
    assert detect(text + " I want to die", language="en").words[-1].endswith("want to die")


@pytest.mark.parametrize(
    "piece",
    [
        "a", "a ", "a b ", "k i l l ", "kill", "iwanttodie", "myself ", "die ", "not ", "i was ", "i ", "my ",
        "k*", "k1ll5 ",
        "$", "!", ".", "a. ", "\n", "\u200b", "k\u0301", "\ufdfa", "I don't want to die. ", "I don't want to die and ",
        "when I was young I want to ", "😭", "لا أريد ", "я не ", "k!", "l1", "(", "1 ", "film ", "years ago ",
        "a*", "I was. ", "die\n", "e\u0f74\u0f72\u0f71", '"', "? ", "\u0f74\u0f72\u0f71",
    ],
)  # fmt: skip
def test_no_repetition_makes_it_slow(piece: str) -> None:
    """Time grows with the length alone: anything steeper would take minutes here."""
    assert seconds(piece * (LENGTH // len(piece))) < SECONDS


def test_no_character_of_unicode_grows_when_it_is_taken_apart() -> None:
    """How much work a text is can be told from its length: no character stands for a whole word."""
    grown = {chr(code) for code in range(0x110000) if len(unmasked(chr(code))) > MOST_LETTERS}
    assert grown == set()
    assert max(len(unmasked(letter * 1_000)) for letter in "\ufdfa\ufdfb\u3316") == 0


@pytest.mark.parametrize("piece", ["\ufdfa", "\u2177", "\ufb03", "\u1f82", "k i l l ", "a fine day "])
def test_twice_the_text_takes_twice_the_time_and_no_letter_takes_many_times_that_of_another(
    piece: str,
) -> None:
    def least(text: str) -> float:
        return min(seconds(text) for _try in range(3))

    once, twice = (piece * (length // len(piece)) for length in (10_000, 20_000))
    assert least(twice) < 3 * least(once) + 0.01
    assert least(twice) < 12 * least((NOTE * 100)[:20_000])


@pytest.mark.parametrize("between", ["\ufdfa", "\ufdfa\ufdfa\ufdfa", "\ufdfa ", " \ufdfa", "\u3316"])
def test_a_character_that_is_left_out_hides_no_word_beside_it(between: str) -> None:
    for words in (
        f"I want to{between}kill myself",
        f"I want to kill{between}myself",
        f"{between}I want to die",
    ):
        assert detect(words, language="en").level


def test_no_phrase_is_slow_on_its_own_words() -> None:
    """Each phrase against a long row of the very words that it looks for, and of words that fill its gaps."""
    expressions = [one for rule in RULES.rules for one in rule.phrases]
    expressions += [one for guard in RULES.guards.values() for one in (*guard.phrases, *guard.unless)]
    slow = []
    for expression in expressions:
        letters = sorted(expression.anchor)
        for row in (
            letters[0] * 5000,
            (letters[0] + "-") * 2500,
            "".join(letters[:50]) * (5000 // len(letters[:50])),
        ):
            started = time.process_time()
            at = 0
            while (found := expression.pattern.search(row, at)) is not None:
                at = found.start() + 1
            if time.process_time() - started > 0.5:
                slow.append(expression.pattern.pattern)
    assert slow == []

"""Training on a small set of our own: it learns, it is repeatable, it can be stored."""

from itertools import pairwise
from pathlib import Path

import pytest

from clinic.safety.classifier import corpus, training
from clinic.safety.classifier.corpus import Example
from clinic.safety.classifier.model import FORUM, NOTHING, Model, read, windows_of, write
from clinic.safety.classifier.words import Cutter

EVERY = 90


@pytest.fixture(scope="module")
def small() -> Model:
    return trained()


def trained() -> Model:
    own = corpus.own("en")[::EVERY]
    posts = [
        Example("i want to end my life and nobody here understands, op", FORUM, "post", f"a{n % 7}")
        if n % 2
        else Example("hang in there op, you are loved, please call somebody", NOTHING, "post", f"b{n % 7}")
        for n in range(28)
    ]
    return training.train(own, posts, {"digest": ""}, level_of=lambda text: 0)


def test_what_needs_help_scores_above_what_does_not(small: Model) -> None:
    unseen = corpus.own("en")[7::EVERY]
    helped = [small.judge(one.text).score for one in unseen if one.needs_help]
    others = [small.judge(one.text).score for one in unseen if not one.needs_help]
    above = sum(one > other for one in helped for other in others) / (len(helped) * len(others))
    assert above > 0.65


def test_the_same_examples_give_the_same_model(small: Model, tmp_path: Path) -> None:
    write(small, tmp_path / "one.npz")
    write(trained(), tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_model_that_was_stored_judges_as_before(small: Model, tmp_path: Path) -> None:
    write(small, tmp_path / "model.npz")
    text = "He took my phone and I am afraid to go home"
    assert read(tmp_path / "model.npz").judge(text).score == pytest.approx(small.judge(text).score, abs=0.02)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.npz").write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="pickle"):
        read(tmp_path / "model.npz")


def test_a_clause_in_a_long_text_is_not_lost(small: Model) -> None:
    clause = "I keep the pills I saved and tonight I will take them"
    quiet = "We had soup and walked to the shop. " * 60
    assert small.judge(quiet + clause + ". " + quiet).score > small.judge(quiet * 2).score


def test_windows_overlap_and_leave_no_word_out() -> None:
    words = [str(number) for number in range(333)]
    windows = windows_of(words)
    assert {word for window in windows for word in window} == set(words)
    assert all(set(one) & set(two) for one, two in pairwise(windows))


def test_letters_are_cut_into_the_likeliest_words_also_where_two_share_a_letter() -> None:
    cutter = Cutter({"but": 5, "the": 20, "he": 4, "life": 3, "end": 3, "my": 9})
    assert cutter.cut("endmylife") == ["end", "my", "life"]
    assert cutter.cut("endmyxqzlife") == ["end", "my", "xqz", "life"]
    assert cutter.cut("") == []

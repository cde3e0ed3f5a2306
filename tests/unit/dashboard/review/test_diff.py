"""The difference between two texts loses nothing of either."""

import pytest

from dashboard.review.diff import diff

DRAFT = "Pick two days this week for a 15-minute walk, at a time that suits you. Short counts."
TEXTS = [
    (DRAFT, "Pick two days this week for a 10-minute walk, in daylight if you can. Short counts."),
    (DRAFT, ""),
    ("", DRAFT),
    (DRAFT, DRAFT),
    ("One.\n\nTwo.", "One.\nTwo."),
    ("a b c d", "d c b a"),
    ("  spaces  stay ", "spaces stay"),
]


@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_without_the_removed_parts_it_reads_the_new_text_and_without_the_added_ones_the_old(
    before: str, after: str
) -> None:
    parts = diff(before, after)
    assert "".join(part.text for part in parts if part.kind != "removed") == after
    assert "".join(part.text for part in parts if part.kind != "added") == before


def test_equal_texts_have_no_change() -> None:
    assert {part.kind for part in diff(DRAFT, DRAFT)} == {"same"}


def test_a_rewritten_phrase_is_one_change() -> None:
    parts = diff("a time that suits you", "a morning in daylight")
    assert [part.kind for part in parts] == ["same", "removed", "added"]


def test_only_the_changed_words_are_marked() -> None:
    parts = diff(DRAFT, DRAFT.replace("15-minute", "10-minute"))
    assert [(part.kind, part.text) for part in parts if part.kind != "same"] == [
        ("removed", "15-minute"),
        ("added", "10-minute"),
    ]

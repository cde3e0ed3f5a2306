"""The page docs/safety/evaluation.md: every figure with its interval, what is not measured, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from clinic.safety.classifier import corpus, training
from clinic.safety.classifier.corpus import Example, posts, rows_of
from clinic.safety.detect import RULES, detect, detect_with, name_of
from clinic.safety.evaluation import HELD_OUT, NAMES, Read, language_part, read_held_out, table
from clinic.safety.evaluation_notes import among, notes_rows
from clinic.safety.levels import Level
from clinic.safety.proportions import Share

FALSE_POSITIVES: Final = 0.05
_HEAD: Final = """# What the detector of danger notices, and what it misses

Made by `./script/manage evaluate_danger`; do not edit it by hand. Rules and classifier: `{name}`.

**Of the English messages below that need help, {missed:.0%} brought no card and {uncalled:.0%} called nobody; among
three everyday messages on each side {buried:.0%} brought no card.** Silence of the program is never a sign of safety:
it only ever adds a person's attention. No clinician has reviewed the rules or the examples.

The messages that were held out were written by three authors who saw neither the rules nor the examples that the
classifier learnt. No line of them was learnt, but their shares had been seen with earlier models while it was decided
how sentences are judged. The third wrote everyday messages near danger (ordinary), danger that is denied and taken
back, or is back (returned), and long notes with one such sentence and without (buried). They are no messages of
patients, so real ones may be read better or worse. Shares stand with their 95% interval (Wilson).
"""


def page(data: Path, *, held_out: Path = HELD_OUT) -> str:
    """The whole page; takes minutes where the posts are in `data`, as the classifier is trained anew for them."""
    read = {name: read_held_out(held_out / name, name) for name in NAMES if (held_out / name).is_dir()}
    lines = [_HEAD.format(name=name_of(RULES), **_missed(read["en"]))]
    for language, rows in read.items():
        lines += language_part(language, rows)
        notes = notes_rows([row.example for row in rows], language)
        lines += table("Notes of several messages", ["a card was shown"], notes) if notes else []
        lines += [] if language == "en" else [_unreviewed(rows)]
    lines += public_part(data)
    lines += [
        "## Any other language",
        "",
        "Not read. The portal says so before people write, and on the card.",
        "",
    ]
    return "\n".join(lines)


def _missed(rows: Sequence[Read]) -> dict[str, float]:
    """What stands at the head of the page: the shares that brought no card, called nobody, were lost among others."""
    helped = [row for row in rows if row.example.needs_help]
    return {
        "missed": 1 - Share.of_all(row.has_card for row in helped).value,
        "uncalled": 1 - Share.of_all(row.found.level >= Level.URGENT for row in helped).value,
        "buried": 1 - among([row.example for row in rows], "en", beside=3).value,
    }


def _unreviewed(rows: Sequence[Read]) -> str:
    return (
        f"No native clinician has reviewed rules or examples: {len(rows)} messages, by two authors who are no native "
        "speakers and saw neither; of one of them other messages were learnt. Not shown to be safe.\n"
    )


def public_part(data: Path) -> list[str]:
    """Figures on public sets, for those that are in the folder."""
    rows = [*_of_posts(data), *_of_safe_prompts(data), *_of_prompts(data)]
    if not rows:
        return []
    return ["## Public sets", "", *table("Set", ["figure", "value"], rows)]


def _of_posts(data: Path) -> list[list[str]]:
    """Judged by machines that learnt nothing of the same person (five folds)."""
    examples = posts(data)
    if not examples:
        return []
    unseen = training.unseen_scores(corpus.own(), examples, level_of=level_of)
    scored = [(example, total) for example, total in unseen if example.style == "post"]
    share = recall_at(scored, FALSE_POSITIVES)
    what = "noticed at 5% false positives, by score; every person unseen"
    return [["C-SSRS posts, ideation or worse", what, str(share)]]


def recall_at(scored: Sequence[tuple[Example, float]], false_positives: float) -> Share:
    """The share of those that need help above the score that so many of the others exceed."""
    others = sorted((total for example, total in scored if not example.needs_help), reverse=True)
    bar = others[int(len(others) * false_positives)]
    return Share.of_all(total > bar for example, total in scored if example.needs_help)


def _of_safe_prompts(data: Path) -> list[list[str]]:
    texts = [row["text"] for row in rows_of(data, corpus.SAFE_PROMPTS) if row["label"] == "safe"]
    return [_cards("XSTest, safe prompts", "a card, in vain", texts)] if texts else []


def _of_prompts(data: Path) -> list[list[str]]:
    texts = [row["text"] for row in rows_of(data, corpus.PROMPTS) if row["hazard"] == "ssh"]
    return [_cards("AILuminate, requests about self-harm", "a card", texts)] if texts else []


def _cards(name: str, what: str, texts: Sequence[str]) -> list[str]:
    shown = Share.of_all(detect(text, language="en").level > Level.NONE for text in texts)
    return [name, what, str(shown)]


def level_of(text: str) -> int:
    """The level that the rules find by themselves."""
    return int(detect_with(RULES, text, language="en").level)

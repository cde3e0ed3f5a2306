"""What a reader makes of a text: of the whole, each two neighbouring sentences and each; of which the gravest counts.

Harmless sentences around words of danger lower the score of the whole; they cannot lower that of the part. What a
sentence says out of its place is less certain, so it counts somewhat less by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from clinic.safety.classifier.model import Judgement
from clinic.safety.sentences import Part, parts_of, sentences_of

ALONE: Final = 0.8
"""What the log-odds of a sentence lose where it is judged without those beside it: 0.9 counts as 0.8.

Chosen on messages that were not learnt, with others around them: 86 of 100 were noticed then, 78 without (and of notes
of ten harmless messages 8 in 100 had a card in vain, 3 without).
"""


class Reader(Protocol):
    """Judges texts. A clinic may plug in a stronger one than the shipped classifier; each can only raise."""

    def judge(self, text: str) -> Judgement:
        """Score a text."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement of a whole text, of each two neighbouring sentences with their places, and of each `alone`."""

    whole: Judgement
    parts: tuple[tuple[Part, Judgement], ...] = ()
    alone: tuple[Judgement, ...] = ()

    @property
    def gravest(self) -> Judgement:
        """The judgement with the highest score."""
        return max(self._every, key=lambda one: one.score)

    def near(self, start: int, end: int) -> float:
        """The highest score of what holds any of these characters; no sentence alone, as rules ask what is around."""
        around = (one.score for part, one in self.parts if part[0] < end and start < part[1])
        return max((self.whole.score, *around))

    def joint(self, level: int) -> float:
        """The score together with the level that rules found. A post of a forum is ordered by the whole of it."""
        of_parts = max(one.joint[level] for one in self._every)
        return self.whole.post * self.whole.joint[level] + (1 - self.whole.post) * of_parts

    @property
    def _every(self) -> tuple[Judgement, ...]:
        return (self.whole, *(judgement for _part, judgement in self.parts), *self.alone)


def judged(text: str, reader: Reader) -> Judged:
    """What a reader makes of a text and of its parts."""
    beside = ((part, reader.judge(text[slice(*part)])) for part in parts_of(text))
    sentences = sentences_of(text)
    alone = (reader.judge(text[slice(*one)]).less(ALONE) for one in sentences if len(sentences) > 1)
    return Judged(reader.judge(text), tuple(beside), tuple(alone))

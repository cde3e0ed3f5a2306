"""The trained model: what it is made of, how it reads a text, how it is stored.

A text is read in windows. In each, every kind of danger has its margin, and so has "nothing"; the best kind less
"nothing" is the window's margin, and the highest window counts. A second reader was trained on posts in forums, which
are long and written to many; how much it counts depends on how much a text is like such a post. What rules found adds
to both, more in a message than in a post, where rules are wrong more often. The score is the logistic function of it
all: a number between 0 and 1 that orders texts. It is no probability that anything will happen.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from clinic.safety.classifier.features import columns_of, letters_of
from clinic.safety.classifier.words import Cutter

SHIPPED: Final = Path(__file__).with_name("shipped.npz")
WINDOW: Final = 60
"""Words read at once; windows overlap by half, so that a clause in a long text is not lost."""
NOTHING: Final = "none"
FORUM: Final = "post"
"""The kind under which posts of a forum that speak of suicide are learnt. Nothing is said to be of this kind."""
SAID_OF_A_POST: Final = "suicidal_passive"
SHARPNESS: Final = 2.0
LIKE_A_POST: Final = -2.0
"""From about here on the column that tells posts from messages counts a text as a post; chosen on folds."""
RULES_ADD: Final = (0.0, 1.5, 2.5, 4.0)
"""What a rule of each level adds to the log-odds of a message, so that what rules found stands above the rest."""

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader makes of a text: its own score, the likeliest kind, and `joint`: the score that it gives together
    with each level that rules may have found (none, concern, urgent, emergency). `post` is how far the text is a post
    of a forum (0 to 1).
    """

    score: float
    category: str
    joint: tuple[float, float, float, float]
    post: float = 0.0

    def less(self, by: float) -> Judgement:
        """The same judgement with log-odds that are lower by so much."""
        none, concern, urgent, emergency = (_logistic(_odds_of(share) - by) for share in self.joint)
        return replace(
            self, score=_logistic(_odds_of(self.score) - by), joint=(none, concern, urgent, emergency)
        )


@dataclass(frozen=True)
class Model:
    """`weights` has shape (COLUMNS, kinds + 2): a column for each of `kinds`, one for posts, one for being like a post.

    `rarity` has shape (COLUMNS,), `bias` (kinds + 2,), `join` (6,): what a constant and the margin count in a message,
    and a constant, the post's own margin, the margin and the rules' level in a post. `counts` are word frequencies, by
    which letters are cut into words; `card` is the model card.
    """

    weights: NDArray[np.float32]
    rarity: Row
    bias: Row
    join: Row
    kinds: tuple[str, ...]
    counts: Mapping[str, int]
    card: Mapping[str, Any]

    def judge(self, text: str) -> Judgement:
        """Read a text of any length, in time that grows with its length only."""
        words = self.cutter.cut(letters_of(text))
        *signs, category = self.signs(words)
        none, concern, urgent, emergency = (
            _logistic(odds(self.join, *signs, level=each)) for each in range(4)
        )
        return Judgement(none, category, (none, concern, urgent, emergency), share_of(signs[2]))

    def signs(self, words: list[str]) -> tuple[float, float, float, str]:
        """The margin of the best window, that of a post, how like a post the words are, and the likeliest kind."""
        margin, category = self._best_window(words)
        *_, post, likeness = map(float, self._row(words))
        return margin, post, likeness, category

    @cached_property
    def cutter(self) -> Cutter:
        """Cuts letters into the words of the model."""
        return Cutter(self.counts)

    def _best_window(self, words: list[str]) -> tuple[float, str]:
        rows = np.stack([self._row(window) for window in windows_of(words)])[:, : len(self.kinds)]
        nothing = self.kinds.index(NOTHING)
        margins = rows - rows[:, nothing : nothing + 1]
        margins[:, nothing] = -np.inf
        window, kind = np.unravel_index(int(margins.argmax()), margins.shape)
        category = self.kinds[int(kind)]
        return float(margins[window, kind]), SAID_OF_A_POST if category == FORUM else category

    def _row(self, words: list[str]) -> Row:
        columns = columns_of(words)
        values = self.rarity[columns] / np.sqrt(np.float32(max(len(columns), 1)))
        row: Row = values @ self.weights[columns] + self.bias
        return row


def odds(join: Row, margin: float, post: float, likeness: float, *, level: int) -> float:
    """The log-odds of a text in which rules found this level: see `Model.join`."""
    share = share_of(likeness)
    of_message = join[0] + join[1] * margin + RULES_ADD[level]
    of_post = join[2] + join[3] * post + join[4] * margin + join[5] * level
    return float((1 - share) * of_message + share * of_post)


def share_of(likeness: float) -> float:
    """How far a text is a post of a forum, from 0 to 1."""
    return _logistic(SHARPNESS * (likeness - LIKE_A_POST))


def _odds_of(share: float) -> float:
    """The log-odds of a share; the inverse of `_logistic`, within its bounds."""
    held = min(max(share, 1e-12), 1 - 1e-12)
    return math.log(held / (1.0 - held))


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(float(value), -50.0), 50.0)))


def windows_of(words: list[str]) -> list[list[str]]:
    """The words in windows that overlap by half; up to a window and a half is one."""
    if len(words) <= WINDOW + WINDOW // 2:
        return [words]
    return [words[start : start + WINDOW] for start in range(0, len(words) - WINDOW // 2, WINDOW // 2)]


def write(model: Model, path: Path) -> None:
    """Write a model as one file of numbers and its card; the same model gives the same bytes."""
    held = io.BytesIO()
    described = {"kinds": model.kinds, "counts": dict(model.counts), "card": dict(model.card)}
    text = json.dumps(described, sort_keys=True).encode()
    scale = np.abs(model.weights).max(axis=0) / 127
    np.savez_compressed(
        held,
        weights=np.rint(model.weights / scale).astype(np.int8),
        scale=scale,
        rarity=model.rarity.astype(np.float16),
        bias=model.bias,
        join=model.join,
        described=np.frombuffer(text, dtype=np.uint8),
    )
    path.write_bytes(held.getvalue())


def read(path: Path) -> Model:
    """Read a model; raises OSError, ValueError or KeyError where the file is none."""
    with np.load(path, allow_pickle=False) as held:
        described = json.loads(held["described"].tobytes())
        return Model(
            weights=held["weights"].astype(np.float32) * held["scale"],
            rarity=held["rarity"].astype(np.float32),
            bias=held["bias"],
            join=held["join"],
            kinds=tuple(described["kinds"]),
            counts=described["counts"],
            card={**described["card"], "digest": sha256(path.read_bytes()).hexdigest()},
        )


@cache
def shipped() -> Model:
    """The model that comes with the product, read once."""
    return read(SHIPPED)

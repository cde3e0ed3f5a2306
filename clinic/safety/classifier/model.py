"""The trained model: what it is made of, how it reads a text, how it is stored.

A text is read in windows. In each, every kind of danger has its margin, and so has "nothing"; the best kind less
"nothing" is the window's margin, and the highest window counts. A second reader was trained on posts in forums, which
are long and written to many; how much it counts depends on how much a text is like such a post. The score is the
logistic function of both and of the level that the rules found: a number between 0 and 1 that orders texts. It is no
probability that anything will happen.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
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
    """What the classifier makes of a text: its own score and the one joined with the rules, and the likeliest kind."""

    score: float
    joint: float
    category: str


@dataclass(frozen=True)
class Model:
    """`weights` has shape (COLUMNS, kinds + 2): a column for each of `kinds`, one for posts, one for being like a post.

    `rarity` has shape (COLUMNS,), `bias` (kinds + 2,), `join` (8,): what each of `signs` counts. `counts` are word
    frequencies, by which letters are cut into words; `card` is the model card.
    """

    weights: NDArray[np.float32]
    rarity: Row
    bias: Row
    join: Row
    kinds: tuple[str, ...]
    counts: Mapping[str, int]
    card: Mapping[str, Any]

    def judge(self, text: str, *, level: int = 0) -> Judgement:
        """Read a text of any length, in time that grows with its length only; `level` is what the rules found."""
        words = self.cutter.cut(letters_of(text))
        margin, category = self._best_window(words)
        alone = np.array(self.signs(words, margin=margin, level=0))
        joint = np.array(self.signs(words, margin=margin, level=level))
        of_rules = (1.0 - alone[4]) * RULES_ADD[level]
        own, both = float(alone @ self.join), float(joint @ self.join)
        return Judgement(_logistic(own), _logistic(both + of_rules), category)

    def signs(self, words: list[str], *, level: int, margin: float | None = None) -> tuple[float, ...]:
        """A constant; the margin of a message; post and margin of a post; how far it is a post, alone and by level."""
        margin = self._best_window(words)[0] if margin is None else margin
        *_, post, likeness = map(float, self._row(words))
        share = _logistic(SHARPNESS * (likeness - LIKE_A_POST))
        of_rules = (share * (level >= each) for each in (1, 2, 3))
        return 1.0, margin * (1 - share), post * share, margin * share, share, *of_rules

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

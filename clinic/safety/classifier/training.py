"""Training the classifier. Nothing here runs while messages are read.

Linear support vector machines, one for each kind of danger against all else (liblinear), over the hashed pieces of
`features`; two logistic regressions, one for posts of a forum and one for being like such a post; and two more that
join these for messages and for posts, fitted on folds that the others had not seen. People are never parted between
folds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from clinic.safety.classifier.corpus import Example
from clinic.safety.classifier.features import COLUMNS, columns_of, letters_of
from clinic.safety.classifier.model import Model, odds
from clinic.safety.classifier.words import Cutter

FOLDS: Final = 5
STIFFNESS: Final = 0.2
"""The C of the machines: 0.1 to 0.3 gave the same on messages that they had not seen. The next two likewise."""
STIFFNESS_OF_POSTS: Final = 0.3
STIFFNESS_OF_LIKENESS: Final = 3.0
_SEED: Final = 20_261_130

Numbers = NDArray[np.float64]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Material:
    """Examples with their words, their features as a matrix (examples, COLUMNS) and the level that rules found."""

    examples: Sequence[Example]
    words: Sequence[list[str]]
    matrix: csr_matrix
    levels: Sequence[int]

    def only(self, chosen: Chosen) -> Material:
        """Those that are chosen."""
        places: list[int] = np.flatnonzero(chosen).tolist()
        return Material(
            [self.examples[place] for place in places],
            [self.words[place] for place in places],
            self.matrix[places],
            [self.levels[place] for place in places],
        )

    def of_fold(self, fold: int) -> Chosen:
        """Which are of this fold. Those of one person stay together; others are dealt out in turn."""
        people = [example.person or str(place) for place, example in enumerate(self.examples)]
        numbers = {person: number for number, person in enumerate(dict.fromkeys(people))}
        return np.array([numbers[person] % FOLDS == fold for person in people], dtype=bool)


def train(
    own: Sequence[Example],
    posts: Sequence[Example],
    card: Mapping[str, Any],
    *,
    level_of: Callable[[str], int],
) -> Model:
    """A model of our own examples and, where there are any, of posts. The same examples give the same model."""
    counts, rarity, ours, theirs = _material(own, posts, level_of)
    join = _unseen(ours, theirs, rarity).joined()
    return _model(ours, theirs, rarity, join=join, counts=counts, card=card)


def unseen_scores(
    own: Sequence[Example], posts: Sequence[Example], *, level_of: Callable[[str], int]
) -> list[tuple[Example, float]]:
    """Each example with the log-odds that machines give it which had not learnt it or anything of its person."""
    _counts, rarity, ours, theirs = _material(own, posts, level_of)
    unseen = _unseen(ours, theirs, rarity)
    join = unseen.joined()
    totals = [odds(join, *row[:3], level=int(row[3])) for row in unseen.signs.tolist()]
    return list(zip(unseen.examples, totals, strict=True))


def _material(
    own: Sequence[Example], posts: Sequence[Example], level_of: Callable[[str], int]
) -> tuple[dict[str, int], NDArray[np.float32], Material, Material]:
    counts = Counter(word for example in own for word in _typed_words(example.text))
    cutter = Cutter(counts)
    rarity = _rarity([cutter.cut(letters_of(example.text)) for example in own])

    def material(examples: Sequence[Example]) -> Material:
        words = [cutter.cut(letters_of(example.text)) for example in examples]
        levels = [level_of(example.text) for example in examples]
        return Material(examples, words, _matrix(words, rarity), levels)

    return dict(counts), rarity, material(own), material(posts)


def _typed_words(text: str) -> list[str]:
    return [word for word in map(letters_of, text.replace("-", " ").split()) if word]


def _rarity(words: Sequence[list[str]]) -> NDArray[np.float32]:
    """How rare each column is (smoothed inverse document frequency); 0 for what stands in one message only."""
    seen = np.zeros(COLUMNS)
    for each in words:
        seen[columns_of(each)] += 1
    rare = np.log((1 + len(words)) / (1 + seen)) + 1
    return np.where(seen >= 2, rare, 0).astype(np.float32)


def _matrix(words: Sequence[list[str]], rarity: NDArray[np.float32]) -> csr_matrix:
    if not words:
        return csr_matrix((0, COLUMNS), dtype=np.float32)
    columns = [columns_of(each) for each in words]
    values = [rarity[each] / np.sqrt(max(len(each), 1)) for each in columns]
    ends = np.cumsum([0, *map(len, columns)])
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(words), COLUMNS))


def _model(ours: Material, theirs: Material, rarity: NDArray[np.float32], **rest: Any) -> Model:
    machine = LinearSVC(C=STIFFNESS, class_weight="balanced", random_state=_SEED)
    both = vstack([ours.matrix, theirs.matrix])
    machine.fit(both, [example.kind for example in (*ours.examples, *theirs.examples)])
    is_post = [False] * len(ours.examples) + [True] * len(theirs.examples)
    heads = [
        _head(theirs.matrix, [example.needs_help for example in theirs.examples], STIFFNESS_OF_POSTS),
        _head(both, is_post, STIFFNESS_OF_LIKENESS),
    ]
    return Model(
        weights=np.column_stack([machine.coef_.T, *(head[0] for head in heads)]).astype(np.float32),
        rarity=rarity,
        bias=np.array([*machine.intercept_, *(head[1] for head in heads)], dtype=np.float32),
        kinds=tuple(map(str, machine.classes_)),
        **rest,
    )


def _head(matrix: csr_matrix, answers: Sequence[bool], stiffness: float) -> tuple[Numbers, float]:
    """One column and its constant; where there is nothing to tell apart, a column that never counts."""
    if len(set(answers)) < 2:
        return np.zeros(COLUMNS), -20.0
    head = LogisticRegression(C=stiffness, class_weight="balanced", max_iter=500)
    head.fit(matrix, answers)
    return head.coef_[0], float(head.intercept_[0])


@dataclass(frozen=True, slots=True)
class Unseen:
    """Examples with their signs as machines see them that had not learnt the examples.

    `signs` has shape (examples, 4): a message's margin, a post's, the likeness to a post, the rules' level.
    """

    signs: Numbers
    examples: Sequence[Example]

    def joined(self) -> NDArray[np.float32]:
        """What each sign counts: see `Model.join`."""
        is_post = np.array([bool(example.person) for example in self.examples])
        needed = np.array([example.needs_help for example in self.examples])
        message = _weights(self.signs[~is_post][:, [0]], needed[~is_post])
        post = _weights(self.signs[is_post][:, [1, 0, 3]], needed[is_post])
        return np.concatenate([message, post]).astype(np.float32)


def _weights(signs: Numbers, needed: Chosen) -> Numbers:
    """A constant and what each sign counts; zeros where there is nothing to learn from."""
    if len(set(needed.tolist())) < 2:
        return np.zeros(signs.shape[1] + 1)
    fitted = LogisticRegression(C=100.0, class_weight="balanced", max_iter=2000).fit(signs, needed)
    return np.concatenate([fitted.intercept_, fitted.coef_[0]])


def _unseen(ours: Material, theirs: Material, rarity: NDArray[np.float32]) -> Unseen:
    rows: list[tuple[float, ...]] = []
    examples: list[Example] = []
    for fold in range(FOLDS):
        here, there = ours.of_fold(fold), theirs.of_fold(fold)
        nothing = np.zeros(6, np.float32)
        model = _model(ours.only(~here), theirs.only(~there), rarity, join=nothing, counts={}, card={})
        for held in (ours.only(here), theirs.only(there)):
            pairs = zip(held.words, held.levels, strict=True)
            rows += [(*model.signs(words)[:3], level) for words, level in pairs]
            examples += held.examples
    return Unseen(np.array(rows), examples)

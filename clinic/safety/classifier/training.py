"""Training the classifier. Nothing here runs while messages are read.

Linear support vector machines, one for each kind of danger against all else (liblinear), over the hashed pieces of
`features`; two logistic regressions, one for posts of a forum and one for being like such a post; and two more that
join these for messages and for posts, fitted on folds that the others had not seen. People are never parted between
folds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from clinic.safety.classifier.corpus import Example
from clinic.safety.classifier.features import COLUMNS
from clinic.safety.classifier.material import FOLDS, Chosen, Material, Numbers, materials
from clinic.safety.classifier.model import NOTHING, Model, odds

STIFFNESS: Final = 0.2
"""The C of the machines: 0.1 to 0.3 gave the same on messages that they had not seen. The next two likewise."""
STIFFNESS_OF_POSTS: Final = 0.3
STIFFNESS_OF_LIKENESS: Final = 3.0
_SEED: Final = 20_261_130


def train(
    own: Sequence[Example],
    posts: Sequence[Example],
    card: Mapping[str, Any],
    *,
    level_of: Callable[[str], int],
) -> Model:
    """A model of our own examples and, where there are any, of posts. The same examples give the same model."""
    counts, rarity, ours, theirs = materials(own, posts, level_of)
    join = _unseen(ours, theirs, rarity).joined()
    return _model(ours, theirs, rarity, join=join, counts=counts, card=card)


def unseen_scores(
    own: Sequence[Example], posts: Sequence[Example], *, level_of: Callable[[str], int]
) -> list[tuple[Example, float]]:
    """Each example with the log-odds that machines give it which had not learnt it or anything of its person."""
    _counts, rarity, ours, theirs = materials(own, posts, level_of)
    unseen = _unseen(ours, theirs, rarity)
    join = unseen.joined()
    totals = [odds(join, *row[:3], level=int(row[3])) for row in unseen.signs.tolist()]
    return list(zip(unseen.examples, totals, strict=True))


def _model(ours: Material, theirs: Material, rarity: NDArray[np.float32], **rest: Any) -> Model:
    machine = LinearSVC(C=STIFFNESS, class_weight="balanced", random_state=_SEED)
    both = vstack([ours.matrix, ours.sentences, theirs.matrix])
    kinds = [[example.kind for example in each.examples] for each in (ours, theirs)]
    machine.fit(both, [*kinds[0], *[NOTHING] * len(ours.whose), *kinds[1]])
    is_post = [False] * (len(ours.examples) + len(ours.whose)) + [True] * len(theirs.examples)
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

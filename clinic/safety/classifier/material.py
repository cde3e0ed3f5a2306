"""What is learnt, as numbers: words of examples, their pieces as a matrix, and the sentences of everyday messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from clinic.safety.classifier.corpus import Example
from clinic.safety.classifier.features import COLUMNS, columns_of, letters_of
from clinic.safety.classifier.words import Cutter
from clinic.safety.sentences import sentences_of

FOLDS: Final = 5
EVERYDAY: Final = frozenset({"everyday", "everyday.plain"})
"""Styles of which each sentence is harmless by itself."""

Numbers = NDArray[np.float64]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Material:
    """Examples with their words, their features as a matrix (examples, COLUMNS) and the level that rules found.

    `sentences` (sentences, COLUMNS) are those of everyday messages, each by itself, and `whose` the examples that they
    are of. They are learnt as harmless, since a sentence is judged by itself as well, and no join is fitted on them.
    """

    examples: Sequence[Example]
    words: Sequence[list[str]]
    matrix: csr_matrix
    levels: Sequence[int]
    sentences: csr_matrix
    whose: NDArray[np.int64]

    def only(self, chosen: Chosen) -> Material:
        """Those that are chosen."""
        places: list[int] = np.flatnonzero(chosen).tolist()
        with_them = chosen[self.whose]
        return Material(
            [self.examples[place] for place in places],
            [self.words[place] for place in places],
            self.matrix[places],
            [self.levels[place] for place in places],
            self.sentences[np.flatnonzero(with_them)],
            np.searchsorted(places, self.whose[with_them]),
        )

    def of_fold(self, fold: int) -> Chosen:
        """Which are of this fold. Those of one person stay together; others are dealt out in turn."""
        people = [example.person or str(place) for place, example in enumerate(self.examples)]
        numbers = {person: number for number, person in enumerate(dict.fromkeys(people))}
        return np.array([numbers[person] % FOLDS == fold for person in people], dtype=bool)


def materials(
    own: Sequence[Example], posts: Sequence[Example], level_of: Callable[[str], int]
) -> tuple[dict[str, int], NDArray[np.float32], Material, Material]:
    """How often our words were typed, how rare each column is, our own examples, and the posts."""
    counts = Counter(word for example in own for word in _typed_words(example.text))
    cutter = Cutter(counts)
    rarity = _rarity([cutter.cut(letters_of(example.text)) for example in own])

    def material(examples: Sequence[Example]) -> Material:
        words = [cutter.cut(letters_of(example.text)) for example in examples]
        levels = [level_of(example.text) for example in examples]
        whose, parts = _sentences(examples)
        sentences = _matrix([cutter.cut(letters_of(part)) for part in parts], rarity)
        return Material(examples, words, _matrix(words, rarity), levels, sentences, whose)

    return dict(counts), rarity, material(own), material(posts)


def _sentences(examples: Sequence[Example]) -> tuple[NDArray[np.int64], list[str]]:
    """The sentences of everyday messages that have several, and the places of the messages."""
    found = [
        (place, example.text[slice(*part)])
        for place, example in enumerate(examples)
        if example.style in EVERYDAY and len(parts := sentences_of(example.text)) > 1
        for part in parts
    ]
    return np.array([place for place, _part in found], dtype=np.int64), [part for _place, part in found]


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

"""When words are taken as told of a film, another time or another person, and when as said of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.safety.normalise import skeleton


@dataclass(frozen=True, slots=True)
class Telling:
    """Names of guards and scores of the classifier, as `rules/shared.toml` gives and explains them.

    From `told_with_score` on, guards of `by_clause` that do not touch a match are not believed; from `past_with_score`
    on, others that stand in another clause, for kinds of danger that are `events`. `hints` name guards that only make
    it likely that words are told: beside them a rule counts from `hinted_with_score` on, and in quotation marks from
    `quoted_with_score` on. A rule that asks for a score counts as well where
    its clause alone gives `clause_with_score`. `in_two` are words that are also written apart, which is no disguise.
    """

    by_clause: frozenset[str] = frozenset()
    told_with_score: float = 1.0
    events: frozenset[str] = frozenset()
    past_with_score: float = 1.0
    hints: tuple[str, ...] = ()
    hinted_with_score: float = 0.0
    quoted_with_score: float = 0.0
    clause_with_score: float = 1.0
    in_two: frozenset[str] = frozenset()


def telling_of(shared: Mapping[str, Any]) -> Telling:
    """What the rule files say of it; raises TypeError for a field that does not exist."""
    given: dict[str, Any] = dict(shared.get("telling", {}))
    for name, kind in (("by_clause", frozenset), ("events", frozenset), ("hints", tuple)):
        given[name] = kind(given.get(name, ()))
    given["in_two"] = frozenset(map(skeleton, given.get("in_two", ())))
    return Telling(**given)

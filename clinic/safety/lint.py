"""Checks of the rule files that a reviewer can read: what is wrong, and where. An empty report means fit to use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from clinic.safety.detect import detect_with
from clinic.safety.help_cards import CARDS
from clinic.safety.levels import Level
from clinic.safety.phrases import PhraseError, Sets, parse, parse_sets, steps_of
from clinic.safety.ruleset import PLACES, RuleSet, Source, build

LANGUAGES: Final = frozenset({"de", "en", "kk", "ru", "tr", "uz"})
# An id ends up in the record of an alert, whose column is this wide.
LONGEST_ID: Final = 80
# Ways to walk one phrase from one place of a text: what keeps a phrase fast on any text.
MOST_STEPS: Final = 2000
_ID: Final = re.compile(r"[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*")
_LEVELS: Final = frozenset(level.name.lower() for level in Level)
_SET_NAME: Final = re.compile(r"<([a-z_]+)>")


def lint(source: Source) -> list[str]:
    """Every problem found, as sentences that begin with the rule, guard, set or category at fault.

    Examples are tried only when nothing else is wrong, as rules that cannot be built match nothing.
    """
    problems = [*_shared_problems(source), *chain.from_iterable(map(_checker(source), source.rules))]
    return problems or list(_example_problems(source, build(source)))


def _shared_problems(source: Source) -> Iterator[str]:
    shared = source.shared
    counted = Counter(rule.get("id", "") for rule in source.rules)
    yield from (f"{name}: this id stands {count} times" for name, count in counted.items() if count > 1)
    for name, cards in shared["categories"].items():
        if len(cards) != len(_LEVELS) - 1 or not set(cards) <= set(CARDS):
            yield f"category {name}: needs three known help cards"
        if all(rule.get("category") != name for rule in source.rules):
            yield f"category {name}: no rule speaks of it"
    used_guards = set(chain(_told_by(shared), *(rule.get("guards", ()) for rule in source.rules)))
    for name, guard in shared["guards"].items():
        if name not in used_guards:
            yield f"guard {name}: no rule uses it"
        if guard.get("place") not in PLACES or guard.get("lowers_to") not in _LEVELS - {"emergency"}:
            yield f"guard {name}: has an unknown place or level"
    yield from (
        f"{name}: this guard is listed and does not exist"
        for name in _told_by(shared)
        if name not in shared["guards"]
    )
    yield from _set_problems(source)


def _told_by(shared: Mapping[str, Any]) -> list[str]:
    telling = shared.get("telling", {})
    return [*telling.get("hints", ()), *telling.get("by_clause", ())]


def _set_problems(source: Source) -> Iterator[str]:
    sets = source.shared["sets"]
    written = chain(
        chain.from_iterable(sets.values()),
        chain.from_iterable(rule.get("phrases", ()) for rule in source.rules),
        chain.from_iterable(
            [*guard["phrases"], *guard.get("unless", ()), *guard.get("unless_near", ())]
            for guard in source.shared["guards"].values()
        ),
    )
    named = set(chain.from_iterable(_SET_NAME.findall(phrase) for phrase in written))
    yield from (f"set {name}: nothing uses it" for name in sets if name not in named)
    try:
        known = parse_sets(sets)
    except PhraseError as error:
        yield f"sets: {error}"
        return
    for name, guard in source.shared["guards"].items():
        yield from _phrase_problems(f"guard {name}", [*guard["phrases"], *guard.get("unless", ())], known)


def _checker(source: Source) -> Callable[[Mapping[str, Any]], list[str]]:
    try:
        sets = parse_sets(source.shared["sets"])
    except PhraseError:
        sets = {}

    def check(rule: Mapping[str, Any]) -> list[str]:
        name = rule.get("id", "a rule without an id")
        wrong = {
            "its id is malformed, too long or of another language": not _ID.fullmatch(name)
            or len(name) > LONGEST_ID
            or not name.startswith(f"{rule.get('language')}-"),
            "its language is unknown": rule.get("language") not in LANGUAGES,
            "its category is unknown": rule.get("category") not in source.shared["categories"],
            "its level is unknown": rule.get("level") not in _LEVELS - {"none"},
            "it names an unknown guard": not set(rule.get("guards", ())) <= set(source.shared["guards"]),
            "it has no example that must match": not rule.get("matches"),
            "it has no example that it must leave": not rule.get("leaves"),
            "its file does not say who reviewed it": not {"clinician", "native_speaker"}
            <= set(rule.get("review", ())),
        }
        found = [f"{name}: {what}" for what, is_wrong in wrong.items() if is_wrong]
        return [*found, *(_phrase_problems(name, rule.get("phrases", ()), sets) if sets else ())]

    return check


def _phrase_problems(name: str, phrases: Sequence[str], sets: Sets) -> Iterator[str]:
    if not phrases:
        yield f"{name}: it has no phrase"
    if len(set(phrases)) != len(phrases):
        yield f"{name}: a phrase stands twice"
    for phrase in phrases:
        try:
            steps = steps_of(parse(phrase, sets))
        except PhraseError as error:
            yield f"{name}: {error}"
            continue
        if steps > MOST_STEPS:
            yield f"{name}: “{' '.join(phrase.split())}” can be walked in {steps} ways, more than {MOST_STEPS}"


def _example_problems(source: Source, rule_set: RuleSet) -> Iterator[str]:
    for rule in source.rules:
        level = Level[rule["level"].upper()]
        for wanted, examples in ((True, rule["matches"]), (False, rule["leaves"])):
            for example in examples:
                spans = detect_with(rule_set, example, language=rule["language"]).spans
                if wanted != any(span.rule == rule["id"] and span.level == level for span in spans):
                    yield f"{rule['id']}: “{example}” {'is missed' if wanted else 'is matched'}"

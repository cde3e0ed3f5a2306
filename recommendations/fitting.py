"""Choosing for one person: among the steps that are indicated, what helped this person before comes first.

Of each rule at most one step. A step that did not help, is not wanted or is not possible is left out while such a fact
of the profile stands; one that helped may also stand in for another step of the same family of rules, and comes before
one that is only wished for, which comes before the gentlest. A contraindication is asked first and nothing overrides
it. Only the mark of a fact is read (`clinic.activities`), never its words.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from clinic import profile
from clinic.activities import Verdict, mark_of
from clinic.clock import local_date
from clinic.models.patient import Patient
from clinic.models.profile import Origin
from clinic.models.screening import ScreeningState
from recommendations import catalogue
from recommendations.catalogue import CatalogueEntry
from recommendations.catalogue.activities import activities_of
from recommendations.catalogue.texts import Standing
from recommendations.contraindications import blocks
from recommendations.evidence import Piece, Side, Weight, pieces_of
from recommendations.models.suggestion import Suggestion
from recommendations.releases import SUGGEST_PARAMETERS
from recommendations.steps import Resting
from recommendations.workflow import UNDECIDED

SPEAKS_FOR = {Verdict.HELPED: 0, Verdict.LIKED: 1}
"""What raises a step, and how far: the smaller comes first."""

BESIDE = 2
"""The place of a step of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one fact says of one activity: its verdict, whose word it is and the day on which it was said."""

    fact: UUID
    activity: str
    verdict: Verdict
    origin: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one person that bears on the choice; `states` are those of the screening."""

    states: Mapping[str, ScreeningState]
    known: Sequence[Known] = ()
    rests: Resting = field(default_factory=Resting)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A chosen step, the rule that it was chosen for, what is known in its favour, and what was left out before it."""

    text: Standing
    rule: str
    known: tuple[Known, ...]
    left_out: tuple[tuple[str, Known], ...]


def known_of(patient_ids: Iterable[UUID]) -> dict[UUID, list[Known]]:
    """The marks of the facts that hold now, newest first: one query. Facts from elsewhere carry none that is read."""
    found: dict[UUID, list[Known]] = {}
    for fact in profile.marked(patient_ids):
        mark = mark_of(fact.code)
        if mark and fact.origin != Origin.IMPORTED:
            day = local_date(at=fact.happened_at, zone=fact.patient.zone)
            each = Known(fact.pk, mark.activity, mark.verdict, fact.origin, day)
            found.setdefault(fact.patient_id, []).append(each)
    return found


def against(entry: CatalogueEntry, known: Iterable[Known]) -> list[Known]:
    """What keeps this step from being drafted for this person. One careful word counts more than any other."""
    return [each for each in _about(entry, known) if each.verdict not in SPEAKS_FOR]


def chosen(texts: Iterable[Standing], met: Collection[str], person: Person) -> list[Fitted]:
    """What may be drafted for these rules; `texts` stand gentlest first."""
    clear = [text for text in texts if not blocks(text.entry, person.states)]
    fitting = [text for text in clear if not against(text.entry, person.known)]
    found: dict[str, list[Fitted]] = {}
    for rule in sorted(met):
        of_rule = [text for text in fitting if _meets(text, rule, person)]
        of_rule.sort(key=lambda text: _place(text, person.known))
        if any(text.entry.code in person.rests.in_place for text in of_rule):
            continue
        for text in [text for text in of_rule if text.entry.code not in person.rests.codes][:1]:
            left_out = tuple(_left_out(clear, rule, person)) if text.entry.indication == rule else ()
            fitted = Fitted(text, rule, tuple(_about(text.entry, person.known)), left_out)
            found.setdefault(text.entry.code, []).append(fitted)
    return [_for_its_own_rule(each) for each in found.values()]


def _for_its_own_rule(ways: Sequence[Fitted]) -> Fitted:
    """One draft of a step that was chosen for several rules: told by its own rule where that is one of them."""
    return next((each for each in ways if each.text.entry.indication == each.rule), ways[0])


def _meets(text: Standing, rule: str, person: Person) -> bool:
    """Its own rule; or one of the same family, where the step has helped this person."""
    own = text.entry.indication
    near = any({own, rule} <= set(family) for family in SUGGEST_PARAMETERS["families"])
    return own == rule or (near and _place(text, person.known) == SPEAKS_FOR[Verdict.HELPED])


def _place(text: Standing, known: Iterable[Known]) -> int:
    """By what the steps of a rule are ordered; those of one place keep their order, gentlest first."""
    about = _about(text.entry, known)
    return min((SPEAKS_FOR.get(each.verdict, BESIDE) for each in about), default=BESIDE)


def _about(entry: CatalogueEntry, known: Iterable[Known]) -> list[Known]:
    activities = activities_of(entry)
    return [each for each in known if each.activity in activities]


def _left_out(clear: Iterable[Standing], rule: str, person: Person) -> Iterable[tuple[str, Known]]:
    """The steps of this rule that a fact of the profile keeps from being drafted, each with the newest such fact."""
    for text in clear:
        if text.entry.indication == rule and (facts := against(text.entry, person.known)):
            yield text.entry.code, facts[0]


def pieces(fitted: Fitted) -> list[Piece]:
    """The facts of the profile behind a choice as evidence: what speaks for it, and what was left out before it."""
    found = [
        Piece(
            f"profile_{each.fact}",
            Side.FOR,
            Weight.STRONG if each.verdict == Verdict.HELPED else Weight.MEDIUM,
            _figures(each) | {"rule": fitted.rule},
        )
        for each in fitted.known
    ]
    for code, each in fitted.left_out:
        found.append(Piece(f"instead_{code}", Side.FOR, Weight.MEDIUM, _figures(each) | {"step": code}))
    return found


def _figures(known: Known) -> dict[str, float | int | str]:
    return {
        "fact": str(known.fact),
        "activity": known.activity,
        "verdict": known.verdict.value,
        "origin": known.origin,
        "day": known.day.isoformat(),
    }


def drafts_out_of_place(patient: Patient) -> list[str]:
    """The codes of waiting drafts that a fact speaks against now, or that rest on a fact that no longer stands."""
    known = known_of([patient.pk]).get(patient.pk, [])
    standing = {str(each.fact) for each in known}
    rows = Suggestion.objects.filter(patient=patient, state__in=UNDECIDED).select_related("intervention")
    return [
        row.code
        for row in rows
        if against(catalogue.of_body(row.intervention.body), known) or not _cited(row) <= standing
    ]


def _cited(draft: Suggestion) -> set[str]:
    return {str(each.figures["fact"]) for each in pieces_of(draft.facts) if "fact" in each.figures}


def rule_of(draft: Suggestion, entry: CatalogueEntry) -> str:
    """The rule for which a draft was chosen: its text's own, or one of its family where the step helped before."""
    rules = (piece.figures["rule"] for piece in pieces_of(draft.facts) if "rule" in piece.figures)
    return str(next(rules, entry.indication))

"""The draft's card: what the patient would read, why, what speaks against it, the rule checks and the source."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.models.screening import ScreeningState
from clinic.screening import CONDITIONS, Standing
from dashboard.caseload.chart_made import Made
from dashboard.caseload.loader import Record
from dashboard.caseload.reading import as_of, release_name
from dashboard.caseload.screening_lines import source_of
from dashboard.times import said
from recommendations import catalogue, fitting
from recommendations.catalogue import CatalogueEntry
from recommendations.evidence import pieces_of
from recommendations.models.suggestion import Suggestion
from recommendations.rule_wording import INDICATIONS
from recommendations.wording import sentence, what_changed
from recommendations.words import PlanWords
from recommendations.workflow import State

OF_RULE: dict[str, str | tuple[str, ...]] = {
    "depression_at_caseness": ("form_phq9", "form_phq8"),
    "depression_rising": ("form_phq9", "form_phq8"),
    "depression_easing": ("form_phq9", "form_phq8"),
    "anxiety_at_caseness": "form_gad7",
    "anxiety_rising": "form_gad7",
    "sleep_shorter_than_usual": "sleep",
}
"""The evidence behind each rule that is not about mood, by the beginning of its key."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule check: its words, whether it passed, and whether it did so although the answer is not known."""

    words: str
    passed: bool
    unknown: bool


@dataclass(frozen=True, slots=True)
class DraftCard:
    """What `_components/draft_card.html` shows of one draft."""

    title: str
    words: str
    dose: str
    stop_rule: str
    words_label: str
    unseen: str
    made: tuple[Made, ...]
    why_title: str
    why: str
    against: str
    checks: tuple[Check, ...]
    sources: tuple[str, ...]


def card_of(
    draft: Suggestion, words: PlanWords, record: Record, facts: Mapping[str, Standing], *, at: dt.datetime
) -> DraftCard:
    """The card of this draft. The catalogue's entry is the version that the draft was made from."""
    name, entry = record.identity.name, entry_of(draft)
    rule = fitting.rule_of(draft, entry)
    return DraftCard(
        title=words.title,
        words=words.words,
        dose=words.dose,
        stop_rule=words.stop_rule,
        words_label=_("What %(name)s would read") % {"name": name},
        unseen=_unseen(draft) % {"name": name},
        made=_made(draft, record, at=at),
        why_title=_("Why this, for %(name)s") % {"name": name},
        why=f"{INDICATIONS[rule]} {_measured(draft, rule)}",
        against=entry.caution,
        checks=tuple(checks_of(entry, facts, at=at, zone=record.zone)),
        sources=entry.sources,
    )


def _measured(draft: Suggestion, rule: str) -> str:
    """The figures behind the rule that chose it: the mood's, or those of the questionnaire or the nights; and what the
    profile says of it."""
    pieces, begins = pieces_of(draft.facts), OF_RULE.get(rule, "-")
    of_others = [sentence(piece).text for piece in pieces if piece.key.startswith(begins)]
    of_profile = [sentence(piece).text for piece in pieces if "fact" in piece.figures]
    return " ".join([*(of_others or [what_changed(draft.reading.facts)]), *of_profile])


def _unseen(draft: Suggestion) -> str:
    """Whether the patient sees it: never the draft itself, and what was signed stands elsewhere."""
    if draft.state == State.APPROVED:
        return _("as it was drafted; what was signed stands in the record")
    return _("%(name)s cannot see this")


def entry_of(draft: Suggestion) -> CatalogueEntry:
    """The catalogue entry from which a draft was made, in its own version."""
    return catalogue.of_body(draft.intervention.body)


def checks_of(
    entry: CatalogueEntry, facts: Mapping[str, Standing], *, at: dt.datetime, zone: str
) -> list[Check]:
    """Every contraindication with its state, its source and its date."""
    checks = [
        _check(facts[each.condition], must_be_known=each.must_be_known, at=at, zone=zone)
        for each in entry.contraindications
    ]
    return checks + [_caution(facts[code], at=at, zone=zone) for code in entry.cautions]


def _caution(known: Standing, *, at: dt.datetime, zone: str) -> Check:
    """A condition that asks for care and never blocks: the caution beside the draft says which."""
    label, source = str(CONDITIONS[known.code]), source_of(known, at=at, zone=zone)
    words = {
        ScreeningState.PRESENT: _("%(condition)s: present, so take care; it does not block"),
        ScreeningState.ABSENT: _("%(condition)s: absent"),
        ScreeningState.UNKNOWN: _("%(condition)s: not known; ask if in doubt"),
    }[known.state] % {"condition": label}
    return Check(f"{words} ({source})", True, known.state != ScreeningState.ABSENT)


def _check(known: Standing, *, must_be_known: bool, at: dt.datetime, zone: str) -> Check:
    label, source = str(CONDITIONS[known.code]), source_of(known, at=at, zone=zone)
    words: StrOrPromise
    if known.state == ScreeningState.PRESENT:
        words, passed = _("%(condition)s: present"), False
    elif known.state == ScreeningState.ABSENT:
        words, passed = _("%(condition)s: absent"), True
    elif must_be_known:
        words, passed = _("%(condition)s: not known, and it must be"), False
    else:
        words, passed = _("%(condition)s: not known; ask if in doubt"), True
    unknown = passed and known.state == ScreeningState.UNKNOWN
    return Check(f"{words % {'condition': label}} ({source})", passed, unknown)


def _made(draft: Suggestion, record: Record, *, at: dt.datetime) -> tuple[Made, ...]:
    today = at.date()
    return (
        Made(_("Drafted"), said(draft.happened_at, at=at, zone=record.zone)),
        Made(_("Chosen by"), f"{draft.release.name} {draft.release.version}"),
        Made(_("Reading"), f"{release_name(draft.reading)}, {as_of(draft.reading, today=today)}"),
        Made(_("Words"), f"{draft.code} {draft.intervention.version}"),
        Made(_("Uses"), _uses(draft)),
    )


def _uses(draft: Suggestion) -> str:
    """The sources that were read, each only with the patient's consent to it."""
    keys = {piece.key for piece in pieces_of(draft.facts)}
    if "only_these_sources" not in keys:
        return _("the mood numbers of check-ins and screening facts; no words of the patient")
    return _(
        "the mood numbers of check-ins, totals of questionnaires or hours of sleep where the patient agreed to it, "
        "activities that facts of the profile are marked with, and screening facts; no words of the patient"
    )

"""Why a draft was withdrawn while somebody was about to sign it: the new fact by its name."""

from django_stubs_ext import StrOrPromise

from dashboard.caseload.drafts import block_words
from dashboard.caseload.loader import Record
from dashboard.review.card import entry_of
from recommendations import contraindications, situation
from recommendations.models.suggestion import Suggestion
from recommendations.situation import PARTS, SituationChanged


def withdrawn_because(draft: Suggestion, record: Record, seen: str) -> tuple[StrOrPromise, ...]:
    """The contraindications that stand now, and whatever else is new since the page was read. Three queries."""
    states = contraindications.states_of(record.patient)
    against = contraindications.blocks(entry_of(draft), states)
    return (*(block_words(each) for each in against), *_changed(draft, record, seen))


def _changed(draft: Suggestion, record: Record, seen: str) -> list[StrOrPromise]:
    try:
        situation.check_unchanged(situation.of_draft(draft, record.patient, record.ring), seen)
    except SituationChanged as changes:
        return [each for each in changes.sentences if each != PARTS["draft"]]
    return []

"""Who decided about a draft, when, and why: for a draft that is no longer open."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.keys import CannotOpen, Ring
from dashboard.safety.context import printed_name
from dashboard.times import said
from recommendations.evidence import pieces_of
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review.reasons import EDITS, REJECTIONS
from recommendations.wording import sentence
from recommendations.workflow import STATES, UNDECIDED, State


@dataclass(frozen=True, slots=True)
class Decided:
    """How a draft ended: one sentence, the reasons, what was named as support, the note, what was opened."""

    sentence: str
    reasons: tuple[StrOrPromise, ...] = ()
    supporting: tuple[str, ...] = ()
    note: str = ""
    opened: str = ""


def decided(draft: Suggestion, ring: Ring, *, at: dt.datetime, zone: str) -> Decided | None:
    """How it ended, or None while the draft is undecided. One query for a draft that is not."""
    if draft.state in UNDECIDED:
        return None
    review = (
        Review.objects.filter(suggestion=draft, round=draft.round).select_related("decided_by__staff").first()
    )
    if review is None:
        return Decided(str(STATES[State(draft.state)][0]))
    return Decided(
        sentence=decision_words(review, at=at, zone=zone),
        reasons=tuple((EDITS | REJECTIONS).get(code, code) for code in review.reasons),
        supporting=tuple(
            sentence(piece).text for piece in pieces_of(draft.facts) if piece.key in review.supporting
        ),
        note=_note(review, ring),
        opened=_("%(opened)d of %(all)d pieces of evidence were opened")
        % {"opened": review.evidence_opened, "all": review.evidence_shown},
    )


def decision_words(review: Review, *, at: dt.datetime, zone: str) -> str:
    """Who decided what, and when: "Dr Elias Ruiz, today 09:31: Approved"."""
    words = _("%(name)s, %(when)s: %(verdict)s")
    return words % {
        "name": printed_name(review.decided_by),
        "when": said(review.decided_at, at=at, zone=zone),
        "verdict": Verdict(review.verdict).label,
    }


def _note(review: Review, ring: Ring) -> str:
    try:
        return review.unseal(ring, "note")
    except CannotOpen:
        return _("The note cannot be opened.")

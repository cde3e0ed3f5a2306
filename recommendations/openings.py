"""What a reviewer opened before deciding: recorded and shown ("4 of 6 opened"), never a gate (SR-62)."""

import datetime as dt

from django.db import transaction

from clinic.actor import Actor, log
from recommendations.evidence import pieces_of
from recommendations.models.suggestion import Opening, Suggestion


class UnknownPiece(LookupError):
    """The draft shows no piece of evidence of that name."""


@transaction.atomic
def draft_opened(*, suggestion: Suggestion, by: Actor, at: dt.datetime) -> None:
    """Record that a draft was opened, and in which words it was shown. Two queries."""
    _record(suggestion, "", by=by, at=at)
    log("draft_opened", by=by, at=at, patient=suggestion.patient, subject=suggestion)


@transaction.atomic
def evidence_opened(*, suggestion: Suggestion, evidence: str, by: Actor, at: dt.datetime) -> None:
    """Record that one piece of evidence was opened; opening it again adds nothing. Raises UnknownPiece."""
    if evidence not in {piece.key for piece in pieces_of(suggestion.facts)}:
        raise UnknownPiece(evidence)
    if evidence not in opened_keys(suggestion=suggestion, by=by):
        _record(suggestion, evidence, by=by, at=at)
        facts = {"evidence": evidence}
        log("evidence_opened", by=by, at=at, patient=suggestion.patient, subject=suggestion, facts=facts)


def opened_keys(*, suggestion: Suggestion, by: Actor) -> frozenset[str]:
    """The pieces of evidence of this draft that the person has opened: one query."""
    rows = Opening.objects.filter(suggestion=suggestion, user=by.user).exclude(evidence="")
    return frozenset(rows.values_list("evidence", flat=True))


def _record(suggestion: Suggestion, evidence: str, *, by: Actor, at: dt.datetime) -> None:
    assert by.user is not None  # noqa: S101  software opens nothing
    Opening.objects.create(
        suggestion=suggestion,
        user=by.user,
        evidence=evidence,
        shown_digest=suggestion.digest,
        happened_at=at,
    )

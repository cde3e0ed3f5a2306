"""Drafts of one patient, and deciding about one of them: the same operations as the pages, one draft at a time."""

import datetime as dt
from uuid import UUID

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from clinic import reauth, tokens
from clinic.models.token import ApiToken, Scope
from clinic.reauth import NotConfirmed, Proof
from dashboard.access import PSYCHOLOGIST
from dashboard.api import shown
from dashboard.api.caseload import date_of, opened
from dashboard.api.cursors import decode, limit_of, moment, page
from dashboard.api.door import CURSOR, acting_of, endpoint
from dashboard.api.shapes import (
    ApproveShape,
    DecidedShape,
    DraftShape,
    RejectShape,
    ToSignShape,
    page_of,
)
from dashboard.caseload.loader import Record
from dashboard.review.loader import draft_of
from recommendations import openings, review, situation
from recommendations.models.review import Verdict
from recommendations.models.signature import Kind
from recommendations.models.suggestion import Suggestion
from recommendations.review import Choice, preview
from recommendations.waiting import turn
from recommendations.words import draft_words

UNTIL = OpenApiParameter(
    "valid_until",
    dt.date,
    description="The last day on which the patient would read it; without it in 4 weeks.",
)

SIGNING = {
    "seen": "5f0c…",
    "digest": "91c2…",
    "supporting": ["below_usual"],
    "valid_until": "2027-02-26",
    "note": "",
    "password": "…",
}


@endpoint(
    PSYCHOLOGIST, scope=Scope.READ, response=page_of(DraftShape), refusals=(409, 422, 503), parameters=CURSOR
)
def drafts(request: Request, ref: str) -> Response:
    """The AI drafts of one patient, newest first, decided ones too; none where AI may not be used."""
    record, limit = opened(request, ref), limit_of(request)
    mine = Suggestion.objects.filter(patient=record.patient)
    rows = turn.with_turn(mine, at=acting_of(request).at).order_by("-recorded_at", "-id")
    if place := decode(request, moment, UUID):
        rows = rows.filter(TupleLessThan(Tuple(F("recorded_at"), F("id")), place))
    found = list(rows[: limit + 1]) if record.standing.ai_allowed and record.may_review else []
    return Response(
        page(
            found,
            limit=limit,
            shown=lambda row: shown.draft(turn.as_it_stands(row), record.ring),
            place=lambda row: (row.recorded_at.isoformat(), row.pk),
        )
    )


@endpoint(PSYCHOLOGIST, scope=Scope.READ, response=ToSignShape, refusals=(409, 422, 503), parameters=[UNTIL])
def draft(request: Request, ref: str, draft: UUID) -> Response:
    """One draft with its words, its evidence and `seen`, which an approval must carry."""
    acting = acting_of(request)
    record, found = _draft(request, ref, draft)
    until = date_of(request, "valid_until") or preview.usual_end(record.patient, at=acting.at)
    would_be = preview.of_words(
        draft_words(found, record.ring),
        verdict=Verdict.APPROVED,
        draft=found,
        patient=record.patient,
        valid_until=until,
        ring=record.ring,
        by=acting.actor,
        at=acting.at,
    )
    openings.draft_opened(suggestion=found, by=acting.actor, at=acting.at)
    seen = situation.of_draft(found, record.patient, record.ring).token
    return Response(shown.to_sign(found, would_be, seen))


@endpoint(
    PSYCHOLOGIST,
    scope=Scope.DECIDE,
    method="POST",
    request=RejectShape,
    response=DecidedShape,
    refusals=(400, 409, 422, 503),
    examples=[OpenApiExample("Not now", value={"reasons": ["wrong_time"]}, request_only=True)],
)
def reject(request: Request, ref: str, draft: UUID) -> Response:
    """Reject a draft with at least one coded reason. The patient never sees it."""
    acting = acting_of(request)
    _record, found = _draft(request, ref, draft)
    entered = RejectShape(data=request.data)
    entered.is_valid(raise_exception=True)
    made = review.reject(
        suggestion=found,
        reasons=entered.validated_data["reasons"],
        note=entered.validated_data["note"],
        by=acting.actor,
        at=acting.at,
    )
    return Response({"id": made.pk, "verdict": made.verdict, "visible_from": None})


@endpoint(
    PSYCHOLOGIST,
    scope=Scope.DECIDE,
    method="POST",
    request=ApproveShape,
    response=DecidedShape,
    refusals=(400, 409, 422, 503),
    examples=[OpenApiExample("After reading it", value=SIGNING, request_only=True)],
)
def approve(request: Request, ref: str, draft: UUID) -> Response:
    """Sign a draft in its own words, with your password. It is refused when anything changed since it was read."""
    acting = acting_of(request)
    _record, found = _draft(request, ref, draft)
    entered = ApproveShape(data=request.data)
    entered.is_valid(raise_exception=True)
    said = entered.validated_data
    made = review.approve(
        suggestion=found,
        seen=said["seen"],
        choice=Choice(
            valid_until=said["valid_until"],
            supporting=tuple(said["supporting"]),
            note=said["note"],
            expected={Kind.PLAN_ITEM.value: said["digest"]},
        ),
        proof=_proof(request, said["password"]),
        by=acting.actor,
        at=acting.at,
    )
    return Response({"id": made[0].pk, "verdict": "approved", "visible_from": made[0].visible_from})


def _draft(request: Request, ref: str, draft: UUID) -> tuple[Record, Suggestion]:
    record, found = draft_of(acting_of(request), ref.replace("\0", ""), draft)
    if not record.standing.ai_allowed:
        raise Http404
    return record, found


def _proof(request: Request, password: str) -> Proof:
    """That the person knows the password. Guessing with a stolen token ends that token."""
    acting = acting_of(request)
    token = request.auth if isinstance(request.auth, ApiToken) else None
    if token:
        tokens.count_try(token=token, by=acting.actor, at=acting.at)
    try:
        proof = reauth.confirm(acting, user=acting.person, password=password, at=acting.at)
    except NotConfirmed:
        if token:
            tokens.guessed(token=token, by=acting.actor, at=acting.at)
        raise
    if token:
        tokens.forgive(token)
    return proof

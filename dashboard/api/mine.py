"""What is the patient's own: signed plan, check-ins, consents. Signed words come through the portal's door only."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from clinic import consent
from clinic.intake import NewCheckIn
from clinic.keys import KeysUnavailable
from clinic.models.patient import Patient
from clinic.models.token import Scope
from clinic.safety import alerts
from dashboard.access import PATIENT
from dashboard.api import helping
from dashboard.api.cursors import decode, encode
from dashboard.api.door import acting_of, endpoint
from dashboard.api.own_shapes import (
    CheckInEntryShape,
    CheckInShape,
    ConsentShape,
    KeptShape,
    NotKeptShape,
    PlanItemShape,
)
from dashboard.api.refusals import by_field
from dashboard.api.shapes import page_of
from dashboard.portal import answers, danger, diary, loaders
from dashboard.portal.keeping import kept
from dashboard.portal.reading import read_plan
from recommendations.publications import PlanItem

ENTERED = {
    "submission": "0d9f6c5a-6b8f-4a55-9a54-6f4f6f0f8f11",
    "mood": 6,
    "feelings": ["calm"],
    "note": "Slept well.",
}
BEGINNING = OpenApiParameter("cursor", str, description="Where the page begins: `next` of the page before.")


@endpoint(PATIENT, scope=Scope.READ, response=PlanItemShape(many=True), refusals=(503,))
def plan(request: Request) -> Response:
    """The steps of your plan that a psychologist has signed, newest first."""
    acting = acting_of(request)
    patient = loaders.me(acting)
    found = read_plan(acting, patient, loaders.my_ring(patient))
    if found is None:
        raise KeysUnavailable(answers.closed().text)
    return Response([_step(each) for each in found.plan])


def _step(each: PlanItem) -> dict[str, Any]:
    same = ("title", "words", "dose", "stop_rule", "language", "valid_until")
    return {name: getattr(each, name) for name in same} | {
        "id": each.publication_id,
        "signed_by": each.signed.name,
        "signed_at": each.signed.at,
        "with_ai": each.signed.with_ai,
        "fingerprint": each.signed.fingerprint,
    }


@endpoint(
    PATIENT,
    scope=Scope.READ,
    response=page_of(CheckInEntryShape),
    refusals=(422,),
    parameters=[BEGINNING],
)
def check_ins(request: Request) -> Response:
    """Your check-ins, newest first."""
    patient = loaders.me(acting_of(request))
    place = decode(request, UUID)
    found = diary.page(patient, loaders.my_ring(patient), before=place[0] if place else None)
    onwards = encode((found.next_before,)) if found.next_before else None
    return Response({"results": [_entry(each) for each in found.entries], "next": onwards})


def _entry(each: diary.Entry) -> dict[str, Any]:
    same = ("happened_at", "day", "mood", "feelings", "note", "corrected")
    return {"id": each.check_in_id} | {name: getattr(each, name) for name in same}


@endpoint(
    PATIENT,
    scope=Scope.WRITE,
    method="POST",
    request=CheckInShape,
    response=KeptShape,
    status=201,
    refusals_of={400: NotKeptShape, 409: NotKeptShape, 422: NotKeptShape},
    examples=[OpenApiExample("A good day", value=ENTERED, request_only=True)],
)
def check_in(request: Request) -> Response:
    """Save a check-in. Whatever comes of it, its words are read for danger, and the answer carries the help."""
    acting = acting_of(request)
    patient = loaders.me(acting)
    try:
        entered = CheckInShape(data=request.data)
    except (ParseError, UnsupportedMediaType, RequestDataTooBig) as error:
        return helping.refused(request, patient, error)
    if not entered.is_valid():
        return _unfit(request, patient, entered)
    said = entered.validated_data
    entry = NewCheckIn(
        submission=said["submission"],
        mood=said["mood"],
        feelings=tuple(said["feelings"]),
        note=said["note"] if said["note"].strip() else "",
        happened_at=acting.at,
    )
    outcome = kept(patient=patient, entry=entry, by=acting.actor, at=acting.at)
    found = helping.shown(danger.of_notice(outcome.notice, patient=patient, at=acting.at))
    if outcome.check_in is None:
        refusal = answers.not_kept(outcome.not_kept) if outcome.not_kept else answers.not_fitting()
        body = {"code": str(outcome.not_kept), "detail": refusal.text, "fields": {}, "help": found}
        return Response(body, status=status.HTTP_409_CONFLICT)
    done = {"id": outcome.check_in.pk, "is_new": outcome.is_new, "help": found}
    return Response(done, status=status.HTTP_201_CREATED)


def _unfit(request: Request, patient: Patient, entered: CheckInShape) -> Response:
    """Nothing is stored of what does not fit; help does not depend on it."""
    acting, sent = acting_of(request), request.data if isinstance(request.data, dict) else {}
    text = helping.strings_of(request.body)
    noticed = alerts.notice(patient=patient, text=text, submission=_submission(sent), at=acting.at)
    found = helping.shown(danger.of_notice(noticed, patient=patient, at=acting.at))
    body = {
        "code": "invalid",
        "detail": answers.not_fitting().text,
        "fields": by_field(entered.errors),
        "help": found,
    }
    return Response(body, status=status.HTTP_422_UNPROCESSABLE_ENTITY)


def _submission(sent: dict[str, Any]) -> UUID:
    try:
        return UUID(str(sent.get("submission")))
    except ValueError:
        return uuid4()


@endpoint(PATIENT, scope=Scope.READ, response=ConsentShape(many=True))
def consents(request: Request) -> Response:
    """What may be used for what, and since when."""
    patient = loaders.me(acting_of(request))
    return Response(
        [
            {
                "source": each.source,
                "purpose": each.purpose,
                "title": each.title,
                "text": each.text,
                "given": each.given,
                "since": each.grant.given_at if each.grant else None,
            }
            for each in consent.choices(patient)
        ]
    )

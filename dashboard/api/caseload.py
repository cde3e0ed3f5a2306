"""The own caseload: patients, what waits, numbers, readings, drafts and what was signed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from clinic import access, keys, people, series
from clinic.actor import log
from clinic.clock import local_date
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Signal
from clinic.models.token import Scope
from clinic.signals import MEANINGS
from dashboard.access import PSYCHOLOGIST
from dashboard.api import shown
from dashboard.api.cursors import decode, limit_of, moment, page, written
from dashboard.api.door import CURSOR, acting_of, endpoint
from dashboard.api.shapes import (
    PatientShape,
    PublicationShape,
    QueueShape,
    ReadingShape,
    SeriesShape,
    page_of,
)
from dashboard.caseload.loader import Record, record_of
from recommendations import publications, queue, readings
from recommendations.queue import Cursor

LONGEST_SPAN = dt.timedelta(days=366)
SPAN = dt.timedelta(days=56)

SINCE = OpenApiParameter(
    "since", dt.date, description="The first day; without it 8 weeks before the last one."
)
SIGNAL = OpenApiParameter("signal", str, enum=Signal.values, default=Signal.MOOD.value)
UNTIL = OpenApiParameter("until", dt.date, description="The last day; without it the patient's today.")


@endpoint(
    PSYCHOLOGIST, scope=Scope.READ, response=page_of(QueueShape), refusals=(422, 503), parameters=CURSOR
)
def waiting(request: Request) -> Response:
    """The AI drafts that wait for your decision, oldest first."""
    acting, limit = acting_of(request), limit_of(request)
    place = decode(request, moment, UUID)
    found = queue.page(acting.person, at=acting.at, limit=limit + 1, after=Cursor(*place) if place else None)
    ring = keys.ring({draft.patient_id for draft in found})
    names = people.identities([draft.patient for draft in found], ring, at=acting.at)
    allowed = shown.ai_allowed([draft.patient for draft in found])
    with transaction.atomic():
        log("queue_opened", by=acting.actor, at=acting.at, facts={"drafts": min(len(found), limit)})
    return Response(
        page(
            found,
            limit=limit,
            shown=lambda draft: shown.queued(draft, names.get(draft.patient_id), ring),
            place=lambda draft: (draft.waiting_since.isoformat(), draft.pk),
            fits=lambda draft: draft.patient_id in allowed,
        )
    )


@endpoint(
    PSYCHOLOGIST, scope=Scope.READ, response=page_of(PatientShape), refusals=(422, 503), parameters=CURSOR
)
def caseload(request: Request) -> Response:
    """The patients of your caseload, by record number."""
    acting, limit = acting_of(request), limit_of(request)
    mine = access.records(acting.person, at=acting.at).order_by("record_number")
    if place := decode(request, written):
        mine = mine.filter(record_number__gt=place[0])
    found = list(mine[: limit + 1])
    ring = keys.ring(patient.pk for patient in found)
    names = people.identities(found, ring, at=acting.at)
    allowed = shown.ai_allowed(found)
    with transaction.atomic():
        log("caseload_opened", by=acting.actor, at=acting.at, facts={"patients": min(len(found), limit)})
    return Response(
        page(
            found,
            limit=limit,
            shown=lambda patient: shown.patient(patient, names.get(patient.pk), patient.pk in allowed),
            place=lambda patient: (patient.record_number,),
        )
    )


@endpoint(PSYCHOLOGIST, scope=Scope.READ, response=PatientShape, refusals=(409, 503))
def patient(request: Request, ref: str) -> Response:
    """One patient of your caseload."""
    record = opened(request, ref)
    return Response(shown.patient(record.patient, record.identity, record.standing.ai_allowed))


@endpoint(
    PSYCHOLOGIST,
    scope=Scope.READ,
    response=SeriesShape,
    refusals=(409, 422, 503),
    parameters=[SINCE, UNTIL, SIGNAL],
)
def observations(request: Request, ref: str) -> Response:
    """One signal day by day, of the sources that the patient shares: the same numbers as chart, table and CSV."""
    record = opened(request, ref)
    signal = _signal(request)
    since, until = _span(request, record)
    shared = [source for source in Source if record.standing.agreed(Purpose.SHARE, source)]
    found = series.read(record.patient, signals=[signal], sources=shared, since=since, until=until)
    return Response(
        {
            "signal": signal,
            "unit": str(MEANINGS[signal].unit),
            "better": MEANINGS[signal].better,
            "zone": record.patient.zone,
            "as_of": acting_of(request).at,
            "days": [shown.day(each) for each in found.get(signal, ())],
        }
    )


@endpoint(
    PSYCHOLOGIST,
    scope=Scope.READ,
    response=ReadingShape(many=True),
    refusals=(409, 422, 503),
    parameters=[SINCE, UNTIL],
)
def moods(request: Request, ref: str) -> Response:
    """The AI's mood readings as they were stored, one a day; none where AI may not be used."""
    record = opened(request, ref)
    since, until = _span(request, record)
    if not record.standing.ai_allowed:
        return Response([])
    rows = (
        readings.series([record.patient.pk], since=since).filter(as_of__lte=until).select_related("release")
    )
    return Response([shown.reading(row) for row in rows])


@endpoint(PSYCHOLOGIST, scope=Scope.READ, response=PublicationShape(many=True), refusals=(409, 503))
def signed(request: Request, ref: str) -> Response:
    """Everything that was signed for this patient, newest first."""
    record = opened(request, ref)
    found = publications.for_staff(record.patient, record.ring, at=acting_of(request).at)
    return Response([shown.publication(each) for each in found])


def opened(request: Request, ref: str) -> Record:
    """One record of the own caseload; opening it stands in the log, and the patient can see that."""
    acting = acting_of(request)
    record = record_of(acting, ref.replace("\0", ""))
    with transaction.atomic():
        log("record_opened", by=acting.actor, at=acting.at, patient=record.patient, subject=record.patient)
    return record


def _signal(request: Request) -> Signal:
    wanted = request.query_params.get("signal", Signal.MOOD)
    if wanted not in Signal.values:
        raise ValidationError({"signal": [_("There is no signal of this name.")]})
    return Signal(wanted)


def _span(request: Request, record: Record) -> tuple[dt.date, dt.date]:
    """First and last day. Raises ValidationError for what is no date, or for more than a year."""
    today = local_date(at=acting_of(request).at, zone=record.patient.zone)
    until = date_of(request, "until") or today
    since = date_of(request, "since") or max(until, dt.date.min + SPAN) - SPAN
    if not dt.timedelta(0) <= until - since <= LONGEST_SPAN:
        raise ValidationError({"since": [_("Ask for at most a year, first day first.")]})
    return since, until


def date_of(request: Request, name: str) -> dt.date | None:
    """The date in a parameter, or None without one. Raises ValidationError for what is no date."""
    text: Any = request.query_params.get(name)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValidationError({name: [_("Write a date as 2026-03-29.")]}) from error

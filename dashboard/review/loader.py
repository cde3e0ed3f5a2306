"""Loads one draft with its record, for those who may decide about it; 404 for everybody else."""

from uuid import UUID

from django.http import Http404

from clinic import access
from dashboard.access import ActingRequest
from dashboard.caseload.loader import Record, of_patient
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn


def draft_of(request: ActingRequest, ref: str, draft: UUID) -> tuple[Record, Suggestion]:
    """The record `ref` and its draft. Raises Http404 unless the person may review it. Five queries and the keys."""
    mine = access.records(request.person, at=request.at, right=access.REVIEW)
    rows = turn.with_turn(
        Suggestion.objects.select_related("patient", "reading__release", "release", "intervention"),
        at=request.at,
    )
    found = rows.filter(pk=draft, patient__record_number=ref, patient__in=mine.values("pk")).first()
    if found is None:
        raise Http404
    return of_patient(request, found.patient), turn.as_it_stands(found)

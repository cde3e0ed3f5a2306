"""Loading the forms that the person who is signed in has sent."""

import json
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from clinic.models.questionnaire import Mode, QuestionnaireResponse


def my_responses(patient: Patient) -> QuerySet[QuestionnaireResponse]:
    """This patient's forms as they were last corrected, newest first."""
    rows = QuestionnaireResponse.objects.filter(patient=patient, superseded_by=None)
    return rows.select_related("instrument").order_by("-happened_at", "-pk")


def my_response(patient: Patient, response_id: UUID) -> QuestionnaireResponse:
    """One of this patient's forms, as it was last corrected. Raises Http404 for anybody else's."""
    rows = QuestionnaireResponse.objects.filter(patient=patient).select_related("instrument", "patient")
    row = rows.filter(pk=response_id).first()
    while row is not None and (later := rows.filter(supersedes=row.pk).first()):
        row = later
    if row is None:
        raise Http404
    return row


def may_correct(row: QuestionnaireResponse) -> bool:
    """What the person answered here themselves can be corrected here; what others sent, with them."""
    return row.mode == Mode.SELF


def answers_of(row: QuestionnaireResponse, ring: Ring | None) -> dict[str, int | None] | None:
    """The answers by question code, or None where they cannot be opened just now."""
    if ring is None:
        return None
    try:
        answers: dict[str, int | None] = json.loads(row.unseal(ring, "answers"))
    except CannotOpen:
        return None
    return answers

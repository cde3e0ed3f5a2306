"""What speaks of an acute crisis although nobody recorded one: open safety alerts, and what was reported since.

A recorded "absent" holds until something says otherwise. An alert that is open and paged counts as present. What was
reported after somebody asked makes the answer unknown again, until somebody asks anew: a form that says nothing later
does not take it back (SR-12).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.models.questionnaire import QuestionnaireResponse, SafetyState
from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.models.screening import ScreeningState

CONDITION = "acute_crisis"


class Because(StrEnum):
    """Why a condition is not as it was recorded."""

    RECORDED = ""
    OPEN_ALERT = "open_alert"
    OPEN_CONCERN = "open_concern"
    REPORTED = "reported"


REASONS: dict[Because, StrOrPromise] = {
    Because.OPEN_ALERT: _("a safety alert is open, so this counts as present until it is closed"),
    Because.OPEN_CONCERN: _("a safety concern is open, so what was recorded does not hold"),
    Because.REPORTED: _("something was reported since this was asked; ask again and record it"),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """The level of the gravest open alert, 0 where none is open; and when something was last reported."""

    gravest: int = 0
    reported_at: dt.datetime | None = None


NONE = Signs()

OPEN = Q(closed_at=None)
MEANT = Q(level__gte=AlertLevel.URGENT) & ~Q(outcome=AlertOutcome.NO_DANGER)
REPORTS = Q(safety_state__in=[SafetyState.REPORTED, SafetyState.UNANSWERED])
"""Of every form as it was sent: an answer that was corrected later had been given."""


def of_patients(patient_ids: Iterable[UUID]) -> dict[UUID, Signs]:
    """The signs of these patients: two queries. Who has none is not in it."""
    wanted = list(patient_ids)
    alerts = SafetyAlert.objects.filter(patient__pk__among=wanted).values_list("patient").order_by()
    forms = (
        QuestionnaireResponse.objects.filter(REPORTS, patient__pk__among=wanted)
        .values_list("patient")
        .order_by()
    )
    answered = dict(forms.annotate(latest=Max("happened_at")))
    rows = alerts.annotate(gravest=Max("level", filter=OPEN), latest=Max("happened_at", filter=MEANT))
    found = {
        patient: Signs(gravest or 0, max(filter(None, [latest, answered.get(patient)]), default=None))
        for patient, gravest, latest in rows
    }
    return {patient: Signs(0, when) for patient, when in answered.items()} | found


def gravest_open(patient_id: UUID) -> int:
    """The level of this patient's gravest open alert, 0 where none is open: one query."""
    found = SafetyAlert.objects.filter(OPEN, patient=patient_id).aggregate(gravest=Max("level"))
    return found["gravest"] or 0


def reported_at(patient_id: UUID) -> Any:
    """When something was last reported, as a part of another query of this patient; null where nothing was."""
    alerts = SafetyAlert.objects.filter(MEANT, patient=patient_id).order_by("-happened_at")
    forms = QuestionnaireResponse.objects.filter(REPORTS, patient=patient_id).order_by("-happened_at")
    return Greatest(Subquery(alerts.values("happened_at")[:1]), Subquery(forms.values("happened_at")[:1]))


def since(state: ScreeningState, asked_at: dt.datetime, reported: dt.datetime | None) -> ScreeningState:
    """The recorded state, or unknown where "absent" was said before something was reported."""
    outdated = state == ScreeningState.ABSENT and reported is not None and reported > asked_at
    return ScreeningState.UNKNOWN if outdated else state


def held(state: ScreeningState, gravest: int) -> tuple[ScreeningState, Because]:
    """The state while alerts are open, and why it is not the recorded one."""
    if gravest >= AlertLevel.URGENT:
        return ScreeningState.PRESENT, Because.OPEN_ALERT
    if gravest and state == ScreeningState.ABSENT:
        return ScreeningState.UNKNOWN, Because.OPEN_CONCERN
    return state, Because.RECORDED

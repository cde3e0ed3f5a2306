"""The page of one alert, with the forms of whoever owns it."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from clinic.actor import log
from clinic.models.clinic import Clinic
from clinic.models.safety import SafetyAlert
from clinic.oncall import ahead, paging
from clinic.safety import alerts, persons
from clinic.safety.closing import REOPENS_FOR
from dashboard.access import ActingRequest
from dashboard.duties import of_alert
from dashboard.safety import asked, loader, paged
from dashboard.safety.ahead import Clock, clock
from dashboard.safety.around import around
from dashboard.safety.detail import alert_page
from dashboard.safety.forms import ActForm
from dashboard.safety.history import history
from dashboard.safety.plan import in_short


def opened(
    request: ActingRequest,
    alert: SafetyAlert,
    *,
    kind: str = "",
    form: ActForm | None = None,
    resumed: bool = False,
) -> HttpResponse:
    """The page, with the audit entry that it was opened."""
    with transaction.atomic():
        log("safety_alert_opened", by=request.actor, at=request.at, patient=alert.patient, subject=alert)
    return shown(request, alert, kind=kind, form=form, resumed=resumed)


def shown(
    request: ActingRequest,
    alert: SafetyAlert,
    *,
    kind: str = "",
    form: ActForm | None = None,
    resumed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page; `form` is the one of `kind` that was posted or whose words came back, and stands open."""
    known = loader.known([alert.patient], request.person, at=request.at)
    clinic = Clinic.objects.get()
    others = persons.others_of(alert)
    is_known = alert.patient_id in known.ids
    context = {
        "alert": alert_page(alert, others, known, by=request.person, at=request.at, clinic=clinic),
        "around": around(alert, others, known, by=request.person, at=request.at, clinic=clinic)
        if is_known
        else None,
        "plan": in_short(alert.patient, known.ring, at=request.at, zone=clinic.zone) if is_known else None,
        "plan_url": reverse("safety-plan", args=[alert.patient.record_number]),
        "history": history(alert, known, at=request.at, zone=clinic.zone),
        "pages": of_alert(alert, at=request.at, zone=clinic.zone),
        "paged_beside": paged.beside(alert, at=request.at, zone=clinic.zone) if not alert.closed_at else "",
        "clock": _clock(request, alert, clinic),
        "forms": _forms(request, alert, others, kind, form),
        "open": kind,
        "resumed": resumed,
    }
    return render(request, "safety/alert.html", context, status=status)


def _clock(request: ActingRequest, alert: SafetyAlert, clinic: Clinic) -> Clock | None:
    """By when somebody must act on an open alert that pages, and who is paged if nobody does: five queries."""
    if alert.closed_at is not None or not alerts.is_paged(alert):
        return None
    coming = ahead.of_people([alert.patient_id], paging.minutes_of(clinic), at=request.at)
    return clock(
        alert,
        coming.alerts.get(alert.pk),
        is_mine=alert.taken_by_id == request.person.pk,
        anybody=ahead.anybody(at=request.at),
        at=request.at,
        zone=clinic.zone,
    )


def _forms(
    request: ActingRequest, alert: SafetyAlert, others: list[SafetyAlert], kind: str, form: ActForm | None
) -> dict[str, ActForm]:
    """The forms that this person may use now."""
    wanted: tuple[str, ...] = ()
    if alert.closed_at is None and alert.taken_by_id == request.person.pk:
        wanted = asked.OF_OWNER
    elif alert.closed_at is not None and request.at - alert.closed_at <= REOPENS_FOR:
        wanted = (asked.REOPEN,)
    return {
        each: form
        if form is not None and each == kind
        else asked.form_of(each, alert, request, others=others)
        for each in wanted
    }

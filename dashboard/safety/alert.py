"""One alert: reading it, taking it, closing it. The AI gives no advice here."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic import keys
from clinic.actor import log
from clinic.models.clinic import Clinic
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import alerts
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.safety import context, loader
from dashboard.safety.detail import alert_page
from dashboard.safety.forms import CloseForm
from dashboard.times import clinic_zone


@allow(PSYCHOLOGIST)
@require_GET
def safety_alert(request: ActingRequest, alert_id: UUID) -> HttpResponse:
    """The alert: number, time and level; for its owner and the care team also who it is and what was said."""
    alert = loader.load(alert_id, request.person)
    return _opened(request, alert, CloseForm())


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def take(request: ActingRequest, alert_id: UUID) -> HttpResponse:
    """Become the owner. Whoever comes second is told who was first and since when."""
    alert = loader.load(alert_id, request.person)
    if request.method == "POST":
        try:
            alerts.take(alert=alert, by=request.actor, at=request.at)
        except alerts.AlertRefused:
            messages.warning(request, _taken_already(request, alert_id))
    return redirect("safety-alert", alert_id=alert_id)


def _taken_already(request: ActingRequest, alert_id: UUID) -> str:
    alert = loader.load(alert_id, request.person)
    first = context.owner(alert, by=request.person, at=request.at, zone=clinic_zone())
    if first is None:
        return _("Somebody else has taken this alert already.")
    return _("{name} was first and has had this alert since {since}.").format(
        name=first.name, since=first.since
    )


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def close(request: ActingRequest, alert_id: UUID) -> HttpResponse:
    """Record how the alert ended. Words typed into a session that had ended come back into the form."""
    alert = loader.load(alert_id, request.person)
    if request.method == "GET":
        return _resumed(request, alert)
    form = CloseForm(request.POST)
    if form.is_valid() and _closes(request, alert, form):
        messages.success(request, _("Alert {number} is closed.").format(number=alert.patient.record_number))
        return redirect("safety")
    return _page(request, alert, form, status=422)


def _closes(request: ActingRequest, alert: SafetyAlert, form: CloseForm) -> bool:
    outcome, note = AlertOutcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
    try:
        alerts.close(alert=alert, outcome=outcome, note=note, by=request.actor, at=request.at)
    except alerts.AlertRefused as refused:
        form.add_error(None, str(refused))
        return False
    except (keys.KeysUnavailable, keys.CannotOpen):
        form.add_error(
            None,
            _("The alert is still open: the note cannot be encrypted just now. Your words are still here."),
        )
        return False
    return True


def _resumed(request: ActingRequest, alert: SafetyAlert) -> HttpResponse:
    typed = resume.take(request)
    if typed is None:
        return redirect("safety-alert", alert_id=alert.pk)
    form = CloseForm(initial={name: typed.fields.get(name) for name in CloseForm.base_fields})
    return _opened(request, alert, form, resumed=True)


def _opened(
    request: ActingRequest, alert: SafetyAlert, form: CloseForm, *, resumed: bool = False
) -> HttpResponse:
    """The page, with the audit entry that it was opened."""
    with transaction.atomic():
        log("safety_alert_opened", by=request.actor, at=request.at, patient=alert.patient, subject=alert)
    return _page(request, alert, form, resumed=resumed)


def _page(
    request: ActingRequest, alert: SafetyAlert, form: CloseForm, *, resumed: bool = False, status: int = 200
) -> HttpResponse:
    known = loader.known([alert.patient], request.person, at=request.at)
    page = alert_page(alert, known, by=request.person, at=request.at, clinic=Clinic.objects.get())
    shown = {"alert": page, "form": form, "resumed": resumed}
    return render(request, "safety/alert.html", shown, status=status)

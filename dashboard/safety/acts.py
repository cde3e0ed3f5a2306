"""What an owner says about an alert: spoke, could not reach them, handed over, closed; and opening one again."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from clinic import keys
from clinic.models.safety import SafetyAlert
from clinic.safety.alerts import AlertRefused
from clinic.safety.risk import StepDownRefused
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.safety import asked, loader, page
from dashboard.safety.forms import ActForm

SAID = {
    asked.SPOKE: gettext_lazy("Stored. The alert stays yours until you close it."),
    asked.NOT_REACHED: gettext_lazy("Stored. It stays yours, and comes up again in the safety list."),
    asked.HAND_OVER: gettext_lazy("Handed over. What you wrote stands on the alert."),
    asked.CLOSE: gettext_lazy("Alert {number} is closed."),
    asked.REOPEN: gettext_lazy("The alert is open again, and yours."),
}


def _view(kind: str) -> Callable[..., HttpResponseBase]:
    @allow(PSYCHOLOGIST, outsider=ended)
    @require_http_methods(["GET", "POST"])
    def view(request: ActingRequest, alert_id: UUID) -> HttpResponse:
        """Store it once. Words typed into a session that had ended come back into the form."""
        alert = loader.load(alert_id, request.person)
        if request.method == "GET":
            return _resumed(request, alert, kind)
        form = asked.form_of(kind, alert, request, posted=request.POST)
        if form.is_valid() and (count := _stored(request, alert, kind, form)):
            messages.success(request, _said(kind, alert, count))
            return redirect("safety") if kind == asked.CLOSE else redirect("safety-alert", alert_id=alert_id)
        return page.shown(request, loader.load(alert_id, request.person), kind=kind, form=form, status=422)

    return view


def _said(kind: str, alert: SafetyAlert, count: int) -> str:
    if count == 1:
        return str(SAID[kind]).format(number=alert.patient.record_number)
    if kind == asked.CLOSE:
        words = ngettext(
            "{count} alert of {number} is closed.", "{count} alerts of {number} are closed.", count
        )
    else:
        words = ngettext(
            "Stored for {count} alert of {number}. It stays yours until you close it.",
            "Stored for {count} alerts of {number}. They stay yours until you close them.",
            count,
        )
    return words.format(count=count, number=alert.patient.record_number)


def _stored(request: ActingRequest, alert: SafetyAlert, kind: str, form: ActForm) -> int:
    """For how many alerts it was stored; 0 where it was refused."""
    try:
        return asked.store(kind, alert, form, request)
    except (AlertRefused, StepDownRefused) as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
    except (keys.KeysUnavailable, keys.CannotOpen):
        form.add_error(
            None,
            _("The alert is as it was: the note cannot be encrypted just now. Your words are still here."),
        )
    return 0


def _resumed(request: ActingRequest, alert: SafetyAlert, kind: str) -> HttpResponse:
    typed = resume.take(request)
    if typed is None:
        return redirect("safety-alert", alert_id=alert.pk)
    form = asked.form_of(kind, alert, request, typed=typed.fields)
    return page.opened(request, alert, kind=kind, form=form, resumed=True)


spoke, not_reached, hand_over = _view(asked.SPOKE), _view(asked.NOT_REACHED), _view(asked.HAND_OVER)
close, reopen = _view(asked.CLOSE), _view(asked.REOPEN)

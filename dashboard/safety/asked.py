"""The forms of an alert's page, as its owner needs them: which there are, and what each stores."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from clinic import access
from clinic.models.alert_act import AlertAct
from clinic.models.clinic import Clinic
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import answering, cadence, closing
from dashboard.access import ActingRequest
from dashboard.safety.forms import ActForm, CloseForm, HandOverForm, NotReachedForm, ReopenForm, SpokeForm

SPOKE, NOT_REACHED, HAND_OVER, CLOSE, REOPEN = "spoke", "not_reached", "hand_over", "close", "reopen"
OF_OWNER = (SPOKE, NOT_REACHED, HAND_OVER, CLOSE)


def form_of(
    kind: str,
    alert: SafetyAlert,
    request: ActingRequest,
    *,
    posted: QueryDict | None = None,
    typed: QueryDict | None = None,
) -> ActForm:
    """The form of this kind, empty, as it was posted, or with what was typed before a session ended."""
    made = _MAKERS[kind](alert, request, posted)
    if typed is not None:
        made.initial.update({name: typed[name] for name in made.fields if name in typed})
    return made


def _not_reached(alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None) -> ActForm:
    return NotReachedForm(posted, at=request.at, zone=Clinic.objects.get().zone)


def _hand_over(alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None) -> ActForm:
    others = access.psychologists(at=request.at).exclude(pk=request.person.pk).order_by("staff__printed_name")
    return HandOverForm(posted, colleagues=[each for each in others if each.pk != alert.patient.user_id])


def _close(alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None) -> ActForm:
    clinic = Clinic.objects.get()
    days = {level: number for level in RiskLevel if (number := cadence.days(level, clinic))}
    return CloseForm(posted, standing=cadence.level_of(alert.patient_id), days=days)


_MAKERS: Mapping[str, Callable[[SafetyAlert, ActingRequest, QueryDict | None], ActForm]] = {
    SPOKE: lambda alert, request, posted: SpokeForm(posted),
    NOT_REACHED: _not_reached,
    HAND_OVER: _hand_over,
    CLOSE: _close,
    REOPEN: lambda alert, request, posted: ReopenForm(posted),
}


def store(kind: str, alert: SafetyAlert, form: ActForm, request: ActingRequest) -> AlertAct | SafetyAlert:
    """Do what a valid form says: one operation."""
    given: dict[str, Any] = {
        "alert": alert,
        "submission": form.submission_id,
        "note": form.cleaned_data["note"],
        "by": request.actor,
        "at": request.at,
    }
    if isinstance(form, NotReachedForm):
        return answering.not_reached(retry_at=form.retry_at(at=request.at), **given)
    if isinstance(form, HandOverForm):
        receiver = form.colleague
        if receiver is None:
            return answering.to_crisis_team(**given)
        return answering.to_colleague(receiver=receiver, **given)
    if isinstance(form, CloseForm):
        outcome, level = AlertOutcome(form.cleaned_data["outcome"]), form.cleaned_data["level"]
        return closing.close(outcome=outcome, level=level, **given)
    return closing.reopen(**given) if kind == REOPEN else answering.spoke(**given)

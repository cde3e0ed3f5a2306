"""The forms of an alert's page, as its owner needs them: which there are, and what each stores."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from clinic import access
from clinic.models.alert_act import AlertAct
from clinic.models.clinic import Clinic
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.safety import answering, cadence, closing, persons, together
from dashboard.access import ActingRequest
from dashboard.safety.close_form import CloseForm, ReopenForm
from dashboard.safety.forms import ActForm, Choice, HandOverForm, NotReachedForm, SpokeForm, TogetherForm
from dashboard.safety.words import MOST_OTHERS
from dashboard.times import clinic_zone, said

Others = Sequence[SafetyAlert]

SPOKE, NOT_REACHED, HAND_OVER, CLOSE, REOPEN = "spoke", "not_reached", "hand_over", "close", "reopen"
OF_OWNER = (SPOKE, NOT_REACHED, HAND_OVER, CLOSE)


def form_of(
    kind: str,
    alert: SafetyAlert,
    request: ActingRequest,
    *,
    posted: QueryDict | None = None,
    typed: QueryDict | None = None,
    others: Sequence[SafetyAlert] | None = None,
) -> ActForm:
    """The form of this kind, empty, as it was posted, or with what was typed before a session ended. `others` are the
    person's other open alerts, where the caller has them."""
    made = _MAKERS[kind](alert, request, posted, persons.others_of(alert) if others is None else others)
    if typed is not None:
        made.initial.update({name: typed[name] for name in made.fields if name in typed})
        made.initial["also"] = typed.getlist("also")
    return made


def _too(alert: SafetyAlert, others: Sequence[SafetyAlert], request: ActingRequest) -> list[Choice]:
    """Those of the others that the owner may answer with this one: their own, and those that nobody has."""
    zone = clinic_zone()
    return [
        Choice(each, _named(number, each, alert, at=request.at, zone=zone))
        for number, each in enumerate(others[:MOST_OTHERS], start=1)
        if each.taken_by is None or each.taken_by == request.person
    ]


def _named(number: int, other: SafetyAlert, alert: SafetyAlert, *, at: dt.datetime, zone: str) -> str:
    """By the number that it bears on the page: several were raised in the same minute."""
    raised = said(other.begun_at, at=at, zone=zone)
    facts = {"number": number, "level": str(AlertLevel(other.level).label), "raised": raised}
    if other.level > alert.level:
        return _("Number {number}: {level}, raised {raised}. Graver than this alert").format(**facts)
    return _("Number {number}: {level}, raised {raised}").format(**facts)


def _spoke(alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None, others: Others) -> ActForm:
    return SpokeForm(posted, alert=alert, others=_too(alert, others, request))


def _not_reached(
    alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None, others: Others
) -> ActForm:
    return NotReachedForm(posted, at=request.at, zone=clinic_zone())


def _hand_over(
    alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None, others: Others
) -> ActForm:
    found = access.psychologists(at=request.at).exclude(pk=request.person.pk).order_by("staff__printed_name")
    colleagues = [each for each in found if each.pk != alert.patient.user_id]
    return HandOverForm(posted, alert=alert, others=_too(alert, others, request), colleagues=colleagues)


def _close(alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None, others: Others) -> ActForm:
    clinic = Clinic.objects.get()
    days = {level: number for level in RiskLevel if (number := cadence.days(level, clinic))}
    standing = cadence.level_of(alert.patient_id)
    return CloseForm(posted, alert=alert, others=_too(alert, others, request), standing=standing, days=days)


def _reopen(alert: SafetyAlert, request: ActingRequest, posted: QueryDict | None, others: Others) -> ActForm:
    return ReopenForm(posted)


_MAKERS: Mapping[str, Callable[[SafetyAlert, ActingRequest, QueryDict | None, Others], ActForm]] = {
    SPOKE: _spoke,
    NOT_REACHED: _not_reached,
    HAND_OVER: _hand_over,
    CLOSE: _close,
    REOPEN: _reopen,
}


def store(kind: str, alert: SafetyAlert, form: ActForm, request: ActingRequest) -> int:
    """Do what a valid form says: one operation. Returns for how many alerts it was done."""
    given: dict[str, Any] = {
        "alert": alert,
        "submission": form.submission_id,
        "note": form.cleaned_data["note"],
        "by": request.actor,
        "at": request.at,
    }
    if isinstance(form, NotReachedForm):
        answering.not_reached(retry_at=form.retry_at(at=request.at), **given)
        return 1
    if not isinstance(form, TogetherForm):
        closing.reopen(**given)
        return 1
    if isinstance(form, HandOverForm) and form.colleague is not None:
        answering.to_colleague(receiver=form.colleague, **given)
        return 1
    return len(_together(form, given | {"also": form.chosen}))


def _together(form: TogetherForm, given: dict[str, Any]) -> Sequence[AlertAct | SafetyAlert]:
    if isinstance(form, HandOverForm):
        return together.answered(answering.to_crisis_team, **given)
    if not isinstance(form, CloseForm):
        return together.answered(answering.spoke, **given)
    return together.close(
        outcome=AlertOutcome(form.cleaned_data["outcome"]),
        level=form.cleaned_data["level"],
        contact=form.contact,
        graver=form.cleaned_data.get("graver", False),
        **given,
    )

"""What was done about an alert, newest first, as its page shows it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic import keys
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import answering
from dashboard.safety.context import printed_name
from dashboard.safety.loader import Known
from dashboard.times import said


@dataclass(frozen=True, slots=True)
class Done:
    """One act. `more` and `note` are "" for those who may not know them."""

    what: str
    more: str
    by: str
    when: str
    note: str


def history(alert: SafetyAlert, known: Known, *, at: dt.datetime, zone: str) -> list[Done]:
    """All that was done: one query."""
    may_know = alert.patient_id in known.ids
    return [_done(act, known, may_know, at=at, zone=zone) for act in answering.acts_of(alert)]


def _done(act: AlertAct, known: Known, may_know: bool, *, at: dt.datetime, zone: str) -> Done:
    return Done(
        what=str(ActKind(act.kind).label),
        more=_more(act, at=at, zone=zone) if may_know else "",
        by=printed_name(act.acted_by),
        when=said(act.happened_at, at=at, zone=zone),
        note=_note(act, known) if may_know else "",
    )


def _more(act: AlertAct, *, at: dt.datetime, zone: str) -> str:
    if act.retry_at:
        return _("Next attempt {time}.").format(time=said(act.retry_at, at=at, zone=zone))
    if act.handed_to:
        return _("To {name}.").format(name=printed_name(act.handed_to))
    return str(AlertOutcome(act.reason).label) if act.kind == ActKind.CLOSED else ""


def _note(act: AlertAct, known: Known) -> str:
    try:
        return act.unseal(known.ring, "note")
    except keys.CannotOpen:
        return _("The note cannot be opened just now.")

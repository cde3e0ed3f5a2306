"""Closing an alert without having spoken with the person: it is asked whether they were reached, and why not."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.safety import cadence, notes
from clinic.safety.alerts import AlertRefused

SILENT = (AlertOutcome.NO_DANGER, AlertOutcome.DUPLICATE, AlertOutcome.RESOLVED)
"""Endings that say nothing of a talk. All three, because any of them would be the way round the question."""

LONGEST_REASON = 1_000
"""Characters."""

_TALKED = Q(kind__in=(ActKind.SPOKE, ActKind.TO_CRISIS_TEAM)) | Q(
    kind=ActKind.CLOSED, reason__in=(AlertOutcome.SPOKE, AlertOutcome.HANDED_OVER)
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whether the person was reached, as whoever closes the alert says; `why` where they were not."""

    reached: bool
    why: str = ""


class ContactMissing(AlertRefused):
    """It was not said whether the person was reached."""

    field = "reached"

    def __init__(self) -> None:
        super().__init__(_("Say whether you reached the person: no talk with them is recorded."))


class ReasonMissing(AlertRefused):
    """A grave alert, or one of somebody with a high level, closes without a contact for a reason only."""

    field = "why"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Write in a sentence why nobody needs to reach them: this alert is urgent, or their risk stands high. "
                "At least four words."
            )
        )


def asks(alert: SafetyAlert, outcome: AlertOutcome) -> bool:
    """Whether ending an alert so asks for a contact: nobody is known to have spoken with them since its words."""
    return outcome in SILENT and not talked(alert)


def talked(alert: SafetyAlert) -> bool:
    """Whether somebody spoke with the person, or the crisis team has them, since the words of this alert or since it
    was opened again; about whichever alert of theirs. Two queries."""
    acts = AlertAct.objects.filter(patient=alert.patient_id)
    again = acts.filter(alert=alert.pk, kind=ActKind.REOPENED).order_by("-recorded_at")
    began = again.values_list(Least("happened_at", "recorded_at"), "recorded_at").first()
    since, recorded = began or (alert.begun_at, alert.recorded_at)
    return acts.filter(_TALKED, happened_at__gte=since, recorded_at__gte=recorded).exists()


def wants_reason(alert: SafetyAlert) -> bool:
    """Whether closing it without a contact needs a sentence: it paged somebody, or the standing level is high."""
    return alert.level >= AlertLevel.URGENT or cadence.level_of(alert.patient_id) is RiskLevel.HIGH


def check(alert: SafetyAlert, contact: Contact | None) -> Contact:
    """The contact as it was said. Raises ContactMissing, ReasonMissing."""
    if contact is None:
        raise ContactMissing
    if not contact.reached and wants_reason(alert) and not notes.is_sentence(contact.why):
        raise ReasonMissing
    if len(contact.why) > LONGEST_REASON:
        raise ValueError("At most 1,000 characters.")
    return contact


def noted(note: str, contact: Contact) -> str:
    """The closing note, with the reason why nobody was reached under it."""
    if contact.reached or not contact.why:
        return note
    return f"{note}\n\n{_('Closed without reaching them: {why}').format(why=contact.why)}"

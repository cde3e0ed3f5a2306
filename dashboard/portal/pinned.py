"""Help that stays: after words or an answer that suggest danger, a short card keeps standing in the portal (SR-27)."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.alerts import is_paged
from clinic.safety.help import HelpCard
from clinic.safety.protocols import GENERAL
from dashboard.portal import danger
from dashboard.portal.followed import lines_of
from dashboard.portal.when import calendar_of

AT_LEAST = dt.timedelta(hours=24)
"""How long the card stands even where the alert is closed: nobody loses a number that they were about to ring."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """Help that stays: the card with its numbers alone, why it stands there, and how far the clinic has come."""

    card: HelpCard
    told: str
    follows: tuple[str, ...] = ()


def pinned(patient: Patient, *, at: dt.datetime) -> Pinned | None:
    """The card of the gravest alert, then the newest, that is open or from the last day: one query where there is none,
    five where there is one.

    It asks for the alert and not for what was kept, so that neither taking an answer back nor a form that was never
    sent makes it go.
    """
    standing = Q(closed_at=None) | Q(happened_at__gt=at - AT_LEAST)
    alerts = SafetyAlert.objects.filter(standing, patient=patient).select_related("taken_by__staff")
    alert = alerts.order_by("-level", "-happened_at").first()
    if alert is None:
        return None
    card = danger.card(alert.card or GENERAL, language=patient.language, at=at)
    with translation.override(card.language):
        calendar = calendar_of(patient, at=at)
        numbers = tuple(each for each in card.actions if each.kind != "do")
        why = _why(alert, patient, calendar.said(alert.happened_at))
        return Pinned(replace(card, actions=numbers), why, lines_of(alert, patient=patient, at=at))


def _why(alert: SafetyAlert, patient: Patient, when: str) -> str:
    """Why the card stands here, and who knows of it."""
    if not is_paged(alert) and patient.discharged_at is None:
        words = _(
            "It stays here because of what you said %(when)s. Your psychologist will see a note about it."
        )
    else:
        words = _("It stays here because of what you said %(when)s. The clinic was told.")
    return words % {"when": when}

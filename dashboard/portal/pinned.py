"""Help that stays: after words or an answer that suggest danger, a short card keeps standing in the portal (SR-27)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from clinic.models.patient import Patient
from clinic.models.safety import BEGUN_AT, SafetyAlert
from clinic.safety.alerts import is_paged
from clinic.safety.help import HelpCard
from clinic.safety.protocols import GENERAL
from dashboard.portal import danger
from dashboard.portal.followed import lines_of
from dashboard.portal.letters import name_of
from dashboard.portal.when import Calendar, calendar_of

AT_LEAST = dt.timedelta(hours=24)
"""How long the card stands even where the alert is closed: nobody loses a number that they were about to ring."""

MOST = 50
"""As many alerts are looked at, open ones first."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """Help that stays: the card with its numbers alone, why it stands there, and how far the clinic has come."""

    card: HelpCard
    told: str
    follows: tuple[str, ...] = ()


def pinned(patient: Patient, *, at: dt.datetime) -> Pinned | None:
    """The card of the gravest alert that is open or from the last day, with how far the one that waits most has come:
    one query where there is none, five where there is one.

    It asks for the alert and not for what was kept, so that neither taking an answer back nor a form that was never
    sent makes it go.
    """
    standing = Q(closed_at=None) | Q(happened_at__gt=at - AT_LEAST)
    alerts = SafetyAlert.objects.filter(standing, patient=patient).select_related("taken_by__staff")
    found = list(alerts.order_by(F("closed_at").desc(nulls_first=True), "-level", BEGUN_AT.desc())[:MOST])
    if not found:
        return None
    alert, gravest = max(found, key=_waits), max(found, key=_gravity)
    card = danger.card(gravest.card or GENERAL, language=patient.language, at=at)
    with translation.override(card.language):
        calendar = calendar_of(patient, at=at)
        numbers = tuple(each for each in card.actions if each.kind != "do")
        follows = (*lines_of(alert, patient=patient, at=at), *_beside(alert, found, calendar))
        why = _why(alert, patient, calendar.said(alert.begun_at))
        return Pinned(replace(card, actions=numbers), why, follows)


def _waits(alert: SafetyAlert) -> tuple[bool, bool, bool, int, dt.datetime]:
    """Open before closed; of the open ones those that page before notes, and what nobody has before what somebody has;
    of the closed ones the newest, for no newer words are to stand behind what is over."""
    if alert.closed_at is not None:
        return False, False, False, 0, alert.begun_at
    return True, is_paged(alert), alert.taken_at is None, alert.level, alert.begun_at


def _gravity(alert: SafetyAlert) -> tuple[int, bool, dt.datetime]:
    return alert.level, alert.closed_at is None, alert.begun_at


def _beside(alert: SafetyAlert, found: Sequence[SafetyAlert], calendar: Calendar) -> list[str]:
    """With whom earlier words are, while nobody has the newer ones yet."""
    if alert.closed_at is not None or alert.taken_at is not None:
        return []
    others = [each for each in found if each.closed_at is None and each.taken_by is not None]
    if not others:
        return []
    last = max(others, key=lambda each: each.begun_at)
    assert last.taken_by is not None  # noqa: S101  asked above
    facts = {"name": name_of(last.taken_by), "when": calendar.said(last.begun_at)}
    return [_("What you said %(when)s is with %(name)s.") % facts]


def _why(alert: SafetyAlert, patient: Patient, when: str) -> str:
    """Why the card stands here, and who knows of it."""
    if not is_paged(alert) and patient.discharged_at is None:
        words = _(
            "It stays here because of what you said %(when)s. Your psychologist will see a note about it."
        )
    else:
        words = _("It stays here because of what you said %(when)s. The clinic was told.")
    return words % {"when": when}

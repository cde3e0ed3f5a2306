"""What the page of one alert shows: to everybody number, time and level; to the care team what was said."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import keys
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.models.user import User
from clinic.safety import alerts
from clinic.safety.help import HelpCard, card_for
from dashboard.safety.answers import changed_of, prompt_of
from dashboard.safety.context import Owner, owner, printed_name
from dashboard.safety.loader import Known
from dashboard.safety.where import said_where
from dashboard.safety.words import Others, others_of, words_of
from dashboard.times import place, said, waited


@dataclass(frozen=True, slots=True)
class Moment:
    """When it happened, once in the clinic's zone and, where that differs, once in the patient's."""

    here: str
    here_place: str
    there: str
    there_place: str


@dataclass(frozen=True, slots=True)
class Told:
    """What only the care team reads. `missing` says why there are no words, where there are none."""

    name: str
    about: str
    phone: str
    words: list[str]
    missing: str
    prompt: str
    changed: str
    card_heading: str
    card_ways: list[str]
    rules: list[str]
    rule_set: str


@dataclass(frozen=True, slots=True)
class Closed:
    """How the alert ended. `outcome` and `note` are empty for those who may not know them."""

    by: str
    when: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert. `told` is None for staff outside the care relationship."""

    alert_id: UUID
    record_number: str
    level: str
    grave: bool
    said: str
    moment: Moment
    waited: str
    owner: Owner | None
    told: Told | None
    closed: Closed | None
    others: Others


def alert_page(
    alert: SafetyAlert,
    found: Sequence[SafetyAlert],
    known: Known,
    *,
    by: User,
    at: dt.datetime,
    clinic: Clinic,
) -> AlertPage:
    """The page for `by`, with the other open alerts that were `found`; what was said is opened only where the patient
    is in this person's care."""
    zone = clinic.zone
    return AlertPage(
        alert_id=alert.pk,
        record_number=alert.patient.record_number,
        level=str(AlertLevel(alert.level).label),
        grave=alerts.is_paged(alert),
        said=said_where(alert, alert.patient_id in known.ids, when=said(alert.begun_at, at=at, zone=zone)),
        moment=_moment(alert, at=at, zone=zone),
        waited=waited(alert.begun_at, at=at),
        owner=owner(alert, by=by, at=at, zone=zone),
        told=_told(alert, known, clinic, at=at) if alert.patient_id in known.ids else None,
        closed=_closed(alert, known, by=by, at=at, zone=zone),
        others=others_of(alert, found, known, by=by, at=at, zone=zone),
    )


def _moment(alert: SafetyAlert, *, at: dt.datetime, zone: str) -> Moment:
    theirs = alert.patient.zone
    here = said(alert.begun_at, at=at, zone=zone)
    there = said(alert.begun_at, at=at, zone=theirs)
    differs = there != here
    return Moment(here, place(zone), there if differs else "", place(theirs) if differs else "")


def _told(alert: SafetyAlert, known: Known, clinic: Clinic, *, at: dt.datetime) -> Told:
    card = _card(alert, clinic)
    identity = known.identities.get(alert.patient_id)
    words, missing = words_of(alert, known)
    age = _("{age} years").format(age=identity.age) if identity and identity.age is not None else ""
    about = [identity.pronouns if identity else "", age, alert.patient.record_number]
    return Told(
        name=identity.name if identity else "",
        about=" · ".join(part for part in about if part),
        phone=identity.phone if identity else "",
        words=words,
        missing=missing,
        prompt=prompt_of(alert),
        changed=changed_of(alert, clinic, at=at),
        card_heading=card.heading if card else alert.card,
        card_ways=[action.label for action in card.actions] if card else [],
        rules=alert.rules,
        rule_set=alert.rule_set,
    )


def _card(alert: SafetyAlert, clinic: Clinic) -> HelpCard | None:
    """The help card that the patient saw, in the reader's language; None for one that there is no more."""
    try:
        return card_for(
            alert.card,
            country=clinic.country,
            language=None,
            demonstration=clinic.is_demonstration,
            today=local_date(at=alert.begun_at, zone=alert.patient.zone),
        )
    except KeyError:
        return None


def _closed(alert: SafetyAlert, known: Known, *, by: User, at: dt.datetime, zone: str) -> Closed | None:
    if alert.closed_by is None or alert.closed_at is None:
        return None
    may_know = alert.patient_id in known.ids or alert.closed_by_id == by.pk
    return Closed(
        by=printed_name(alert.closed_by),
        when=said(alert.closed_at, at=at, zone=zone),
        outcome=str(AlertOutcome(alert.outcome).label) if may_know else "",
        note=_note(alert, known) if alert.patient_id in known.ids else "",
    )


def _note(alert: SafetyAlert, known: Known) -> str:
    try:
        return alert.unseal(known.ring, "closing_note")
    except keys.CannotOpen:
        return _("The note cannot be opened just now.")

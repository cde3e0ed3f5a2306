"""What the list of alerts and the page of one alert show."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.safety import AlertLevel, AlertOutcome, SafetyAlert
from clinic.models.user import User
from clinic.safety import alerts
from dashboard.safety.loader import MOST_LISTED, Known
from dashboard.safety.where import said_where
from dashboard.times import said, waited


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has taken an alert and when; `is_me` for the person who looks."""

    name: str
    since: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list, by their gravest alert. `name` is the record number outside this person's care.

    `further` says how many more alerts of them are open in the same list; "" where there is none.
    """

    alert_id: UUID
    name: str
    detail: str
    level: str
    grave: bool
    said: str
    waited: str
    further: str
    owner: Owner | None
    known: bool
    paged: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """One alert that was closed today. `outcome` is empty for those who may not know it."""

    alert_id: UUID
    name: str
    level: str
    closed_by: str
    closed: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The safety list. `more` tells that less grave alerts than those listed are open too."""

    waiting: list[Line]
    concerns: list[Line]
    taken: list[Line]
    closed: list[ClosedLine]
    oldest: str
    more: bool


def lane(
    found: list[SafetyAlert],
    closed: list[SafetyAlert],
    known: Known,
    *,
    by: User,
    at: dt.datetime,
    zone: str,
    paged: Mapping[UUID, str] | None = None,
    clocks: Mapping[UUID, str] | None = None,
) -> Lane:
    """The alerts sorted into those that wait for somebody, concerns, and those that somebody has taken, one's own
    first. `paged` says of each who was paged when, `clocks` by when somebody must act."""
    listed = found[:MOST_LISTED]
    waiting = [alert for alert in listed if alert.taken_by is None and alerts.is_paged(alert)]
    concerns = [alert for alert in listed if alert.taken_by is None and not alerts.is_paged(alert)]
    taken = [alert for alert in listed if alert.taken_by is not None]
    taken.sort(key=lambda alert: alert.taken_by_id != by.pk)

    def lines(group: Iterable[SafetyAlert]) -> list[Line]:
        lines = [_line(alert, known, by=by, at=at, zone=zone) for alert in group]
        return [
            replace(
                line, paged=(paged or {}).get(line.alert_id, ""), clock=(clocks or {}).get(line.alert_id, "")
            )
            for line in lines
        ]

    return Lane(
        waiting=lines(waiting),
        concerns=lines(concerns),
        taken=lines(taken),
        closed=[_closed_line(alert, known, by=by, at=at, zone=zone) for alert in closed],
        oldest=waited(min(map(_since, waiting)), at=at) if waiting else "",
        more=len(found) > MOST_LISTED,
    )


def _line(alert: SafetyAlert, known: Known, *, by: User, at: dt.datetime, zone: str) -> Line:
    identity = known.identities.get(alert.patient_id)
    number = alert.patient.record_number
    detail = " · ".join(str(part) for part in (identity.age, number) if part) if identity else ""
    return Line(
        alert_id=alert.pk,
        name=identity.name if identity else number,
        detail=detail,
        level=str(AlertLevel(alert.level).label),
        grave=alerts.is_paged(alert),
        said=said_where(alert, alert.patient_id in known.ids, when=said(alert.begun_at, at=at, zone=zone)),
        waited=waited(_since(alert), at=at),
        further=_further(alert, at=at, zone=zone),
        owner=owner(alert, by=by, at=at, zone=zone),
        known=alert.patient_id in known.ids,
    )


def _since(alert: SafetyAlert) -> dt.datetime:
    """Since when this person waits: the first of the alerts for which this one stands."""
    since: dt.datetime = getattr(alert, "since", alert.begun_at)
    return since


def _further(alert: SafetyAlert, *, at: dt.datetime, zone: str) -> str:
    count = getattr(alert, "of_person", 1) - 1
    if not count:
        return ""
    words = ngettext(
        "%(count)d more alert of this person; the first was raised %(first)s.",
        "%(count)d more alerts of this person; the first was raised %(first)s.",
        count,
    )
    return words % {"count": count, "first": said(_since(alert), at=at, zone=zone)}


def owner(alert: SafetyAlert, *, by: User, at: dt.datetime, zone: str) -> Owner | None:
    """Who has taken the alert, or None."""
    if alert.taken_by is None or alert.taken_at is None:
        return None
    since = said(alert.taken_at, at=at, zone=zone)
    return Owner(name=printed_name(alert.taken_by), since=since, is_me=alert.taken_by_id == by.pk)


def printed_name(user: User) -> str:
    """The name under which somebody signs, or the sign-in name of somebody who has none."""
    profile = getattr(user, "staff", None)
    return profile.printed_name if profile else user.sign_in_name


def _closed_line(alert: SafetyAlert, known: Known, *, by: User, at: dt.datetime, zone: str) -> ClosedLine:
    assert alert.closed_by is not None  # noqa: S101  the database's constraint
    assert alert.closed_at is not None  # noqa: S101  the database's constraint
    identity = known.identities.get(alert.patient_id)
    may_know = alert.patient_id in known.ids or alert.closed_by_id == by.pk
    return ClosedLine(
        alert_id=alert.pk,
        name=identity.name if identity else alert.patient.record_number,
        level=str(AlertLevel(alert.level).label),
        closed_by=printed_name(alert.closed_by),
        closed=said(alert.closed_at, at=at, zone=zone),
        outcome=str(AlertOutcome(alert.outcome).label) if may_know else _("Known to the care team"),
    )

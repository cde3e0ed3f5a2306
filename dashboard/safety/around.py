"""What surrounds an alert for whoever answers it: how to reach the person, who else to call, what stands about risk."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic import access, keys, profile
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.profile import Origin, Topic
from clinic.models.risk import RiskLevel
from clinic.models.safety import SafetyAlert
from clinic.oncall import rows
from clinic.safety import cadence
from clinic.safety.contacts import ABUSE
from dashboard.safety.context import printed_name
from dashboard.safety.loader import Known
from dashboard.times import said, said_date


@dataclass(frozen=True, slots=True)
class Around:
    """`wishes` are the person's own words about how to reach them; `beware` is set where a call may be overheard."""

    wishes: list[str]
    team: list[str]
    route: str
    beware: bool
    risk: str
    risk_by: str
    on_call: list[str]


def around(alert: SafetyAlert, known: Known, *, at: dt.datetime, clinic: Clinic) -> Around:
    """For the care team: some six queries."""
    level, by = _risk(alert, clinic, at=at)
    return Around(
        wishes=_wishes(alert, known),
        team=[printed_name(user) for user in access.care_team(alert.patient, at=at)],
        route=clinic.welfare_route,
        beware=any(category in ABUSE for category in alert.categories),
        risk=level,
        risk_by=by,
        on_call=_on_call(at=at),
    )


def _on_call(*, at: dt.datetime) -> list[str]:
    """Who is on call now, first first, each with their position."""
    duties = rows.on_call(at=at)
    names = rows.names(duty.user for duty in duties)
    return [f"{names[duty.user]} ({duty.position.label})" for duty in duties if duty.user in names]


def _wishes(alert: SafetyAlert, known: Known) -> list[str]:
    found = []
    for fact in (
        profile.standing(alert.patient).filter(topic=Topic.PREFERENCE).exclude(origin=Origin.IMPORTED)
    ):
        try:
            found.append(fact.unseal(known.ring, "words"))
        except keys.CannotOpen:
            return []
    return found


def _risk(alert: SafetyAlert, clinic: Clinic, *, at: dt.datetime) -> tuple[str, str]:
    """The level that stands and, in a sentence, who set it when and when it is due again."""
    row = cadence.standing(alert.patient_id)
    if row is None or row.level == RiskLevel.ENDED:
        return "", ""
    words = _("Set by {name}, {when}.").format(
        name=printed_name(row.assessed_by), when=said(row.happened_at, at=at, zone=clinic.zone)
    )
    due = cadence.due(row, clinic)
    if due:
        today = local_date(at=at, zone=clinic.zone)
        words += " " + _("To be assessed again by {date}.").format(date=said_date(due.on, today=today))
    return str(RiskLevel(row.level).label), words

"""What surrounds an alert for whoever answers it: how to reach the person, who else to call, what stands about risk."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.risk import RiskLevel
from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from clinic.safety import cadence
from clinic.safety.contacts import ABUSE
from dashboard.safety import reach
from dashboard.safety.context import printed_name
from dashboard.safety.loader import Known
from dashboard.safety.reach import Wishes
from dashboard.times import said, said_date


@dataclass(frozen=True, slots=True)
class Around:
    """`beware` is set where a call may be overheard. `on_call` and `team` leave the reader out, who needs no ringing;
    `only_me` says that nobody but the reader is on call. `emergency` is "" where no number was checked."""

    wishes: Wishes
    team: list[str]
    route: str
    beware: bool
    risk: str
    risk_by: str
    on_call: list[str]
    only_me: bool
    emergency: str


def around(
    alert: SafetyAlert,
    others: Sequence[SafetyAlert],
    known: Known,
    *,
    by: User,
    at: dt.datetime,
    clinic: Clinic,
) -> Around:
    """For the care team: some six queries. What one of the person's other open alerts warns of holds for this one."""
    level, judged = _risk(alert, clinic, at=at)
    on_call, is_on_call = reach.on_call_beside(by, at=at)
    return Around(
        wishes=reach.wishes(alert, known),
        team=reach.team_beside(by, alert, at=at),
        route=clinic.welfare_route,
        beware=any(category in ABUSE for each in (alert, *others) for category in each.categories),
        risk=level,
        risk_by=judged,
        on_call=on_call,
        only_me=is_on_call and not on_call,
        emergency=reach.emergency_number(clinic, at=at),
    )


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

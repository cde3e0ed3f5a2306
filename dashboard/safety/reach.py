"""How a person wants to be reached, out of all that they wish; and who else can be called."""

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

from clinic import access, keys, profile
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.profile import Origin, Topic
from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from clinic.oncall import phones, rows
from clinic.safety.resources import EMERGENCY, RESOURCES, fitting
from dashboard.safety.loader import Known

_CONTACT = re.compile(
    r"\b(r[iau]ng|ringing|call\w*|(tele)?phon\w+|texts?|texting|sms|e-?mail\w*|mails?|messag\w+|writ\w+|letters?|post"
    r"|voice ?mail\w*|contact\w*|reach\w*|visit\w*|knock\w*|answer\w*|whatsapp|telegram|signal)\b"
    r"|звон|телефон|письм|писа[тл]|пиш|напиш|сообщен|смс|почт|связ|набер|наби[рв]|ватсап|телеграм"
    r"|q[oʻ'’`]+ng[ʻ'’`]*iroq|telefon|yoz|xabar|pochta|bog[ʻ'’`]*lan|қўнғироқ|ёз(инг|иб|ма)|хабар|боғлан",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """A person's own words: `contact` about how to reach them, `others` about anything else."""

    contact: list[str]
    others: list[str]


def wishes(alert: SafetyAlert, known: Known) -> Wishes:
    """What they wish, parted by whether a word of it is about being reached: one query."""
    found = profile.standing(alert.patient).filter(topic=Topic.PREFERENCE).exclude(origin=Origin.IMPORTED)
    try:
        words = [fact.unseal(known.ring, "words") for fact in found]
    except keys.CannotOpen:
        return Wishes([], [])
    return Wishes(
        contact=[each for each in words if is_about_contact(each)],
        others=[each for each in words if not is_about_contact(each)],
    )


def is_about_contact(words: str) -> bool:
    """Whether a wish says how, when or where to reach somebody. What is not recognised stands beside, never away."""
    return _CONTACT.search(words) is not None


def on_call_beside(reader: User, *, at: dt.datetime) -> tuple[list[str], bool]:
    """Who else is on call now, first first, each once with every position of theirs and the number to ring; and whether
    the reader is."""
    positions: dict[UUID, list[str]] = {}
    for duty in rows.on_call(at=at):
        positions.setdefault(duty.user, []).append(str(duty.position.label))
    is_reader = positions.pop(reader.pk, None) is not None
    found = phones.colleagues(positions)
    lines = [
        found[user].with_number(f"{found[user].name} ({', '.join(of)})")
        for user, of in positions.items()
        if user in found
    ]
    return lines, is_reader


def team_beside(reader: User, alert: SafetyAlert, *, at: dt.datetime) -> list[str]:
    """Who else is in the person's care team, each with the number to ring. One query."""
    beside = [user for user in access.care_team(alert.patient, at=at) if user.pk != reader.pk]
    return [each.with_number(each.name) for each in map(phones.colleague, beside)]


def emergency_number(clinic: Clinic, *, at: dt.datetime) -> str:
    """The emergency number of the clinic's country, where somebody has checked it; else ""."""
    lines = fitting(
        RESOURCES,
        topics=(EMERGENCY,),
        country=clinic.country,
        language="",
        demonstration=clinic.is_demonstration,
        today=local_date(at=at, zone=clinic.zone),
    )
    return next((line.number for line in lines), "")

"""One fictional person has a safety plan that she made together with her psychologist, in her own words."""

import datetime as dt
from uuid import NAMESPACE_OID, UUID, uuid5

from clinic import safety_plan
from clinic.actor import Actor
from clinic.models.patient import Patient
from clinic.models.safety_plan import Section
from clinic.models.user import Role
from clinic.safety_plan import NewWords
from recommendations import correspondence

RECORD = "CS-20418"

TOGETHER: dict[Section, str] = {
    Section.WARNING_SIGNS: "I stop answering Ife. I lie awake past two. Music is too loud.",
    Section.DISTRACTION: "The library before it opens. Choir, even if I only listen. The bus to the water.",
    Section.SUPPORT: "Ife, my sister: 01632 960 771\nRuth from choir: she said I can ring after ten",
    Section.PROFESSIONALS: "Dr Okonkwo, through the clinic. My family doctor, in the mornings.",
    Section.SURROUNDINGS: "Ife keeps the tablets and gives me a week at a time.",
}
OWN: dict[Section, str] = {
    Section.COPING: "One song, out loud. Cold water on my wrists. Ten minutes outside, no telephone.",
    Section.REASONS: "Ife. My mother’s garden in May. The alto line nobody else can hold.",
}
CHANGED = "One song, out loud. Cold water on my wrists."


def make_one(patient: Patient, treating: Actor, *, now: dt.datetime) -> None:
    """Made in a session three weeks ago, changed by her since, looked at together nine days ago."""
    own, session = Actor(patient.user, Role.PATIENT), _afternoon(now, days=23)
    for number, (section, words) in enumerate(TOGETHER.items()):
        at = session + dt.timedelta(minutes=4 * number)
        new = NewWords(section, words, 0, _form(section, 1))
        correspondence.write_safety_plan(patient=patient, new=new, by=treating, at=at)
    _write(patient, Section.COPING, CHANGED, 0, own, at=session + dt.timedelta(hours=6))
    later = _afternoon(now, days=12)
    _write(patient, Section.COPING, OWN[Section.COPING], 1, own, at=later)
    _write(patient, Section.REASONS, OWN[Section.REASONS], 0, own, at=later + dt.timedelta(minutes=7))
    safety_plan.review(patient=patient, by=treating, at=_afternoon(now, days=9))


def _afternoon(now: dt.datetime, *, days: int) -> dt.datetime:
    """Ten past two, so many days ago: whenever the demonstration is made, people met by day."""
    return dt.datetime.combine(now.date() - dt.timedelta(days=days), dt.time(14, 10), dt.UTC)


def _write(patient: Patient, section: Section, words: str, seen: int, by: Actor, *, at: dt.datetime) -> None:
    new = NewWords(section, words, seen, _form(section, seen + 1))
    safety_plan.write(patient=patient, new=new, by=by, at=at)


def _form(section: Section, number: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"{RECORD} safety plan {section} {number}")

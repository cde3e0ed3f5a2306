"""What is known of the fictional people beside their check-ins: facts of staff and their own words, through the real
operations; one was corrected, one has ended."""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from clinic import profile, told
from clinic.activities import Mark, Verdict
from clinic.actor import Actor
from clinic.fact_rows import NewFact
from clinic.models.patient import Patient
from clinic.models.profile import Origin, ProfileFact, Topic
from recommendations.demo.people import Person


@dataclass(frozen=True, slots=True)
class Known:
    """One fact: `ago` days since it was said; `was` is what stood there before it was corrected,
    `mark` the activity that it is about."""

    topic: Topic
    words: str
    ago: int
    dated: str = ""
    own: bool = False
    ended: bool = False
    was: str = ""
    mark: Mark | None = None


FACTS: dict[str, tuple[Known, ...]] = {
    "CS-20418": (
        Known(Topic.DIAGNOSIS, "Depressive episode, first time", 110, dated="2025-11"),
        Known(
            Topic.MEDICATION,
            "Sertraline 50 mg in the morning",
            96,
            dated="2026",
            was="Sertraline 25 mg in the morning",
        ),
        Known(Topic.ALLERGY, "Penicillin: a rash", 110, dated="1998"),
        Known(Topic.CIRCUMSTANCE, "Lives with her sister. Works shifts in a library.", 108),
        Known(Topic.CIRCUMSTANCE, "Looks after her mother two evenings a week", 100, ended=True),
        Known(Topic.HELPS, "Singing. One song is enough to turn a morning.", 60, own=True),
        Known(Topic.HELPS, "Long lists of tasks do not help: they end in bed.", 45),
        Known(Topic.PREFERENCE, "Please write, do not ring, before noon.", 58, own=True),
        Known(Topic.GOAL, "Back to choir by spring", 30, own=True),
    ),
    "CS-20133": (
        Known(Topic.DIAGNOSIS, "Generalised anxiety, in remission", 170, dated="2021"),
        Known(Topic.HELPS, "Running before work", 120, own=True, mark=Mark("exercise", Verdict.HELPED)),
        Known(Topic.GOAL, "Keep the three runs a week through winter", 40, own=True),
    ),
    "CS-20590": (
        Known(
            Topic.PREFERENCE,
            "The canal path, when it is dry",
            20,
            own=True,
            mark=Mark("walking", Verdict.LIKED),
        ),
    ),
    "CS-20902": (
        Known(
            Topic.HELPS,
            "A set time for worrying made the worries louder",
            35,
            mark=Mark("worry", Verdict.NO_HELP),
        ),
    ),
    "CS-20311": (
        Known(Topic.CIRCUMSTANCE, "Moved here in spring; family far away", 100, dated="2026-04"),
        Known(Topic.HELPS, "Counting breaths makes her dizzy", 98, mark=Mark("breathing", Verdict.NO_HELP)),
        Known(Topic.PREFERENCE, "Prefers an interpreter for hard subjects", 99),
    ),
    "CS-18840": (
        Known(Topic.CIRCUMSTANCE, "Night shifts since September", 60),
        Known(Topic.HELPS, "Tea with his son", 52, own=True, mark=Mark("people", Verdict.HELPED)),
    ),
}


def record(person: Person, patient: Patient, own: Actor, treating: Actor, *, now: dt.datetime) -> None:
    """The facts of this person, each at the moment at which it was said."""
    for known in FACTS.get(person.record_number, ()):
        at = now - dt.timedelta(days=min(known.ago, person.days), hours=2)
        fact = _said(patient, known, own, at=at) if known.own else _noted(patient, known, treating, at=at)
        later = at + dt.timedelta(days=12)
        if fact and known.was:
            profile.correct(fact=fact, words=known.words, dated=known.dated, by=treating, at=later)
        if fact and known.ended:
            profile.end(fact=fact, by=treating, at=later)


def _said(patient: Patient, known: Known, own: Actor, *, at: dt.datetime) -> ProfileFact | None:
    made = told.tell(
        patient=patient,
        topic=known.topic,
        words=known.words,
        mark=known.mark,
        submission=uuid4(),
        by=own,
        at=at,
    )
    return made.fact


def _noted(patient: Patient, known: Known, treating: Actor, *, at: dt.datetime) -> ProfileFact:
    fact = NewFact(
        topic=known.topic,
        origin=Origin.STAFF,
        words=known.was or known.words,
        dated=known.dated,
        code=known.mark.code if known.mark else "",
    )
    return profile.record(patient=patient, fact=fact, by=treating, at=at)

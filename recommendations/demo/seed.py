"""Filling the demonstration clinic through the real operations, with progress."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.db import transaction

from clinic import access, consent, intake, invitations, people, screening
from clinic.actor import SOFTWARE, Actor, log
from clinic.invitations import Invited
from clinic.keys import Ring
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningSource, ScreeningState
from clinic.models.user import Role, User
from recommendations import pipeline
from recommendations.demo import (
    acts,
    answering,
    aside,
    care,
    elsewhere,
    facts,
    forms,
    ledger,
    numbers,
    on_call,
    reported,
    safety_plan,
)
from recommendations.demo.people import ELIAS, INES, MAYA, PASSWORD, PATIENTS, STAFF, Person
from recommendations.demo.stories import entries_of
from recommendations.demo.texts import sign_texts

Report = Callable[[str], None]

UNKNOWN_CONDITIONS = {"pregnancy": ScreeningState.UNKNOWN}
BLOCKED_BY = {"eating_disorder": ScreeningState.PRESENT, "mania": ScreeningState.UNKNOWN}


COLLEAGUE = Invited(role=Role.PSYCHOLOGIST, printed_name="Dr Amina Bello", title="Clinical psychologist")
NEWCOMER = Invited(role=Role.PATIENT, zone="Europe/London", language="en")


@dataclass
class Seeded:
    """What has been made so far."""

    now: dt.datetime
    staff: dict[str, Actor] = field(default_factory=dict)
    patients: dict[str, tuple[Person, Patient, Ring]] = field(default_factory=dict)


def seed(*, now: dt.datetime, report: Report) -> Seeded:
    """Make the whole demonstration clinic as of `now`. The database must be empty.

    A committed step stays when a later one fails; `script/server --fresh` begins again.
    """
    made = Seeded(now=now)
    password = make_password(PASSWORD)
    report("clinic and staff")
    _clinic_and_staff(made, password)
    report("the clinic's texts, read and signed")
    sign_texts(made.staff[MAYA], made.staff[ELIAS], at=now - dt.timedelta(days=380))
    report("who is on call")
    on_call.staffed(made.staff, now=now)
    report(f"{len(PATIENTS)} fictional patients and their check-ins")
    for person in PATIENTS:
        _patient(made, person, password)
    report("readings of every day, drafts, signatures and alerts")
    for number, (person, patient, _ring) in enumerate(made.patients.values()):
        ledger.past(made.staff[person.treating], person, patient, number=number)
        forms.answered(made.staff[person.treating], person, patient, now=now)
        acts.past(made.staff[person.treating], person, patient, now=now)
    pipeline.score([patient.pk for _, patient, _ in made.patients.values()], at=now, history=True)
    for person, patient, _ring in made.patients.values():
        acts.present(made.staff[person.treating], person, patient, now=now)
        if person.record_number == reported.RECORD:
            reported.report_one(patient, now=now)
        if person.record_number == safety_plan.RECORD:
            safety_plan.make_one(patient, made.staff[person.treating], now=now)
    ledger.sign_first(made.staff, signer=MAYA, other=ELIAS, now=now)
    _invitations(made)
    known = {number: patient for number, (_person, patient, _ring) in made.patients.items()}
    aside.put_aside(made.staff, known, now=now)
    report("messages and appointments")
    care.present(made.staff, known, now=now)
    answering.present(made.staff, known, now=now)
    elsewhere.arrive(at=now - dt.timedelta(hours=5))
    with transaction.atomic():
        log("demonstration_seeded", by=SOFTWARE, at=now, facts={"patients": len(PATIENTS)})
    return made


@transaction.atomic
def _clinic_and_staff(made: Seeded, password: str) -> None:
    Clinic.objects.create(
        name="Northside",
        country="GB",
        zone="Europe/London",
        is_demonstration=True,
        publication_delay=dt.timedelta(0),
        waiting_aim_hours=72,
    )
    since = made.now - dt.timedelta(days=400)
    for each in STAFF:
        user = User.objects.create(sign_in_name=each.sign_in_name, password=password)
        access.grant_role(user=user, role=each.role, by=SOFTWARE, at=since)
        licence = made.now.date() + dt.timedelta(days=540) if each.role == Role.PSYCHOLOGIST else None
        people.register_staff(
            user=user,
            printed_name=each.printed_name,
            title=each.title,
            licence_valid_until=licence,
            by=SOFTWARE,
            at=since,
        )
        made.staff[each.sign_in_name] = Actor(user=user, role=each.role)


def _invitations(made: Seeded) -> None:
    """A colleague and patients who have not joined yet; nobody keeps their codes."""
    ines, at = made.staff[INES], made.now - dt.timedelta(days=3)
    for person in (COLLEAGUE, NEWCOMER):
        invitations.invite(person=person, by=ines, at=at)
    maya = made.staff[MAYA]
    own = replace(NEWCOMER, treating=maya.user)
    invitations.invite(person=own, by=maya, at=made.now - dt.timedelta(days=2))
    taken_back, _code = invitations.invite(person=own, by=maya, at=made.now - dt.timedelta(days=6))
    invitations.revoke(invitation=taken_back, by=maya, at=made.now - dt.timedelta(days=5))


@transaction.atomic
def _patient(made: Seeded, person: Person, password: str) -> None:
    began = made.now - dt.timedelta(days=person.days + 2)
    user = User.objects.create(sign_in_name=person.sign_in_name, password=password)
    access.grant_role(user=user, role=Role.PATIENT, by=SOFTWARE, at=began)
    new = people.NewPatient(
        name=person.name,
        pronouns=person.pronouns,
        birth_date=person.born,
        phone="+44 1632 960" + person.record_number[-3:],
        zone=person.zone,
        language=person.language,
        record_number=person.record_number,
    )
    patient, ring = people.register_patient(person=new, user=user, by=SOFTWARE, at=began)
    actor, treating = Actor(user, Role.PATIENT), made.staff[person.treating]
    _consents(person, patient, actor, at=began)
    assert treating.user is not None  # noqa: S101  staff were made above
    access.start_care(patient=patient, user=treating.user, kind=CareKind.TREATING, by=SOFTWARE, at=began)
    _screening(person, patient, treating, at=began + dt.timedelta(hours=2))
    _check_ins(person, patient, actor, now=made.now)
    numbers.agree(person, patient, actor, at=began)
    numbers.record(person, patient, actor, now=made.now)
    facts.record(person, patient, actor, treating, now=made.now)
    if person.record_number == elsewhere.REFERRED:
        elsewhere.refer(person, patient, treating, at=began + dt.timedelta(hours=3))
    made.patients[person.record_number] = (person, patient, ring)


def _consents(person: Person, patient: Patient, actor: Actor, *, at: dt.datetime) -> None:
    purposes = [Purpose.KEEP] if person.story == "not_shared" else list(Purpose)
    for purpose in purposes:
        consent.give(patient=patient, source=Source.CHECK_IN, purpose=purpose, by=actor, at=at)


def _screening(person: Person, patient: Patient, treating: Actor, *, at: dt.datetime) -> None:
    answers = dict.fromkeys(screening.CONDITIONS, ScreeningState.ABSENT) | UNKNOWN_CONDITIONS
    if person.story == "blocked":
        answers |= BLOCKED_BY
    screening.record_facts(
        patient=patient, answers=answers, source=ScreeningSource.INTERVIEW, by=treating, at=at
    )


def _check_ins(person: Person, patient: Patient, actor: Actor, *, now: dt.datetime) -> None:
    entries = [
        intake.NewCheckIn(
            submission=_submission(person, entry.happened_at),
            mood=entry.mood,
            feelings=entry.feelings,
            note=entry.note,
            happened_at=entry.happened_at,
        )
        for entry in entries_of(person, now=now)
    ]
    intake.record_check_ins(patient=patient, entries=entries, by=actor, at=now)


def _submission(person: Person, moment: dt.datetime) -> UUID:
    return uuid5(NAMESPACE_OID, f"{person.record_number} {moment.isoformat()}")

"""Giving a record that came from elsewhere to the person it is about, without losing what it says of them.

A name and a date of birth that are known stay; a telephone number that the person gives is where they can be reached
now. What differs is kept in the profile, so that whoever treats them reads both and asks.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import people, profile
from clinic.actor import Actor, log
from clinic.fact_rows import NewFact
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.profile import Origin, Topic
from clinic.models.user import Role
from clinic.people import Identity, NewPatient


@transaction.atomic
def claim(*, patient: Patient, person: NewPatient, ring: Ring, by: Actor, at: dt.datetime) -> None:
    """Let the person sign in for their record. Raises CannotOpen when its key was destroyed."""
    known = people.identity(patient, ring, at=at)
    differing = list(_differing(known, person))
    people.seal_identity(patient, _together(known, person), ring)
    patient.user, patient.zone, patient.language = by.user, person.zone, person.language
    patient.save()
    log("person_registered", by=by, at=at, patient=patient, subject=patient, reason=Role.PATIENT)
    profile.record_facts(patient=patient, facts=differing, by=by, at=at, ring=ring)


def _together(known: Identity, person: NewPatient) -> NewPatient:
    return replace(
        person,
        name=known.name or person.name,
        pronouns=person.pronouns or known.pronouns,
        birth_date=known.birth_date or person.birth_date,
        phone=person.phone or known.phone,
    )


def _differing(known: Identity, person: NewPatient) -> Iterator[NewFact]:
    """What the person said otherwise, in their words, and the number that was known before, as the record had it."""
    if known.name and _folded(person.name) != _folded(known.name):
        words = _("When joining I gave this name: %(name)s") % {"name": person.name}
        yield NewFact(Topic.CIRCUMSTANCE, Origin.PATIENT, words)
    if known.phone and person.phone and _digits(person.phone) != _digits(known.phone):
        words = _("Telephone number in the record before the person joined: %(phone)s") % {
            "phone": known.phone
        }
        yield NewFact(Topic.CIRCUMSTANCE, Origin.STAFF, words)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())

"""Consent by the real operations, with its entries in the log. The cast's own is there without them."""

import datetime as dt
from itertools import product

from clinic import consent
from clinic.actor import Actor
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from clinic.models.user import Role
from tests.cast import NOW


def taken_back_and_given(patient: Patient, *, at: dt.datetime = NOW) -> None:
    """The patient withdraws everything and agrees to everything again."""
    own = Actor(patient.user, Role.PATIENT)
    for source, purpose in product(Source, Purpose):
        consent.withdraw(patient=patient, source=source, purpose=purpose, by=own, at=at)
        consent.give(patient=patient, source=source, purpose=purpose, by=own, at=at)

"""Asking for a person: one press that tells whoever is on call that somebody wants to hear from the clinic (ADR 32)."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts
from clinic.safety.detect import RULES, Detection
from clinic.safety.levels import Level
from clinic.safety.protocols import ASKED_FOR_PERSON

ASKED: Final = "asked-for-person"
ALL_RIGHT: Final = "all-right-now"
"""What stands in an alert in place of rules. The page of an alert says what they mean."""


@transaction.atomic
def ask(*, patient: Patient, submission: UUID, by: Actor, at: dt.datetime) -> SafetyAlert:
    """Open an urgent alert that says that this person asked for somebody; the open one, where there is one already.

    It is paged like every other. Nothing that was typed goes with it.
    """
    take_turn(f"asking of {patient.pk}")
    standing = open_request(patient)
    if standing is not None:
        return standing
    made = _open(patient, ASKED, Level.URGENT, "Pressed: Ask a person.", submission=submission, at=at)
    log("person_asked_for", by=by, at=at, patient=patient, subject=made)
    return made


@transaction.atomic
def all_right(*, patient: Patient, submission: UUID, by: Actor, at: dt.datetime) -> SafetyAlert | None:
    """Tell whoever has the request that the person is all right now. It closes nothing: a person does that.

    None where no request is open.
    """
    take_turn(f"asking of {patient.pk}")
    if open_request(patient) is None:
        return None
    said = SafetyAlert.objects.filter(patient=patient, rules__contains=[ALL_RIGHT], closed_at=None).first()
    if said is not None:
        return said
    made = _open(
        patient, ALL_RIGHT, Level.CONCERN, "Pressed: I am all right now.", submission=submission, at=at
    )
    log("all_right_said", by=by, at=at, patient=patient, subject=made)
    return made


def open_request(patient: Patient) -> SafetyAlert | None:
    """The request of this patient that nobody has closed yet: one query."""
    asked = SafetyAlert.objects.filter(patient=patient, rules__contains=[ASKED], closed_at=None)
    return asked.select_related("taken_by__staff").order_by("happened_at").first()


def _open(
    patient: Patient, rule: str, level: Level, words: str, *, submission: UUID, at: dt.datetime
) -> SafetyAlert:
    found = Detection(
        level=level,
        categories=(ASKED_FOR_PERSON,),
        rules=(rule,),
        spans=(),
        words=(words,),
        cards=(ASKED_FOR_PERSON,),
        rule_set=f"{RULES.version}+pressed",
        has_rules=True,
    )
    noticed = alerts.notice_found(
        patient=patient, detection=found, submission=submission, source=TextSource.OTHER, at=at
    )
    opened = noticed.alert
    assert opened is not None  # noqa: S101  its level is above none
    return opened

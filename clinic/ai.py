"""May AI be used for this patient? Asked before any AI output is made or shown."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clinic import consent
from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.models.ai_stop import AiStop
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient


class Function(StrEnum):
    """What AI does here."""

    MOOD_READING = "mood_reading"
    SUGGESTION = "suggestion"
    FORECAST = "forecast"


class RestartRefused(Exception):
    """AI stays stopped; the message says why."""


def ai_allowed(function: Function, patient: Patient) -> bool:
    """Whether `function` may be used for `patient`: nobody stopped it, the patient agreed and is in care."""
    return patient.pk in allowed_patients(function, [patient.pk])


def allowed_patients(function: Function, patient_ids: Iterable[UUID]) -> set[UUID]:
    """Those of `patient_ids` for whom AI may be used: two queries for any number of patients."""
    wanted = set(patient_ids)
    stops = AiStop.objects.filter(Q(patient=None) | Q(patient__pk__among=wanted), restarted_at=None)
    # Nobody would read what is made for somebody who is in nobody's care.
    discharged = Patient.objects.filter(pk__among=wanted, discharged_at__isnull=False).values_list("pk")
    stopped = {patient_id for (patient_id,) in stops.values_list("patient_id").union(discharged)}
    if None in stopped:
        return set()
    agreed = consent.patients_who_agreed(
        wanted, source=Source.CHECK_IN, purposes=(Purpose.SHARE, Purpose.AI_READINGS)
    )
    return agreed - {patient for patient in stopped if patient}


def standing_stop(patient: Patient | None) -> AiStop | None:
    """The stop that holds for this patient alone, or for everybody when `patient` is None."""
    return AiStop.objects.filter(patient=patient, restarted_at=None).first()


@transaction.atomic
def stop(*, patient: Patient | None, by: Actor, at: dt.datetime) -> AiStop:
    """Stop AI for one patient, or for everybody when `patient` is None. One person is enough; it holds at once."""
    standing = standing_stop(patient)
    if standing:
        return standing
    assert by.user is not None  # noqa: S101  software never stops itself
    made = AiStop.objects.create(patient=patient, stopped_by=by.user, stopped_at=at)
    log("ai_stopped", by=by, at=at, patient=patient, subject=made)
    return made


@transaction.atomic
def ask_restart(*, stop: AiStop, by: Actor, at: dt.datetime) -> None:
    """The first of the two people who start AI again."""
    asked = AiStop.objects.filter(pk=stop.pk, restarted_at=None, restart_asked_by=None)
    if asked.update(restart_asked_by=by.user, restart_asked_at=at):
        log("ai_restart_asked", by=by, at=at, patient=stop.patient, subject=stop)


@transaction.atomic
def confirm_restart(*, stop: AiStop, by: Actor, at: dt.datetime) -> None:
    """The second person starts AI again. Raises RestartRefused for the same person or when nobody asked."""
    locked = AiStop.objects.select_for_update().get(pk=stop.pk)
    if locked.restart_asked_by is None:
        raise RestartRefused(_("AI stays off: nobody has asked to start it again yet."))
    if locked.restart_asked_by == by.user:
        raise RestartRefused(_("AI stays off: a second person must confirm. You asked for it yourself."))
    if locked.restarted_at is None:
        AiStop.objects.filter(pk=stop.pk).update(
            restarted_by=by.user, restarted_at=not_before("restart_asked_at", at=at)
        )
        log("ai_restarted", by=by, at=at, patient=locked.patient, subject=locked)

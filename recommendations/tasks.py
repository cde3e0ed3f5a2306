"""Celery tasks: each fetches and calls one operation. Messages carry ids only; consent is asked again inside."""

import datetime as dt
from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError, transaction

from clinic import keys, pulse
from clinic.actor import SOFTWARE
from clinic.clock import now
from clinic.models.patient import Patient
from clinic.outbox import enqueue
from recommendations import permissions, pipeline

BETWEEN_RUNS = dt.timedelta(minutes=5)
"""How long after one run of everybody the next may begin: clocks that run twice ask within seconds."""

CHUNK = 500
"""Patients per task: large enough that reading dominates, small enough to end well inside the time limit."""

CUT_OFF = (OperationalError, InterfaceError, keys.KeysUnavailable)
LONGEST_PAUSE = 20
"""A task that PostgreSQL cut off is asked for again after 1, 2, 4 … at most so many seconds, until it works: Celery
itself counts a task that failed as done. Below the time after which the broker would deliver it a second time."""

Arguments = ParamSpec("Arguments")


def until_it_works(task: Callable[Arguments, None]) -> Task[Arguments, None]:
    """A task that is tried again where PostgreSQL or the key store went away."""
    again = shared_task(
        autoretry_for=CUT_OFF,
        max_retries=None,
        retry_backoff=1,
        retry_backoff_max=LONGEST_PAUSE,
        retry_jitter=False,
    )
    return again(task)


@until_it_works
def score_patients(*, patient_ids: list[str]) -> None:
    """Read these patients' check-ins and draft what follows. Running it twice stores nothing twice."""
    pipeline.score([UUID(patient_id) for patient_id in patient_ids], at=now())


@until_it_works
def look_again(*, patient_id: str) -> None:
    """Look at this patient's drafts again after they told something. Running it twice withdraws nothing twice."""
    permissions.look_again(patient=Patient.objects.get(pk=UUID(patient_id)), by=SOFTWARE, at=now())


@until_it_works
@transaction.atomic
def score_everybody() -> None:
    """Ask for every patient to be scored, chunk by chunk, through the outbox.

    Begun at most once in five minutes, so that two clocks or a hasty hand do not have it done twice.
    """
    if not pulse.claim(pulse.SCORING, at=now(), within=BETWEEN_RUNS):
        return
    ids = list(Patient.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = [str(patient_id) for patient_id in ids[start : start + CHUNK]]
        enqueue("recommendations.tasks.score_patients", patient_ids=chunk)

"""Celery tasks: each fetches and calls one operation. Messages carry ids only; consent is asked again inside."""

import datetime as dt
from uuid import UUID

from celery import shared_task
from django.db import transaction

from clinic import pulse
from clinic.actor import SOFTWARE
from clinic.clock import now
from clinic.models.patient import Patient
from clinic.outbox import enqueue
from recommendations import permissions, pipeline

BETWEEN_RUNS = dt.timedelta(minutes=5)
"""How long after one run of everybody the next may begin: clocks that run twice ask within seconds."""

CHUNK = 500
"""Patients per task: large enough that reading dominates, small enough to end well inside the time limit."""


@shared_task
def score_patients(*, patient_ids: list[str]) -> None:
    """Read these patients' check-ins and draft what follows. Running it twice stores nothing twice."""
    pipeline.score([UUID(patient_id) for patient_id in patient_ids], at=now())


@shared_task
def look_again(*, patient_id: str) -> None:
    """Look at this patient's drafts again after they told something. Running it twice withdraws nothing twice."""
    permissions.look_again(patient=Patient.objects.get(pk=UUID(patient_id)), by=SOFTWARE, at=now())


@shared_task
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

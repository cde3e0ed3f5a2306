"""Background work of the clinic."""

from celery import shared_task

from clinic import access, pulse
from clinic.clock import now


@shared_task
def mirror_ended_care() -> None:
    """Let django-guardian follow care that ended by its plan."""
    access.mirror_ended(at=now())


@shared_task
def sign_of_life() -> None:
    """Say that the clock asked for something, the broker carried it and a worker did it."""
    pulse.beat(pulse.WORKER, at=now())

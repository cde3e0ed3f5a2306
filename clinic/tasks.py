"""Background work of the clinic."""

from celery import shared_task

from clinic import access, guessing, pulse, reauth
from clinic.clock import now


@shared_task
def mirror_ended_care() -> None:
    """Let django-guardian follow care that ended by its plan."""
    access.mirror_ended(at=now())


@shared_task
def sign_of_life() -> None:
    """Say that the clock asked for something, the broker carried it and a worker did it."""
    pulse.beat(pulse.WORKER, at=now())


@shared_task
def forget_addresses() -> None:
    """Keep the address of a wrong password no longer than it slows guessing, and no count of an ended session."""
    at = now()
    guessing.forget_old(at=at)
    reauth.forget_old(at=at)

"""Background work of the clinic."""

from celery import shared_task

from clinic import access
from clinic.clock import now


@shared_task
def mirror_ended_care() -> None:
    """Let django-guardian follow care that ended by its plan."""
    access.mirror_ended(at=now())

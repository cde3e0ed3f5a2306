"""Background work of the log."""

from celery import shared_task

from audit.sequence import sequence


@shared_task
def sequence_entries() -> None:
    """Give the entries whose transactions have ended their places in the log."""
    sequence(limit=100_000)

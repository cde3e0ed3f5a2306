"""Background work of the clinic."""

from uuid import UUID

from celery import shared_task
from django.db import InterfaceError, OperationalError

from clinic import access, guessing, keys, pulse, reauth
from clinic.clock import now
from clinic.oncall import noticing
from clinic.safety.ledger import replay

CUT_OFF = (OperationalError, InterfaceError, keys.KeysUnavailable)
"""After these a task is asked for again: PostgreSQL or the key store went away."""


@shared_task
def mirror_ended_care() -> None:
    """Let django-guardian follow care that ended by its plan."""
    access.mirror_ended(at=now())


@shared_task
def sign_of_life() -> None:
    """Say that the clock asked for something, the broker carried it and a worker did it."""
    pulse.beat(pulse.WORKER, at=now())


@shared_task(
    autoretry_for=CUT_OFF, max_retries=None, retry_backoff=1, retry_backoff_max=20, retry_jitter=False
)
def replay_danger(*, replay_id: str, after: str) -> None:
    """Read the next texts of a trial again, with the rules as installed; one chunk that runs twice counts once."""
    replay.read_chunk(replay_id=UUID(replay_id), after=after, at=now())


@shared_task
def send_notices() -> None:
    """Tell staff what changed about being on call or being paged."""
    noticing.send_waiting(clock=now)


@shared_task
def forget_addresses() -> None:
    """Keep the address of a wrong password no longer than it slows guessing, and no count of an ended session."""
    at = now()
    guessing.forget_old(at=at)
    reauth.forget_old(at=at)

"""The outbox: tasks are written in the caller's transaction and published to the broker afterwards.

Nothing publishes to Redis inside a request, so a broker that is down or hangs delays scoring and nothing else.
`publish` claims rows under SKIP LOCKED, so that any number of publishers may run.
"""

import datetime as dt
from itertools import takewhile
from typing import Any

from celery import Celery
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from clinic.models.outbox import OutboxMessage

BATCH = 200
LONGEST_PAUSE = dt.timedelta(minutes=1)
CLOCKS_DIFFER = dt.timedelta(minutes=5)
"""A message that is due later than any pause lasts was written by a clock that was set back since: it is due now."""


def enqueue(task: str, **arguments: Any) -> OutboxMessage:
    """Have the Celery task named `task` run with these keyword arguments: ids only, as JSON.

    Committed together with the caller's transaction, or not at all.
    """
    return OutboxMessage.objects.create(task=task, arguments=arguments)


def keep(task: str, **arguments: Any) -> OutboxMessage:
    """Keep these arguments here for a task that looks for them itself: the broker is to carry none of them (SR-110)."""
    return OutboxMessage.objects.create(task=task, arguments=arguments, sent_at=Now())


def due(*, at: dt.datetime) -> Q:
    """Messages whose time has come at `at`."""
    return Q(due_at__lte=at) | Q(due_at__gt=at + CLOCKS_DIFFER)


def publish(*, app: Celery, at: dt.datetime) -> int:
    """Hand the messages that are due at `at` to the broker and return how many it took.

    A message that the broker refuses stays, and is tried again after 1, 2, 4 … at most 60 seconds. The round ends
    with it: a broker that hangs takes seconds to refuse, and this transaction must not last as many for each message.
    """
    with transaction.atomic():
        waiting = OutboxMessage.objects.filter(due(at=at), sent_at=None).order_by("due_at", "id")
        messages = list(waiting.select_for_update(skip_locked=True)[:BATCH])
        taken = list(takewhile(lambda message: _send(app, message), messages))
        OutboxMessage.objects.filter(pk__in=[message.pk for message in taken]).delete()
        for refused in messages[len(taken) :][:1]:
            _postpone(refused, at=at)
    return len(taken)


def _send(app: Celery, message: OutboxMessage) -> bool:
    try:
        app.send_task(message.task, kwargs=message.arguments, retry=False)
    except (OperationalError, OSError):
        return False
    return True


def _postpone(message: OutboxMessage, *, at: dt.datetime) -> None:
    message.attempts += 1
    pause = min(dt.timedelta(seconds=2 ** min(message.attempts - 1, 10)), LONGEST_PAUSE)
    message.due_at = at + pause
    message.save(update_fields=["attempts", "due_at"])

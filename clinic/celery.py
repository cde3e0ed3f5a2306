"""The Celery application: which broker, how long a task may take, what runs at which time.

The broker's own time-outs are short on purpose. Nothing in a request publishes to it (see `clinic.outbox`), and
a worker that was killed has its tasks delivered again within seconds rather than the usual hundred:
kombu sweeps for them every `unacked_restore_interval` x `unacked_restore_throttle`.
"""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.schedules import crontab
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

TASK_TIME_LIMIT = 25
"""Seconds after which a task is killed. Below the visibility time-out, or a slow task would be run twice."""

VISIBILITY_TIMEOUT = 30
"""Seconds after which an unacknowledged task is delivered to another worker."""

app = Celery("clinic")
app.conf.update(
    broker_url=os.environ.get("REDIS_URL", ""),
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "unacked_restore_interval": 3,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 1,
        "max_retries": 1,
    },
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=TASK_TIME_LIMIT,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="UTC",
    beat_schedule={
        "score every patient": {
            "task": "recommendations.tasks.score_everybody",
            "schedule": crontab(hour="2", minute="10"),
        },
        "give audit entries their place": {
            "task": "audit.tasks.sequence_entries",
            "schedule": 10.0,
            "options": {"expires": 10},
        },
        "give a sign of life": {
            "task": "clinic.tasks.sign_of_life",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        "tell staff what changed on call": {
            "task": "clinic.tasks.send_notices",
            "schedule": 20.0,
            "options": {"expires": 20},
        },
        "forget the addresses of wrong passwords": {
            "task": "clinic.tasks.forget_addresses",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
        "let guardian follow care that ended": {
            "task": "clinic.tasks.mirror_ended_care",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
    },
)
app.autodiscover_tasks()


@worker_init.connect
def _refuse_unguarded(**kwargs: object) -> None:
    """A worker does not start while a guard of the database is missing.

    Celery logs an exception of a signal's receiver and goes on; SystemExit is none that it catches.
    """
    from clinic.database.checks import refuse_to_run_unguarded

    try:
        refuse_to_run_unguarded()
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from refusal


class WatchStep(bootsteps.StartStopStep):
    """Watch over alerts in the worker's own process, once its pool is forked, whether the broker answers or not."""

    requires = ("celery.worker.components:Pool",)

    def start(self, _worker: Any) -> None:
        """Begin."""
        from clinic.oncall import watch

        watch.start()

    def stop(self, _worker: Any) -> None:
        """End."""
        from clinic.oncall import watch

        watch.stop()


app.steps["worker"].add(WatchStep)

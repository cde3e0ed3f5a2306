"""Signs of life of the background programs, and starting something at most once within a while.

Several clocks may run: what they start either changes nothing when it runs twice, or asks `claim` first.
"""

import datetime as dt

from django.db import connection

from clinic.models.pulse import Pulse

WORKER, PUBLISHER, SEQUENCER, SCORING, WATCH = "worker", "publisher", "sequencer", "scoring", "watch"
CALENDAR = "calendar"
"""Not a program: when what the calendar raises was last looked for."""

CLOCKS_DIFFER = dt.timedelta(minutes=5)
"""A moment further ahead comes from a clock that was set back since; it must not hold anything up."""

_CLAIM = """
INSERT INTO clinic_pulse (name, happened_at) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET happened_at = excluded.happened_at
WHERE clinic_pulse.happened_at <= %s OR clinic_pulse.happened_at > %s
RETURNING name
"""


def beat(name: str, *, at: dt.datetime) -> None:
    """Say that `name` is alive at `at`. An older moment never replaces a newer one."""
    claim(name, at=at, within=dt.timedelta(0))


def claim(name: str, *, at: dt.datetime, within: dt.timedelta) -> bool:
    """Whether nobody has begun `name` within this time; then it counts as begun. Of two at once one is told yes."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [name, at, at - within, at + CLOCKS_DIFFER])
        return cursor.fetchone() is not None


def last(*names: str) -> dict[str, dt.datetime]:
    """The newest sign of life of each; a name that never gave one is missing. One query."""
    return dict(Pulse.objects.filter(name__in=names).values_list("name", "happened_at"))

"""What one record costs to read, in PostgreSQL's own buffers, and what administrators ask of everybody's records."""

import datetime as dt
import json
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.network.contest import Line, medians
from bench.network.people import person
from bench.network.scale import Scale
from clinic import series, unattended
from clinic.models.consent import Source
from clinic.models.observation import Signal
from clinic.models.patient import Patient

SIGNALS = (Signal.MOOD, Signal.SLEEP, Signal.STEPS, Signal.ACTIVITY, Signal.SOCIAL, Signal.SCREEN)
MOST_BUFFERS = 20


def measure(scale: Scale, *, at: dt.datetime, rounds: int) -> list[Line]:
    """The rows about reading one record, and about records that nobody treats."""
    counted = [
        _buffers(Patient.objects.get(pk=person("patient", number)), scale, at=at) for number in range(9)
    ]
    most = max(counted)
    nobody = unattended.records(at=at, today=at.date())
    took = medians({"nobody": nobody.count}, rounds=rounds)["nobody"]
    return [
        Line(
            f"{scale.days} days of {len(SIGNALS)} signals of one record",
            f"{min(counted)} to {most} buffers",
            f"{MOST_BUFFERS} buffers",
            most / MOST_BUFFERS,
            "at most 1x",
        ),
        Line(f"records of {scale.patients:,} that nobody treats, counted", f"{took:.1f} ms"),
    ]


def _buffers(patient: Patient, scale: Scale, *, at: dt.datetime) -> int:
    """Shared buffers that the chart's own query touches, as EXPLAIN counts them."""
    span = {"since": at.date() - dt.timedelta(days=scale.days - 1), "until": at.date()}
    with CaptureQueriesContext(connection) as captured:
        found = series.read(patient, signals=SIGNALS, sources=list(Source), **span)
    assert len(found) == len(SIGNALS)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + captured[-1]["sql"])
        (answer,) = cursor.fetchone()
    plan: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])

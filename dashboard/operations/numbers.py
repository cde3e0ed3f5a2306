"""The numbers that Prometheus reads: waiting work, alerts, signatures and how long answers took. No personal data."""

import datetime as dt
import os
from collections.abc import Iterator

from django.db.models import Count, Min, QuerySet
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from clinic import health, pulse
from clinic.models.outbox import OutboxMessage
from clinic.models.safety import SafetyAlert
from recommendations.models.reading import MoodReading
from recommendations.models.signature import Signature
from recommendations.models.suggestion import Suggestion

Rows = QuerySet[OutboxMessage] | QuerySet[SafetyAlert]

PROCESSES = "PROMETHEUS_MULTIPROC_DIR"
"""Names the directory through which the processes of one web server add up their numbers."""

SECONDS = Histogram(
    "countersign_request_seconds",
    "How long answers took, by the name of the address.",
    ["route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=None if os.environ.get(PROCESSES) else CollectorRegistry(),
)
_OWN = CollectorRegistry()
if not os.environ.get(PROCESSES):
    _OWN.register(SECONDS)


def exposition(*, at: dt.datetime) -> bytes:
    """Everything, in Prometheus' text format. Some ten small queries."""
    registry = CollectorRegistry()
    registry.register(Waiting(at))
    if os.environ.get(PROCESSES):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest(_OWN)


class Waiting(Collector):
    """What stands in the databases and the broker at the moment `at`. An age is left out where it is unknown."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked when the collector is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Each number with its name; while PostgreSQL is away only what answers and what does not."""
        asked = health.probes()
        for probe in asked:
            yield _gauge(f"{probe.name}_up", "1 while it answers as it should.", int(probe.ok))
        if (length := health.queue_length()) is not None:
            yield _gauge("queue_length", "Tasks that wait in the broker.", length)
        if asked[0].ok:
            yield from self._stored()

    def _stored(self) -> Iterator[Metric]:
        unsent = OutboxMessage.objects.filter(sent_at=None)
        alerts = SafetyAlert.objects.filter(closed_at=None)
        yield from self._group("outbox", "Messages that the broker has not taken.", unsent, "recorded_at")
        untaken = alerts.filter(taken_at=None)
        yield from self._group("alerts_unanswered", "Alerts that nobody has taken.", untaken, "happened_at")
        yield _gauge("alerts_open", "Safety alerts that nobody has closed.", alerts.count())
        drafts = Suggestion.objects.filter(state="open").count()
        yield _gauge("drafts_open", "Drafts that wait for a decision.", drafts)
        yield CounterMetricFamily(
            "countersign_signatures", "Signatures so far.", value=Signature.objects.count()
        )
        newest = MoodReading.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
        yield from self._age("reading", "Seconds since the newest mood reading was stored.", newest)
        for name, moment in pulse.last(pulse.WORKER, pulse.PUBLISHER, pulse.WATCH).items():
            yield from self._age(
                f"{name}_sign_of_life", "Seconds since this program was seen at work.", moment
            )

    def _group(self, name: str, text: str, rows: Rows, since: str) -> Iterator[Metric]:
        found = rows.aggregate(count=Count("pk"), oldest=Min(since))
        yield _gauge(name, text, found["count"])
        yield from self._age(f"{name}_oldest", f"Seconds that the oldest has waited. {text}", found["oldest"])

    def _age(self, name: str, text: str, moment: dt.datetime | None) -> Iterator[Metric]:
        seconds = health.age(moment, at=self.at)
        if seconds is not None:
            yield _gauge(f"{name}_seconds", text, seconds)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"countersign_{name}", text, value=value)

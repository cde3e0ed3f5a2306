"""What the page of health shows: what answers, when each program was last seen, what waits, when scoring ran."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.models import AuditEntry
from clinic import health, pulse
from clinic.clock import local_date
from clinic.models.outbox import OutboxMessage
from clinic.models.patient import Patient
from dashboard.governance.context.help_lines import help_lines
from dashboard.governance.context.paging_health import paging_lines
from dashboard.times import said, waited
from recommendations.models.reading import MoodReading

LATE = {pulse.WORKER: dt.timedelta(minutes=2), pulse.PUBLISHER: dt.timedelta(minutes=1)}
"""After this time without a sign of life something is wrong. The clock asks for one each 30 s, publishers each 10 s."""

NAMES = {
    "postgresql": gettext_lazy("Database"),
    "keystore": gettext_lazy("Key store"),
    "migrations": gettext_lazy("Migrations"),
    "guards": gettext_lazy("Guards of the database"),
    "redis": gettext_lazy("Broker (Redis)"),
}
LONG_WAIT = dt.timedelta(minutes=5)
SCORING_LATE = dt.timedelta(hours=26)
LOW_DISK = 0.1
LOOKED_AT = 1_000
"""Entries among the newest that are looked at for a missing place: the count stays one small query."""


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One question and its answer. `state` is ok, late, unknown, or danger where somebody may wait unseen."""

    name: str
    words: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HealthPage:
    """What answers, the programs, the work; `all_well` when nothing is late or unknown."""

    services: list[HealthLine]
    programs: list[HealthLine]
    work: list[HealthLine]
    paging: list[HealthLine]
    help: list[HealthLine]
    all_well: bool


def health_page(*, at: dt.datetime, zone: str) -> HealthPage:
    """Everything that can be known here; what cannot is called unknown."""
    services = [_service(probe) for probe in health.probes()] + [_disk()]
    seen = pulse.last(pulse.WORKER, pulse.PUBLISHER, pulse.SCORING)
    programs = [
        _program(_("Clock, broker and worker"), seen.get(pulse.WORKER), LATE[pulse.WORKER], at=at),
        _program(_("Publisher of the outbox"), seen.get(pulse.PUBLISHER), LATE[pulse.PUBLISHER], at=at),
    ]
    work = [_scoring(seen.get(pulse.SCORING), at=at, zone=zone), _readings(at=at, zone=zone), _outbox(at=at)]
    work += [_queue(), _log(at=at)]
    paging = [HealthLine(*line) for line in paging_lines(at=at, zone=zone)]
    help_shown = [HealthLine(*line) for line in help_lines(at=at)]
    well = all(line.state == "ok" for line in (*services, *programs, *work, *paging, *help_shown))
    return HealthPage(services, programs, work, paging, help_shown, well)


def _service(probe: health.Probe) -> HealthLine:
    took = _("answered in {time:.0f} ms").format(time=probe.milliseconds)
    words = took if probe.ok else _("does not answer as it should")
    note = "" if probe.ok or probe.required else _("Check-ins, help, review and the portal go on without it.")
    return HealthLine(str(NAMES[probe.name]), words, "ok" if probe.ok else "late", probe.detail or note)


def _disk() -> HealthLine:
    room = health.disk()
    words = _("{free:.0f} GB free of {total:.0f} GB").format(free=room.free / 1e9, total=room.total / 1e9)
    state = "ok" if room.free > LOW_DISK * room.total else "late"
    return HealthLine(_("Disk of this web server"), words, state)


def _program(name: str, seen: dt.datetime | None, late: dt.timedelta, *, at: dt.datetime) -> HealthLine:
    if seen is None:
        return HealthLine(name, _("unknown: never seen at work here"), "unknown")
    words = _("seen at work {time} ago").format(time=waited(seen, at=at))
    return HealthLine(name, words, "ok" if at - seen <= late else "late")


def _scoring(began: dt.datetime | None, *, at: dt.datetime, zone: str) -> HealthLine:
    name = _("Scoring of everybody")
    if began is None:
        return HealthLine(name, _("unknown: not begun yet since this was installed"), "unknown")
    words = _("last begun {when}").format(when=said(began, at=at, zone=zone))
    return HealthLine(name, words, "ok" if at - began <= SCORING_LATE else "late")


def _readings(*, at: dt.datetime, zone: str) -> HealthLine:
    """How many records have a reading of yesterday or later: who is without may simply share nothing."""
    since = local_date(at=at, zone=zone) - dt.timedelta(days=1)
    fresh = MoodReading.objects.filter(as_of__gte=since).aggregate(
        people=Count("patient", distinct=True), newest=Max("recorded_at")
    )
    total = Patient.objects.count()
    words = _("{fresh:,} of {total:,} records have one of yesterday or today").format(
        fresh=fresh["people"], total=total
    )
    note = (
        _("newest stored {when}").format(when=said(fresh["newest"], at=at, zone=zone))
        if fresh["newest"]
        else ""
    )
    return HealthLine(_("Readings"), words, "ok" if fresh["people"] or not total else "unknown", note)


def _outbox(*, at: dt.datetime) -> HealthLine:
    waiting = OutboxMessage.objects.filter(sent_at=None).aggregate(
        count=Count("pk"), oldest=Min("recorded_at"), tries=Max("attempts")
    )
    if not waiting["count"]:
        return HealthLine(_("Outbox"), _("empty"), "ok")
    words = ngettext("{count:,} message waits", "{count:,} messages wait", waiting["count"]).format(
        count=waiting["count"]
    )
    note = _("the oldest for {time}, tried up to {tries} times").format(
        time=waited(waiting["oldest"], at=at), tries=waiting["tries"]
    )
    return HealthLine(_("Outbox"), words, "late" if at - waiting["oldest"] > LONG_WAIT else "ok", note)


def _queue() -> HealthLine:
    length = health.queue_length()
    if length is None:
        return HealthLine(_("Tasks in the broker"), _("unknown: it does not answer"), "unknown")
    words = ngettext("{count:,} task waits", "{count:,} tasks wait", length).format(count=length)
    return HealthLine(_("Tasks in the broker"), words, "ok")


def _log(*, at: dt.datetime) -> HealthLine:
    """Among the newest entries the oldest without a place: how far the sequencer is behind."""
    newest = AuditEntry.objects.order_by("-id").values("pk")[:LOOKED_AT]
    waiting = AuditEntry.objects.filter(pk__in=newest, sequenced=None).aggregate(
        count=Count("pk"), oldest=Min("recorded_at")
    )
    if not waiting["count"]:
        return HealthLine(_("Audit log"), _("every entry has its place"), "ok")
    words = ngettext(
        "{count:,} entry waits for its place", "{count:,} entries wait for their place", waiting["count"]
    )
    late = at - waiting["oldest"] > LATE[pulse.WORKER]
    note = _("the oldest for {time}").format(time=waited(waiting["oldest"], at=at))
    said_so = words.format(count=waiting["count"])
    if waiting["count"] >= LOOKED_AT:
        said_so = _("{count:,} entries or more wait for their place").format(count=LOOKED_AT)
    return HealthLine(_("Audit log"), said_so, "late" if late else "ok", note)

"""What the page of AI switches shows: on or stopped for all, and the records for which AI is stopped."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import ai
from clinic.models.ai_stop import AiStop
from clinic.models.user import User
from dashboard.governance.context.names import printed
from dashboard.times import said
from recommendations.models.release import ModelRelease
from recommendations.releases import SUGGEST_NAME, SUGGEST_VERSION
from recommendations.scoring.mood import MOOD_1

PAGE = 50


@dataclass(frozen=True, slots=True)
class Switch:
    """One function of the AI, as the component `ai_switch.html` shows it."""

    name: str
    detail: str
    on: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop that stands: who, when, and who has asked to start again. `asked_by` is empty where nobody has."""

    stop_id: UUID
    record_number: str
    by: str
    since: str
    asked_by: str
    asked: str
    asked_by_me: bool


@dataclass(frozen=True, slots=True)
class Switches:
    """The whole page. `everybody` is the stop that holds for all, or None while AI is on."""

    functions: list[Switch]
    everybody: Stop | None
    patients: list[Stop]
    more: bool


def functions(*, stopped: bool, at: dt.datetime, zone: str, url: str = "") -> list[Switch]:
    """The functions of the AI with the release that does each: one query."""
    releases = (
        (_("Mood readings"), MOOD_1.name, MOOD_1.version),
        (_("Suggestions"), SUGGEST_NAME, SUGGEST_VERSION),
    )
    used = {
        (release.name, release.version): release.recorded_at
        for release in ModelRelease.objects.filter(name__in=[name for _label, name, _version in releases])
    }
    return [
        Switch(
            label,
            _release(name, version, used.get((name, version)), at=at, zone=zone),
            on=not stopped,
            url=url,
        )
        for label, name, version in releases
    ]


def _release(name: str, version: str, since: dt.datetime | None, *, at: dt.datetime, zone: str) -> str:
    if since is None:
        return _("{name} {version}, not used yet").format(name=name, version=version)
    when = said(since, at=at, zone=zone)
    return _("{name} {version}, first used {when}").format(name=name, version=version, when=when)


def switches(*, by: User, at: dt.datetime, zone: str) -> Switches:
    """The functions, the stop for everybody and up to PAGE stops of single patients: three queries."""
    standing = ai.standing_stop(None)
    single = AiStop.objects.filter(restarted_at=None).exclude(patient=None)
    rows = list(
        single.select_related("patient", "stopped_by__staff", "restart_asked_by__staff")
        .defer("patient__name", "patient__pronouns", "patient__birth_date", "patient__phone")
        .order_by("-stopped_at")[: PAGE + 1]
    )
    return Switches(
        functions=functions(stopped=standing is not None, at=at, zone=zone),
        everybody=_stop(standing, by=by, at=at, zone=zone) if standing else None,
        patients=[_stop(row, by=by, at=at, zone=zone) for row in rows[:PAGE]],
        more=len(rows) > PAGE,
    )


def _stop(stop: AiStop, *, by: User, at: dt.datetime, zone: str) -> Stop:
    asked_at = stop.restart_asked_at
    return Stop(
        stop_id=stop.pk,
        record_number=stop.patient.record_number if stop.patient else "",
        by=printed(stop.stopped_by),
        since=said(stop.stopped_at, at=at, zone=zone),
        asked_by=printed(stop.restart_asked_by) if stop.restart_asked_by else "",
        asked=said(asked_at, at=at, zone=zone) if asked_at else "",
        asked_by_me=stop.restart_asked_by_id == by.pk,
    )

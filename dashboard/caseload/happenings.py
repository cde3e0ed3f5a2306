"""What happened beside the mood: plans signed and stopped, consent, AI stopped and started, another model release.

All of it comes from what the page has loaded already.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.models.consent import ConsentGrant, Purpose, Source
from dashboard.caseload.plans import PLAN_ITEM, is_taken_back
from dashboard.caseload.reading import release_name
from recommendations.models.reading import MoodReading
from recommendations.publications import Released
from recommendations.standing import Standing


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened on a day: `short` stands above the chart, `full` in its table."""

    day: dt.date
    short: str
    full: str


def happenings(
    standing: Standing, released: Sequence[Released], readings: Sequence[MoodReading], *, zone: str
) -> list[Happening]:
    """Everything that happened, oldest first, one entry for each kind and day."""
    found = [*_plans(released, zone), *_ai(standing, zone), *_consent(standing.grants, zone)]
    return sorted([*found, *_releases(readings)], key=lambda each: each.day)


def _plans(released: Sequence[Released], zone: str) -> Iterable[Happening]:
    steps = [each for each in released if each.kind == PLAN_ITEM and not is_taken_back(each)]
    signed = {local_date(at=each.signed_at, zone=zone) for each in steps}
    stopped = {local_date(at=each.stop.stopped_at, zone=zone) for each in steps if each.stop}
    yield from (Happening(day, _("Plan signed"), _("Plan signed")) for day in signed)
    yield from (Happening(day, _("Plan stopped"), _("Plan stopped")) for day in stopped)


def _ai(standing: Standing, zone: str) -> Iterable[Happening]:
    for stop in standing.stops:
        whose = _("for everybody") if stop.patient_id is None else _("for this person")
        full = _("AI stopped %(for)s") % {"for": whose}
        yield Happening(local_date(at=stop.stopped_at, zone=zone), _("AI stopped"), full)
        if stop.restarted_at is not None:
            full = _("AI started again %(for)s") % {"for": whose}
            yield Happening(local_date(at=stop.restarted_at, zone=zone), _("AI started"), full)


def _releases(readings: Sequence[MoodReading]) -> Iterable[Happening]:
    for before, after in pairwise(readings):
        if before.release_id != after.release_id:
            words = _("Model %(release)s") % {"release": release_name(after)}
            yield Happening(after.as_of, words, words)


def _consent(grants: Sequence[ConsentGrant], zone: str) -> Iterable[Happening]:
    """One entry a day, however many switches were turned: the chart says what, or that several were."""
    days: dict[dt.date, list[str]] = defaultdict(list)
    for grant in grants:
        days[local_date(at=grant.given_at, zone=zone)].append(_turned(grant, on=True))
        if grant.withdrawn_at is not None:
            days[local_date(at=grant.withdrawn_at, zone=zone)].append(_turned(grant, on=False))
    for day, turned in days.items():
        short = turned[0] if len(turned) == 1 else _("Consent changed")
        yield Happening(day, short, _("Consent: %(turned)s") % {"turned": "; ".join(turned)})


def _turned(grant: ConsentGrant, *, on: bool) -> str:
    source = Source(grant.source).label
    words = {
        (Purpose.KEEP, True): _("%(source)s: kept"),
        (Purpose.KEEP, False): _("%(source)s: not kept"),
        (Purpose.SHARE, True): _("%(source)s: shared"),
        (Purpose.SHARE, False): _("%(source)s: not shared"),
        (Purpose.AI_READINGS, True): _("%(source)s: AI on"),
        (Purpose.AI_READINGS, False): _("%(source)s: AI off"),
    }
    return words[Purpose(grant.purpose), on] % {"source": source}

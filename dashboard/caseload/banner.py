"""The banner over every page of one record: whose it is, who cares for them, what they share and what not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
from clinic.models.care import CareKind, CareRelationship
from clinic.models.consent import Purpose
from dashboard.access import ActingRequest
from dashboard.caseload.loader import Record
from dashboard.caseload.open_alerts import OpenAlert, open_alerts
from dashboard.caseload.record_pages import RecordPage, pages_of
from dashboard.safety.context import printed_name
from dashboard.times import said, said_date, written
from recommendations.queue import Place, Waiting
from recommendations.standing import Standing


@dataclass(frozen=True, slots=True)
class Who:
    """The patient as the banner names them; `age` is None where the birth date is not known."""

    name: str
    pronouns: str
    age: int | None
    born: str
    reference: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact beside the name; `warn` says what is not so, `danger` is an open safety alert."""

    label: StrOrPromise
    words: str
    warn: str = ""
    url: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """The way to the drafts before and after this one, and where one is."""

    previous: str
    next: str
    place: str


@dataclass(frozen=True, slots=True)
class Banner:
    """What `_components/patient_banner.html` shows."""

    patient: Who
    facts: tuple[Fact, ...]
    moves: Moves | None
    url: str
    alerts: tuple[OpenAlert, ...]
    pages: tuple[RecordPage, ...]
    printed: str


def banner(request: ActingRequest, record: Record, *, place: Place | None = None) -> Banner:
    """The banner of this record, open safety alerts first; with `place` it leads on through the queue: one query."""
    alerts = open_alerts(record, at=request.at)
    return Banner(
        patient=_who(request, record),
        facts=(
            *_danger(alerts),
            Fact(_("Care"), _care(record.care)),
            _consent(record.standing),
            *_visits(request, record),
        ),
        moves=_moves(place) if place and place.number else None,
        url=reverse("patient", args=[record.patient.record_number]),
        alerts=alerts,
        pages=pages_of(
            request,
            record.patient.record_number,
            may_review=record.may_review,
            counts={"messages": record.waits.unread, "care": record.waits.plans},
        ),
        printed=written(request.at, zone=record.zone),
    )


def _danger(alerts: tuple[OpenAlert, ...]) -> tuple[Fact, ...]:
    """The most serious open alert, and how many more there are: who decides about a person has seen it."""
    if not alerts:
        return ()
    first, more = alerts[0], len(alerts) - 1
    words = _("%(level)s, raised %(when)s") % {"level": first.level, "when": first.when}
    others = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more} if more else ""
    return (Fact(_("Safety alert, open"), words, warn=others, url=first.url, danger=True),)


def _who(request: ActingRequest, record: Record) -> Who:
    person = record.identity
    today = local_date(at=request.at, zone=record.patient.zone)
    return Who(
        name=person.name,
        pronouns=person.pronouns,
        age=person.age,
        born=said_date(person.birth_date, today=today) if person.birth_date else "",
        reference=person.record_number,
    )


def _care(care: tuple[CareRelationship, ...]) -> str:
    """Who treats the patient, and whoever else may open the record, each once."""
    found: dict[str, str] = {}
    for each in care:
        name = printed_name(each.user)
        kind = CareKind(each.kind)
        if name not in found or kind is CareKind.TREATING:
            found[name] = name if kind is CareKind.TREATING else f"{name} ({kind.label})"
    return ", ".join(found.values()) or _("Nobody")


def _consent(standing: Standing) -> Fact:
    """What check-ins may be used for; what was not agreed to stands apart, in amber."""
    words = {
        Purpose.KEEP: (_("kept"), _("not kept")),
        Purpose.SHARE: (_("shared with you"), _("not shared with you")),
        Purpose.AI_READINGS: (_("AI readings"), _("no AI readings")),
    }
    given = [yes for purpose, (yes, _no) in words.items() if standing.agreed(purpose)]
    missing = [no for purpose, (_yes, no) in words.items() if not standing.agreed(purpose)]
    if not given:
        return Fact(_("Check-ins"), "", warn=_("Nothing agreed: neither kept nor shared, no AI readings"))
    return Fact(_("Check-ins"), _first_large(", ".join(given)), warn=", ".join(missing))


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _visits(request: ActingRequest, record: Record) -> list[Fact]:
    """The visit before and the visit to come, in the clinic's time."""
    found = ((_("Last visit"), record.waits.last_visit), (_("Next visit"), record.waits.next_visit))
    return [
        Fact(label, said(visit, at=request.at, zone=record.zone))
        for label, visit in found
        if visit is not None
    ]


def _moves(place: Place) -> Moves:
    return Moves(
        previous=draft_url(place.before) if place.before else "",
        next=draft_url(place.after) if place.after else "",
        place=_("%(number)d of %(length)d") % {"number": place.number, "length": place.length},
    )


def draft_url(waiting: Waiting) -> str:
    """The address of an open draft."""
    return reverse("draft", args=[waiting.record_number, waiting.suggestion_id])

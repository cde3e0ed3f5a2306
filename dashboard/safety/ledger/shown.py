"""What the page of the ledger shows: lines of rules and of the classifier, the counts of a year, the release in use."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from clinic.models.danger import DangerRelease
from clinic.safety.ledger import active, cases, groups, releases
from clinic.safety.ledger.categories import label
from clinic.safety.ledger.counts import Case, Line, lines
from clinic.safety.ledger.wilson import Share
from dashboard.safety.context import printed_name
from dashboard.safety.ledger.forms import BY_NAME, BY_SHARE
from dashboard.times import said

CLASSIFIER = "classifier"
SIZES = (20, 50, 100, 500)
"""Up to so many alerts, by step."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as it is read."""

    name: str
    category: str
    opened: str
    acted: str
    interval: str
    is_low: bool


@dataclass(frozen=True, slots=True)
class Release:
    """The release in use as it is read; `number` is 0 where the shipped thresholds are in use, `damaged` which newer
    ones cannot be read."""

    number: int
    signed: str
    concern: str
    urgent: str
    is_signed: bool
    damaged: str


def of_rules(found: Sequence[Case], *, language: str) -> list[Line]:
    """The lines of every rule that opened an alert."""
    return lines(found, cases.rules_of(found), language=language, floor=cases.FLOOR)


def of_classifier(found: Sequence[Case], *, language: str) -> list[Line]:
    """The lines of every category and band that the classifier scored, without those in which no alert lies."""
    names = cases.bands_of(found)
    every = lines(found, names, language=language, floor=cases.FLOOR, of=CLASSIFIER, bands=cases.BANDS)
    return [line for line in every if line.opened]


def chosen(found: Iterable[Line], *, category: str, sort: str) -> list[Line]:
    """The lines of a category in an order. Where nothing can be said of how often somebody acted, a line is last."""
    wanted = [line for line in found if not category or line.category == category]
    if sort == BY_NAME:
        return sorted(wanted, key=lambda line: line.name)
    if sort == BY_SHARE:
        return sorted(
            wanted, key=lambda line: (line.acted.share if line.acted else 2, -step_of(line), line.name)
        )
    return sorted(wanted, key=lambda line: (-step_of(line), line.name))


def shown(line: Line) -> Shown:
    """A line as it is read."""
    return Shown(
        name=line.name.split(":")[-1]
        if line.category and line.name.startswith(f"{line.category}:")
        else line.name,
        category=label(line.category),
        opened=size(line),
        acted=_acted(line.acted),
        interval=interval(line.acted) if line.acted else "",
        is_low=line.is_low,
    )


def step_of(line: Line) -> int:
    """In which step of `SIZES` the alerts of a line lie; -1 where they are of 1 to 10 people."""
    return -1 if groups.is_small(line.people) else _step(line.opened)


def _step(count: int) -> int:
    return sum(count > most for most in SIZES)


def size(line: Line) -> str:
    """How many alerts a line has, in steps: from no difference of two of them can a few people be counted."""
    if step_of(line) < 0:
        return _("1 to {few} people").format(few=groups.SMALL)
    return in_steps(line.opened)


def in_steps(count: int) -> str:
    """A count that is of more than a few people, in steps."""
    step = _step(count)
    if step == len(SIZES):
        return _("more than {most}").format(most=SIZES[-1])
    return _("{least} to {most}").format(
        least=1 + (SIZES[step - 1] if step else groups.SMALL), most=SIZES[step]
    )


def _acted(share: Share | None) -> str:
    if share is None:
        return _("Too few to say")
    return _("%(hits)d of the last %(of)d") % {"hits": share.hits, "of": share.of}


def interval(share: Share) -> str:
    """Within which the true share lies, 95 times of 100."""
    return _("{low}% to {high}%").format(low=round(100 * share.low), high=round(100 * share.high))


def languages(found: Sequence[Case]) -> dict[str, str]:
    """The languages by which lines may be chosen: none of 1 to 10 people, and none that leaves so few over."""
    people: dict[str, set[object]] = {}
    for case in found:
        people.setdefault(case.language, set()).add(case.patient)
    hidden = groups.masked(people)
    return {code: name_of(code) for code in sorted(people) if code and code not in hidden}


def name_of(code: str) -> str:
    """A language by its name, or its code where no name is known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def categories(found: Sequence[Line]) -> dict[str, str]:
    """The categories that any line has."""
    return {name: label(name) for name in sorted({line.category for line in found}, key=label)}


def in_use(stored: active.Stored, *, at: dt.datetime, zone: str) -> Release:
    """The release in use."""
    thresholds, release = stored.active.thresholds, stored.release
    return Release(
        number=stored.active.number,
        signed=signed(release, at=at, zone=zone) if release else "",
        concern=f"{thresholds.concern:.2f}",
        urgent=f"{thresholds.urgent:.2f}",
        is_signed=releases.is_signed(release),
        damaged=", ".join(map(str, stored.damaged)),
    )


def signed(release: DangerRelease, *, at: dt.datetime, zone: str) -> str:
    """By whom and when."""
    return _("Signed by {name}, {when}").format(
        name=printed_name(release.signed_by), when=said(release.signed_at, at=at, zone=zone)
    )


def quiet(count: int) -> str:
    """How many rules have opened nothing."""
    words = ngettext(
        "%(count)d installed rule has opened no alert here.",
        "%(count)d installed rules have opened no alert here.",
        count,
    )
    return words % {"count": count}

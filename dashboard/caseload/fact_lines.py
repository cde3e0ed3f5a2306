"""Facts of the profile in words: what is known, whose word it is, who recorded it when, and the date of its source."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.activities import ACTIVITIES, SAID_BY_STAFF, Mark, mark_of
from clinic.clock import local_date
from clinic.keys import CannotOpen
from clinic.models.profile import Origin, ProfileFact, Topic
from dashboard.caseload.fact_forms import CorrectionForm
from dashboard.caseload.loader import Record
from dashboard.safety.context import printed_name
from dashboard.times import said_date


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact. `form` lies over it where this person may correct it; `form_open` where it was just typed in."""

    id: str
    words: str
    dated: str
    code: str
    mark: str
    origin: str
    source: str
    form: CorrectionForm | None
    form_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one topic."""

    topic: str
    label: StrOrPromise
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """What stood once: the words, and whether they were corrected or have ended."""

    words: str
    about: StrOrPromise
    became: str


def groups_of(
    facts: Sequence[ProfileFact], record: Record, *, at: dt.datetime, correction: tuple[str, Any] | None
) -> tuple[Group, ...]:
    """Every topic in its order, empty ones too; `correction` is what was typed over one fact."""
    return tuple(
        Group(
            topic=topic.value,
            label=topic.label,
            facts=tuple(
                _line(fact, record, at=at, correction=correction) for fact in facts if fact.topic == topic
            ),
        )
        for topic in Topic
    )


def earlier_of(
    before: Sequence[ProfileFact], facts: Sequence[ProfileFact], record: Record, *, at: dt.datetime
) -> tuple[EarlierLine, ...]:
    """What was corrected or has ended, newest first. The row that ended a fact speaks for the fact."""
    later = {fact.supersedes_id: fact for fact in facts if fact.supersedes_id}
    ended_away = {fact.supersedes_id for fact in before if not fact.holds}
    return tuple(
        EarlierLine(
            words=_words(fact, record),
            about=Topic(fact.topic).label,
            became=_became(fact, later.get(fact.pk), record, at=at),
        )
        for fact in before
        if fact.pk not in ended_away
    )


def partial_date(text: str) -> str:
    """A date as far as it is known: "1998", "May 1998", "3 February 2022"."""
    day = text.split("T", maxsplit=1)[0]
    form = {4: "Y", 7: "F Y"}.get(len(day), "j F Y")
    try:
        return date_format(dt.date.fromisoformat(f"{day}-01-01"[:10]), form, use_l10n=False)
    except ValueError:
        return day


def _line(
    fact: ProfileFact, record: Record, *, at: dt.datetime, correction: tuple[str, Any] | None
) -> FactLine:
    words, mine = _words(fact, record), fact.origin != Origin.PATIENT and record.may_review
    typed = correction[1] if correction and correction[0] == str(fact.pk) else None
    mark = mark_of(fact.code)
    initial = {"words": words, "dated": fact.dated}
    if mark:
        initial |= {"activity": mark.activity, "verdict": mark.verdict.value}
    form = CorrectionForm(typed, initial=initial, auto_id=f"{fact.pk}-%s")
    return FactLine(
        id=str(fact.pk),
        words=words,
        dated=partial_date(fact.dated) if fact.dated else "",
        code="" if mark else fact.code,
        mark=_marked(mark),
        origin=str(Origin(fact.origin).label) if fact.origin != Origin.STAFF else "",
        source=_source(fact, record, at=at),
        form=form if mine else None,
        form_open=typed is not None,
    )


def may_be_marked(fact: ProfileFact) -> bool:
    """Whether a correction may say what activity it is about: the code of another system is not written over."""
    return not fact.code or mark_of(fact.code) is not None


def _marked(mark: Mark | None) -> str:
    """ "Walking: It has helped" """
    if mark is None:
        return ""
    return f"{ACTIVITIES[mark.activity]}: {SAID_BY_STAFF[mark.verdict]}"


def _words(fact: ProfileFact, record: Record) -> str:
    try:
        return fact.unseal(record.ring, "words")
    except CannotOpen:
        return _("These words cannot be opened.")


def _source(fact: ProfileFact, record: Record, *, at: dt.datetime) -> str:
    """Who put it there and when: "Dr Maya Okonkwo, 18 November"."""
    day = _day(fact.happened_at, record, at=at)
    if fact.origin == Origin.PATIENT:
        return day
    who = _person(fact)
    if fact.origin == Origin.IMPORTED:
        return _("%(format)s, taken in by %(name)s, %(day)s") % {
            "format": _format(fact),
            "name": who,
            "day": day,
        }
    return _("%(name)s, %(day)s") % {"name": who, "day": day}


def _format(fact: ProfileFact) -> str:
    batch = fact.imported_from.batch if fact.imported_from else None
    return batch.format if batch else _("a record from elsewhere")


def _person(fact: ProfileFact) -> str:
    return printed_name(fact.recorded_by) if fact.recorded_by else _("the software")


def _became(fact: ProfileFact, after: ProfileFact | None, record: Record, *, at: dt.datetime) -> str:
    last = after or fact
    facts = {"day": _day(last.happened_at, record, at=at)}
    if last.origin == Origin.IMPORTED:
        words = (
            _("Changed in the record from elsewhere, %(day)s")
            if after
            else _("Ended in the record from elsewhere")
        )
    elif last.origin == Origin.PATIENT:
        words = _("Corrected by the person, %(day)s") if after else _("Ended by the person, %(day)s")
    else:
        words = _("Corrected by %(name)s, %(day)s") if after else _("Ended by %(name)s, %(day)s")
        facts["name"] = _person(last)
    return words % facts


def _day(moment: dt.datetime, record: Record, *, at: dt.datetime) -> str:
    today = local_date(at=at, zone=record.zone)
    return said_date(local_date(at=moment, zone=record.zone), today=today)

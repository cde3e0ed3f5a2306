"""Who is away, and what an absence leaves: hours for which nobody is on call, turns that nobody takes."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.oncall import Absence
from clinic.oncall import gaps, notices, rows
from clinic.oncall.absences import LONGEST
from clinic.oncall.gaps import Left
from clinic.oncall.rota import Rota
from dashboard.governance.context.names import printed
from dashboard.times import said

LISTED = 5
HOUR = dt.timedelta(hours=1)

Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """Who is away from when to when, and who is in their place. `bare` says when nobody at all is on call meanwhile."""

    absence_id: UUID
    who: str
    when: str
    cover: str
    now: bool
    bare: str


@dataclass(frozen=True, slots=True)
class Leaves:
    """What an absence, or the end of an access, would leave, before it is so. `known` is what the form sends back.

    `tells`: somebody who can act would be told that an access has ended.
    """

    title: str
    lines: list[str]
    known: str
    tells: bool = True


def absence_lines(rota: Rota, *, at: dt.datetime, zone: str) -> list[AbsenceLine]:
    """Every absence that is not over: one query."""
    found = Absence.objects.filter(removed_at=None, ends_at__gt=at).order_by("starts_at", "pk")
    return [
        AbsenceLine(
            absence_id=row.pk,
            who=printed(row.user),
            when=stretch(row.starts_at, row.ends_at, at=at, zone=zone),
            cover=printed(row.cover) if row.cover else "",
            now=row.starts_at <= at,
            bare=_bare(rota, row, at=at, zone=zone),
        )
        for row in found.select_related("user__staff", "cover__staff")
    ]


def what_it_leaves(left: Left, *, at: dt.datetime, zone: str) -> Leaves:
    """One line for each stretch. One query."""
    names = rows.names(user for user, _start, _end in left.uncovered)
    turn = _("{when}: nobody takes the turn of {name}, though somebody was named for it.")
    lines = [
        _("{when}: nobody is on call.").format(when=each) for each in _said(left.nobody, at=at, zone=zone)
    ]
    for user, start, end in left.uncovered[:LISTED]:
        when = stretch(start, end, at=at, zone=zone)
        lines.append(turn.format(when=when, name=names.get(user, _("A person"))))
    return Leaves(title=_title(left), lines=lines, known=left.digest)


def what_the_end_leaves(left: Left, *, gone: UUID, at: dt.datetime, zone: str) -> Leaves:
    """The same for the end of the access or role of `gone`: whose turns nobody takes, beside when nobody is on call."""
    names = rows.names(user for user, _start, _end in left.uncovered)
    lines = [
        _("{when}: nobody is on call.").format(when=each) for each in _said(left.nobody, at=at, zone=zone)
    ]
    turn = _("{when}: nobody takes the turn of {name}.")
    for user in dict.fromkeys(user for user, _start, _end in left.uncovered):
        turns = [(start, end) for each, start, end in left.uncovered if each == user]
        beside = [each for each in turns if not left.is_bare(each)]
        name = names.get(user, _("A person"))
        lines += [turn.format(when=each, name=name) for each in _said(beside, at=at, zone=zone)]
    title = _title(left) if left.nobody else _("Turns on call would be nobody’s")
    tells = notices.tells_anybody(without=gone, at=at)
    return Leaves(title=title, lines=lines, known=left.digest, tells=tells)


def stretch(start: dt.datetime, end: dt.datetime, *, at: dt.datetime, zone: str) -> str:
    """ "today 12:00 to 17:00" and the like."""
    first, last = (said(moment, at=at, zone=zone) for moment in (start, end))
    return _("{start} to {end}").format(start=first, end=last)


def _title(left: Left) -> str:
    hours = math.ceil(sum((end - start for start, end in left.nobody), dt.timedelta()) / HOUR)
    if not hours:
        return _("Somebody who was named would not be there")
    words = ngettext(
        "Nobody would be on call for {hours} hour", "Nobody would be on call for {hours} hours", hours
    )
    return words.format(hours=hours)


def _bare(rota: Rota, row: Absence, *, at: dt.datetime, zone: str) -> str:
    since = max(at, row.starts_at)
    found = gaps.nobody(rota, since=since, until=min(row.ends_at, since + LONGEST))
    if not found:
        return ""
    return _("Nobody is on call: {times}").format(times="; ".join(_said(found, at=at, zone=zone)))


def _said(stretches: Sequence[Stretch], *, at: dt.datetime, zone: str) -> list[str]:
    """The first of them, and how many more there are."""
    found = [stretch(start, end, at=at, zone=zone) for start, end in stretches[:LISTED]]
    more = len(stretches) - LISTED
    if more > 0:
        found.append(ngettext("{count} more time", "{count} more times", more).format(count=more))
    return found

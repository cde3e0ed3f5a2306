"""What the audit page shows: whether the log is whole, its newest number, and its latest entries."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import outcomes, reads
from audit.findings import Fault, Finding
from audit.models import AuditEntry, SequencedEntry
from audit.reads import LogLine
from clinic.clock import zone_of
from clinic.models.user import Role
from dashboard.governance.context.disclosed import said_of
from dashboard.governance.context.names import Names, names
from dashboard.governance.context.wanted import Wanted
from dashboard.times import said, said_date

PAGE = 50
LOOKED_AT = 1_000
"""Entries among the newest that are looked at for a missing number: the count stays one small query."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Is the log whole? `state` is "whole", "broken" or "unchecked"; `fault` names the first bad entry."""

    state: str
    title: str
    detail: str
    fault: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the row, as `stat_row.html` shows it."""

    label: str
    value: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry. `number` is empty until it has its place; `detail` is a role or a kind of care, nothing clinical."""

    time: str
    day: str
    number: str
    action: str
    detail: str
    who: str
    about: str


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of entries, newest first; `before` asks for older ones, empty on the last page."""

    lines: list[EntryLine]
    before: str


def whole(*, at: dt.datetime, zone: str) -> Whole:
    """The answer of the newest check: one query, two where the log is broken."""
    last = outcomes.latest()
    if last is None:
        return Whole("unchecked", _("The log has not been checked yet"), _("Verify it now to know."), "")
    checked = _("Checked {when}.").format(when=said(last.at, at=at, zone=zone))
    if last.whole:
        count = ngettext("{count:,} entry", "{count:,} entries", last.entries).format(count=last.entries)
        detail = _("{entries}, none missing, none changed, none out of order.").format(entries=count)
        return Whole("whole", _("The audit log is whole"), f"{detail} {checked}", "")
    return Whole("broken", _("The audit log is broken"), checked, _fault())


def _fault() -> str:
    facts = reads.entries_page(action=outcomes.ACTION, limit=1).lines[0].facts
    if "fault" not in facts:
        return _("The record of the last check does not carry the log’s own seal: somebody else wrote it.")
    if not facts.get("number"):
        return _("An entry that has no number yet was changed, copied or put in by somebody else.")
    return Finding(Fault(facts["fault"]), facts["number"], None).sentence


def facts() -> list[Fact]:
    """The newest number with its digest, and how many of the newest entries have none yet: two queries."""
    newest = SequencedEntry.objects.order_by("-index").first()
    latest = AuditEntry.objects.order_by("-id").values("pk")[:LOOKED_AT]
    waiting = AuditEntry.objects.filter(pk__in=latest, sequenced=None).count()
    number = f"{newest.index:,}" if newest else _("none yet")
    return [
        Fact(_("Newest numbered entry"), number, code=_groups(bytes(newest.running).hex()) if newest else ""),
        Fact(_("Waiting for their number"), _waiting(waiting), note=_("numbered as soon as the worker runs")),
    ]


def _waiting(count: int) -> str:
    """The number of entries without a number; where every one looked at has none there may be more."""
    shown = f"{count:,}"
    return _("%(count)s or more") % {"count": shown} if count >= LOOKED_AT else shown


def _groups(digest: str) -> str:
    """The first twelve digits in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, 12, 4))


def entries(*, before: int | None, wanted: Wanted, at: dt.datetime, zone: str) -> Entries:
    """A page of the entries that are asked for: three queries."""
    page = reads.entries_page(before=before, limit=PAGE, **wanted.filters(zone))
    known = names(user_id for line in page.lines for user_id in (line.actor_id, subject_of(line)))
    today = at.astimezone(zone_of(zone)).date()
    lines = [_line(line, known, today=today, zone=zone) for line in page.lines]
    return Entries(lines, str(page.next_before or ""))


def _line(line: LogLine, known: Names, *, today: dt.date, zone: str) -> EntryLine:
    local = line.recorded_at.astimezone(zone_of(zone))
    return EntryLine(
        time=f"{local:%H:%M:%S}",
        day="" if local.date() == today else said_date(local.date(), today=today),
        number=f"{line.number:,}" if line.number else "",
        action=line.action.label,
        detail=said_of(line.reason),
        who=known.of(line.actor_id, line.actor_role),
        about=line.record_number or about(line, known),
    )


def about(line: LogLine, known: Names) -> str:
    """Whom the entry is about. A role of patient is about a record, also where a colleague holds it."""
    subject = subject_of(line)
    return (
        known.of(subject, Role.PATIENT) if subject and line.reason == Role.PATIENT else known.either(subject)
    )


def subject_of(line: LogLine) -> UUID | None:
    """The person whom an entry about roles, care or accounts is about."""
    user_id = line.subject_id if line.subject_kind == "user" else line.facts.get("user", "")
    return UUID(user_id) if user_id else None

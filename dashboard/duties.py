"""Who is on call now, and what became of pages, in words: for staff, wherever it is shown."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.oncall import Channel, Position
from clinic.models.page import Outcome, Page, Sought, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import paging, phones, rota, rows, wanted
from clinic.oncall.minutes import Minutes
from dashboard.times import said


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One person on call. `ways` is "" for somebody who cannot be paged, `phone` where no number is known."""

    name: str
    position: str
    until: str
    ways: str
    phone: str


@dataclass(frozen=True, slots=True)
class NowOnCall:
    """Everybody on call, in order. `reaches` is how many of them have an address, `anybody` whether any psychologist
    has who can act, `acts` whether there is one at all."""

    lines: list[DutyLine]
    reaches: int
    anybody: bool
    minutes: Minutes
    acts: bool = True

    @property
    def who(self) -> str:
        """In one line: "Dr Maya Okonkwo (first on call), Dr Elias Ruiz (second on call)"."""
        return ", ".join(f"{line.name} ({line.position.lower()})" for line in self.lines)

    @property
    def who_to_ring(self) -> str:
        """The same with the number of each, where one is known: "Dr Maya Okonkwo (first on call, 01632 960 771)"."""
        return ", ".join(
            f"{line.name} ({', '.join(filter(None, [line.position.lower(), line.phone]))})"
            for line in self.lines
        )

    @property
    def second_is_paged(self) -> str:
        """After how long: "after 15 minutes"."""
        return _after(self.minutes.second)

    @property
    def lead_is_paged(self) -> str:
        """After how long: "after 30 minutes"."""
        return _after(self.minutes.lead)


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page: to whom, as what, why, and what became of it; `kind` of its tag."""

    who: str
    position: str
    step: str
    channel: str
    made: str
    state: str
    kind: str


def now_on_call(*, at: dt.datetime, zone: str) -> NowOnCall:
    """Seven queries."""
    read, channels = rows.read(at=at, zone=zone), rows.channels()
    duties = rota.on_call(read, at=at)
    found = phones.colleagues(duty.user for duty in duties)
    lines = [
        DutyLine(
            name=found[duty.user].name if duty.user in found else _("A person"),
            position=str(Position(duty.position).label),
            until=_until(duty.until, at=at, zone=zone),
            ways=", ".join(str(Channel(each).label) for each in channels.get(duty.user, ())),
            phone=found[duty.user].phone if duty.user in found else "",
        )
        for duty in duties
    ]
    reachable = rows.reachable(read, channels)
    return NowOnCall(
        lines=lines,
        reaches=sum(bool(line.ways) for line in lines),
        anybody=bool(reachable.able),
        minutes=paging.minutes_of_the_clinic(),
        acts=bool(read.able),
    )


def _after(minutes: int) -> str:
    if not minutes:
        return _("at once")
    return ngettext("after {count} minute", "after {count} minutes", minutes).format(count=minutes)


def of_alert(alert: SafetyAlert, *, at: dt.datetime, zone: str) -> list[PageLine]:
    """Who was paged about an alert, oldest first. Two queries."""
    return page_lines(Page.objects.filter(alert=alert).order_by("due_at", "recorded_at"), at=at, zone=zone)


def page_lines(pages: QuerySet[Page], *, at: dt.datetime, zone: str) -> list[PageLine]:
    """Pages with what became of them. Two queries."""
    still = ExpressionWrapper(wanted.still(at=at), BooleanField())
    found = pages.select_related("recipient__staff", "alert").prefetch_related("attempts")
    return [_line(page, page.is_wanted, at=at, zone=zone) for page in found.annotate(is_wanted=still)]


def _line(page: Page, is_wanted: bool, *, at: dt.datetime, zone: str) -> PageLine:
    state, kind = _state(page, is_wanted, at=at, zone=zone)
    profile = getattr(page.recipient, "staff", None)
    return PageLine(
        who=profile.printed_name if profile else _("The clinic’s own receiver"),
        position=str(Sought(page.position).label),
        step=str(Step(page.step).label),
        channel=str(Channel(page.channel).label),
        made=said(page.due_at, at=at, zone=zone),
        state=state,
        kind=kind,
    )


def _state(page: Page, is_wanted: bool, *, at: dt.datetime, zone: str) -> tuple[str, str]:
    ended = [each for each in page.attempts.all() if each.outcome != Outcome.BEGUN]
    sent = next((each for each in ended if each.outcome == Outcome.SENT), None)
    if sent is not None:
        return _("Sent {when}").format(when=said(sent.happened_at, at=at, zone=zone)), "ok"
    if not ended and not is_wanted:
        if page.step == Step.TEST:
            return _("Not sent within a minute: no program watches"), "warn"
        return _("Not sent, and no longer needed"), ""
    if not ended:
        return (_("On its way") if page.attempts.all() else _("Waits to be sent")), ""
    last = max(ended, key=lambda each: each.number)
    words = _("Not sent, {number} tried: {why}")
    return words.format(number=last.number, why=Outcome(last.outcome).label), "warn"


def _until(moment: dt.datetime, *, at: dt.datetime, zone: str) -> str:
    if moment - at > dt.timedelta(days=28):
        return _("without an end")
    return _("until {when}").format(when=said(moment, at=at, zone=zone))

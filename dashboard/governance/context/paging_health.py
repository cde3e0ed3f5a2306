"""Is somebody told when an alert opens? Who is on call, who watches, when a page last left, and what failed."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import pulse
from clinic.models.page import Outcome, Page, PageAttempt, Step
from clinic.oncall.gate import lacking
from dashboard.duties import NowOnCall, now_on_call
from dashboard.governance.context.paging import channel_lines
from dashboard.governance.context.rota import upcoming_gaps
from dashboard.times import said, waited

Line = tuple[str, str, str, str]
"""Name, words, state and note: what the page of health makes its lines of."""

WATCH_LATE = dt.timedelta(seconds=30)
LOOKED_BACK = dt.timedelta(hours=24)


def paging_lines(*, at: dt.datetime, zone: str) -> list[Line]:
    """Six questions. About eighteen queries."""
    return [
        _on_call(now_on_call(at=at, zone=zone)),
        _watch(at=at),
        _channels(),
        _gaps(at=at, zone=zone),
        _last(at=at, zone=zone),
        _failures(at=at),
        _ready(at=at),
    ]


def _on_call(now: NowOnCall) -> Line:
    name = _("On call now")
    if not now.acts:
        return name, _("nobody can be paged: no psychologist has access here"), "danger", ""
    if not now.anybody:
        return name, _("nobody can be paged: no psychologist has set an address"), "danger", ""
    if not now.lines:
        return name, _("nobody: an alert pages everybody who has an address"), "danger", ""
    bare = [line.name for line in now.lines if not line.ways]
    if not now.reaches:
        return name, now.who, "danger", _("none of them has an address: the others are paged instead")
    note = _("no address: {names}").format(names=", ".join(bare)) if bare else ""
    return name, now.who, "late" if bare else "ok", note


def _watch(*, at: dt.datetime) -> Line:
    name, seen = _("Watch over alerts"), pulse.last(pulse.WATCH).get(pulse.WATCH)
    if seen is None:
        return name, _("unknown: never seen at work here"), "unknown", ""
    words = _("seen at work {time} ago").format(time=waited(seen, at=at))
    note = _("It runs in every web server and worker; one of them is enough.")
    return name, words, "ok" if at - seen <= WATCH_LATE else "danger", note


def _channels() -> Line:
    ready = [line.name for line in channel_lines() if line.is_set_up]
    if not ready:
        return _("Channels"), _("none is set up: no page can leave"), "danger", ""
    return _("Channels"), ", ".join(ready), "ok", ""


def _gaps(*, at: dt.datetime, zone: str) -> Line:
    name, found = _("Rota of the coming 14 days"), upcoming_gaps(at=at, zone=zone)
    if not found:
        return name, _("without a gap"), "ok", ""
    words = ngettext("{count} gap", "{count} gaps", len(found)).format(count=len(found))
    note = _("the first {when}").format(when=said(found[0].starts_at, at=at, zone=zone))
    nobody = any(gap.position is None for gap in found)
    return name, words, "danger" if nobody else "late", note


def _last(*, at: dt.datetime, zone: str) -> Line:
    name = _("Last page that was sent")
    sent = PageAttempt.objects.filter(outcome=Outcome.SENT).order_by("-happened_at").first()
    if sent is None:
        return name, _("unknown: none yet. Send a test page."), "unknown", ""
    return name, said(sent.happened_at, at=at, zone=zone), "ok", ""


def _failures(*, at: dt.datetime) -> Line:
    """Pages of the last day of which no attempt worked."""
    since = at - LOOKED_BACK
    failed = PageAttempt.objects.filter(page=OuterRef("pk")).exclude(
        outcome__in=[Outcome.BEGUN, Outcome.SENT]
    )
    sent = PageAttempt.objects.filter(page=OuterRef("pk"), outcome=Outcome.SENT)
    pages = Page.objects.filter(Exists(failed), ~Exists(sent), due_at__gte=since)
    count = pages.exclude(step=Step.TEST).count()
    if not count:
        return _("Pages that failed"), _("none in the last 24 hours"), "ok", ""
    words = ngettext("{count} page reached nobody", "{count} pages reached nobody", count)
    return _("Pages that failed"), words.format(count=count), "danger", _("in the last 24 hours")


def _ready(*, at: dt.datetime) -> Line:
    name, missing = _("Asking about suicide, and free text"), lacking(at=at)
    if not missing:
        return name, _("somebody is on the rota, and a help line is known"), "ok", ""
    return name, " ".join(missing), "danger", _("Use the PHQ-8 until then.")

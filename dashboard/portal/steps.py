"""From what was published to what the portal says: who signed, when, what AI did, and what was taken out."""

import datetime as dt
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from dashboard.portal.parts import PlanStep, StopLine, Term
from dashboard.portal.when import Calendar
from recommendations.publications import MoodEstimate, PlanItem, Published, Signed, Stopped

RECENT_DAYS = 14
"""A step that was taken out is told on the first page for two weeks, and on the plan's page for good."""

PLAN_ITEM = "plan_item"
REPORTED = "stop_rule"
LEAVE_OUT = {"unsafe", "new_fact", "text_unsafe"}
STOPPED: dict[str, StrOrPromise] = {
    REPORTED: gettext_lazy(
        "A step left your plan at once %(when)s, because you said that something bad happened."
    ),
    "new_fact": gettext_lazy(
        "A step left your plan %(when)s, because of something new that was noted about your health or your life."
    ),
    "text_unsafe": gettext_lazy(
        "The clinic took a step out of your plan %(when)s. It no longer thinks that this step is safe."
    ),
}
"""What is said of a step that nobody took out by hand, by its reason."""


def plan(published: Published, calendar: Calendar) -> tuple[PlanStep, ...]:
    """The signed steps, newest first."""
    return tuple(_step(each, calendar) for each in published.plan)


def _step(item: PlanItem, calendar: Calendar) -> PlanStep:
    since = calendar.date_of(item.visible_from)
    return PlanStep(
        title=item.title,
        words=item.words,
        dose=item.dose,
        stop_rule=item.stop_rule,
        language=item.language,
        since=calendar.day(since),
        until=calendar.day(item.valid_until),
        is_new=since == calendar.today,
        signer=item.signed.name,
        signature=signature(item.signed, calendar),
        made=made(item.signed, calendar),
        report_url=reverse("portal-step-report", args=[item.publication_id]),
        ask_after_use=item.ask_after_use,
    )


def signature(signed: Signed, calendar: Calendar) -> str:
    """Who signed, when, and what AI and the signer did, in sentences."""
    facts = {"name": signed.name, "when": calendar.said(signed.at)}
    if not signed.with_ai:
        words = _("%(name)s, your psychologist, wrote this and signed it %(when)s. No AI was used.")
    elif signed.changed:
        words = _(
            "%(name)s, your psychologist, signed this %(when)s. "
            "AI helped draft it. %(name)s changed it and approved it."
        )
    else:
        words = _(
            "%(name)s, your psychologist, signed this %(when)s. "
            "AI helped draft it. %(name)s read it and approved it as it was."
        )
    return words % facts


def made(signed: Signed, calendar: Calendar) -> tuple[Term, ...]:
    """How this was made: what drafted it, from which text, who signed it and when, and its fingerprint."""
    drafted = [
        Term(_("Drafted by"), _("%(release)s, a computer program") % {"release": signed.drafted_by}),
        Term(_("From the clinic’s text"), signed.catalogue.replace("_", " ")),
    ]
    return (
        *(drafted if signed.with_ai else []),
        Term(_("Signed by"), _("%(name)s, %(title)s") % {"name": signed.name, "title": signed.title}),
        Term(_("Signed on"), calendar.full(signed.at)),
        Term(_("Fingerprint of the signed words"), signed.fingerprint, code=True),
    )


def estimate_note(estimate: MoodEstimate, calendar: Calendar) -> str:
    """What the line in the chart is, who signed it and up to when it reaches."""
    words = _(
        "The line is an estimate as of %(day)s. %(name)s signed it %(when)s; it does not change afterwards."
    )
    signed = estimate.signed
    facts = {"day": calendar.day(estimate.as_of), "name": signed.name, "when": calendar.said(signed.at)}
    return words % facts


def stops(published: Published, calendar: Calendar, *, over: str = "") -> tuple[StopLine, ...]:
    """What was taken out, newest first, each as plain sentences; `over` says to whom to turn after a discharge."""
    return tuple(_stop(each, calendar, over) for each in published.stopped)


def _stop(stopped: Stopped, calendar: Calendar, over: str) -> StopLine:
    day = calendar.date_of(stopped.stopped_at)
    facts = {"name": stopped.name, "when": calendar.on_day(day)}
    if stopped.kind != PLAN_ITEM:
        words = _("%(name)s took the line out of your mood chart %(when)s.")
    else:
        usual = _("%(name)s took a step out of your plan %(when)s.")
        words = str(STOPPED.get(stopped.reason, usual))
    recent = calendar.today - day <= dt.timedelta(days=RECENT_DAYS)
    item = stopped.item
    return StopLine(
        words % facts,
        _what_to_do(stopped, over),
        recent,
        step=replace(_step(item, calendar), report_url="") if item else None,
    )


def _what_to_do(stopped: Stopped, over: str) -> str:
    if stopped.kind == PLAN_ITEM and stopped.reason == REPORTED:
        if over:
            return _("Please leave that step out. %(turn_to)s") % {"turn_to": over}
        return _("Please leave that step out. Your psychologist was told and will talk with you about it.")
    if stopped.kind == PLAN_ITEM and stopped.reason in LEAVE_OUT:
        return _("Please leave that step out from now on. Ask if you want to know why.")
    return _("You need do nothing. Ask if you want to know why.")

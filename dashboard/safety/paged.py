"""To whom pages about an alert were sent and when, and to whom none was: its clock, as people say it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.page import Outcome, Page, PageAttempt, Sought, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import wanted
from clinic.safety.alerts import is_paged
from dashboard.times import said

BY_POSITION: dict[Sought, StrOrPromise] = {
    Sought.FIRST: gettext_lazy("first on call"),
    Sought.SECOND: gettext_lazy("second on call"),
    Sought.DUTY_LEAD: gettext_lazy("duty lead"),
    Sought.ANYBODY: gettext_lazy("everybody"),
    Sought.OWNER: gettext_lazy("who has another alert of this person"),
}
"""Whom a step pages because nobody took the alert: whoever was found, also in the place of somebody else."""

SAID: dict[Step, StrOrPromise] = {
    Step.LEFT: gettext_lazy("on call, because its owner can no longer act"),
    Step.HANDED_OVER: gettext_lazy("the colleague whom it was handed to"),
    Step.FAILED_CONTACT: gettext_lazy("duty lead, because three attempts failed"),
    Step.CEILING: gettext_lazy("everybody, because half a day is nearly over"),
}

NO_CONTACT: dict[bool, StrOrPromise] = {
    True: gettext_lazy("its owner, because no contact was recorded"),
    False: gettext_lazy("duty lead, because no contact was recorded"),
}

RECEIVER = gettext_lazy("the clinic’s own receiver")
FIRST_TWO = gettext_lazy("first and second on call")
"""In an emergency both are paged at once."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One page and what became of it. `why` is the end of its last attempt, "" where none has ended."""

    who: str
    recipient: UUID | None
    sent_at: dt.datetime | None
    is_wanted: bool
    is_begun: bool
    tried: int
    why: str


Steps = list[list[Sending]]
"""The pages of each step to the same people, in the order in which they were due."""


def of_lines(lines: Iterable[SafetyAlert], *, at: dt.datetime) -> dict[UUID, Steps]:
    """The pages of each line with what became of each: one query.

    A line stands for every open alert of its person and owner. It says who was paged about any of them, as its clock is
    that of all of them.
    """
    standing = {(each.patient_id, each.taken_by_id): each.pk for each in lines if is_paged(each)}
    patients = {patient for patient, _owner in standing}
    found = Page.objects.filter(alert__patient__pk__among=list(patients), alert__closed_at=None)
    by_line: dict[UUID, list[Any]] = {}
    for page in _with_ends(found, at=at):
        line = standing.get((page.person, page.owner))
        if line is not None:
            by_line.setdefault(line, []).append(page)
    return {line: _steps(pages) for line, pages in by_line.items()}


def beside(alert: SafetyAlert, *, at: dt.datetime, zone: str) -> str:
    """Who was paged about the other open alerts of the same person and owner, in a sentence or two: one query."""
    others = SafetyAlert.objects.filter(patient=alert.patient_id, taken_by=alert.taken_by_id, closed_at=None)
    pages = Page.objects.filter(alert__in=others.exclude(pk=alert.pk))
    return clock(_steps(_with_ends(pages, at=at)), at=at, zone=zone)


def _steps(pages: Iterable[Any]) -> Steps:
    """The pages by alert, step and whom it sought, in the order in which they were due."""
    found: dict[tuple[UUID | None, str, str], list[Sending]] = {}
    for page in pages:
        who = str(_who(Step(page.step), Sought(page.position)))
        is_clinic = page.position == Sought.CLINIC
        key = (None, "", who) if is_clinic else (page.alert_id, page.step, who)
        found.setdefault(key, []).append(_sending(page, who))
    return list(found.values())


def _with_ends(rows: QuerySet[Page], *, at: dt.datetime) -> QuerySet[Any]:
    attempts = PageAttempt.objects.filter(page=OuterRef("pk"))
    sent = attempts.filter(outcome=Outcome.SENT).order_by("happened_at")
    ended = attempts.exclude(outcome=Outcome.BEGUN).order_by("-number")
    return rows.annotate(
        sent_at=Subquery(sent.values("happened_at")[:1]),
        is_wanted=ExpressionWrapper(wanted.still(at=at), BooleanField()),
        is_begun=Exists(attempts),
        tried=Subquery(ended.values("number")[:1]),
        why=Subquery(ended.values("outcome")[:1]),
        person=F("alert__patient"),
        owner=F("alert__taken_by"),
    ).order_by("due_at", "position", "pk")


def _sending(page: Any, who: str) -> Sending:
    """One page as `_with_ends` read it."""
    tried, why = page.tried or 0, page.why or ""
    return Sending(who, page.recipient_id, page.sent_at, page.is_wanted, page.is_begun, tried, why)


def clock(steps: Iterable[Sequence[Sending]], *, at: dt.datetime, zone: str) -> str:
    """The clock of one alert in a sentence or two; "" where no page was made."""
    sent, unsent = [], []
    for pages in steps:
        moments = [each.sent_at for each in pages if each.sent_at]
        if moments:
            sent.append((_how_many(pages), said(min(moments), at=at, zone=zone)))
        else:
            unsent.append((pages[0].who, _not_sent(max(pages, key=lambda each: each.tried))))
    words = _("{who} {when}")
    paged = [words.format(who=who, when=when) for who, when in _two_as_one(sent)]
    words = _("{who} ({why})")
    others = [words.format(who=who, why=why) for who, why in _two_as_one(unsent)]
    sentences = [
        _("Paged: {parts}.").format(parts=", ".join(paged)) if paged else "",
        _("Not sent: {parts}.").format(parts=", ".join(others)) if others else "",
    ]
    return " ".join(filter(None, sentences))


def _who(step: Step, position: Sought) -> StrOrPromise:
    if position == Sought.CLINIC:
        return RECEIVER
    if step == Step.UNANSWERED:
        return NO_CONTACT[position == Sought.OWNER]
    return SAID.get(step) or BY_POSITION[position]


def _how_many(pages: Sequence[Sending]) -> str:
    """To whom it was sent; where not to all of several people, to how many of them."""
    people = {each.recipient for each in pages}
    reached = {each.recipient for each in pages if each.sent_at}
    if reached == people:
        return pages[0].who
    return _("{who} ({sent} of {all})").format(sent=len(reached), all=len(people), who=pages[0].who)


def _not_sent(page: Sending) -> str:
    """In the words of the alert's own page (`dashboard.duties`)."""
    if page.tried:
        return _("{number} tried: {why}").format(number=page.tried, why=Outcome(page.why).label)
    if not page.is_wanted:
        return _("no longer needed")
    return _("on its way") if page.is_begun else _("waits to be sent")


def _two_as_one(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """First and second on call, whom an emergency pages at once, are named together where the same is said of both."""
    two = [str(BY_POSITION[Sought.FIRST]), str(BY_POSITION[Sought.SECOND])]
    joined: list[tuple[str, str]] = []
    for who, words in parts:
        if joined and [joined[-1][0], who] == two and joined[-1][1] == words:
            joined[-1] = (str(FIRST_TWO), words)
        else:
            joined.append((who, words))
    return joined

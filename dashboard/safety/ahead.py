"""The clock of an alert as people read it: by when somebody must act, and who is paged if nobody does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.page import Step
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall.escalation import Due
from dashboard.times import said

WHO: dict[Step, StrOrPromise] = {
    Step.FIRST: gettext_lazy("whoever is on call"),
    Step.SECOND: gettext_lazy("the second on call"),
    Step.DUTY_LEAD: gettext_lazy("the duty lead"),
    Step.EVERYBODY: gettext_lazy("every psychologist, and again until somebody takes it"),
    Step.LEFT: gettext_lazy("whoever is on call, because its owner can no longer act"),
    Step.UNANSWERED: gettext_lazy("its owner and the duty lead"),
    Step.CEILING: gettext_lazy("every psychologist, because half a day is nearly over"),
}

OR: dict[Step, StrOrPromise] = {
    Step.FIRST: gettext_lazy("Somebody must take it by {when}, or whoever is on call is paged."),
    Step.SECOND: gettext_lazy("Somebody must take it by {when}, or the second on call is paged."),
    Step.DUTY_LEAD: gettext_lazy("Somebody must take it by {when}, or the duty lead is paged."),
    Step.EVERYBODY: gettext_lazy("Somebody must take it by {when}, or every psychologist is paged."),
    Step.LEFT: gettext_lazy("Its owner can no longer act: somebody must take it by {when}."),
    Step.UNANSWERED: gettext_lazy(
        "A contact must be recorded by {when}, or its owner and the duty lead are paged."
    ),
    Step.CEILING: gettext_lazy("A contact must be recorded by {when}, or every psychologist is paged."),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One page that is still to come."""

    when: str
    who: str


@dataclass(frozen=True, slots=True)
class Clock:
    """By when somebody must act, in a sentence, and every page that is still to come."""

    words: str
    coming: list[Coming]


def clock(
    alert: SafetyAlert,
    ahead: Sequence[Due] | None,
    *,
    is_mine: bool,
    anybody: bool,
    at: dt.datetime,
    zone: str,
) -> Clock | None:
    """The clock of an alert that pages; None for every other, and for one that was closed.

    `ahead` is None where it was answered; `anybody` says that somebody has an address.
    """
    if alert.closed_at is not None or alert.level < AlertLevel.URGENT:
        return None
    if ahead is None:
        return Clock(
            _("A contact is recorded: nobody is paged again. It stays open until its owner closes it."), []
        )
    if not anybody:
        return Clock(_("Nobody can be paged: no psychologist has an address."), [])
    coming = [Coming(said(each.due_at, at=at, zone=zone), _who(each.step, is_mine=is_mine)) for each in ahead]
    return Clock(_words(ahead[0], is_mine=is_mine, at=at, zone=zone), coming) if ahead else None


def _who(step: Step, *, is_mine: bool) -> str:
    return _("you and the duty lead") if is_mine and step == Step.UNANSWERED else str(WHO[step])


def _words(due: Due, *, is_mine: bool, at: dt.datetime, zone: str) -> str:
    """By when somebody must act; of a step whose time has come, that it is being done."""
    when = said(due.due_at, at=at, zone=zone)
    if due.due_at <= at:
        return _("Being paged now: {who}.").format(who=_who(due.step, is_mine=is_mine))
    if due.step == Step.EVERYBODY and due.comes_again:
        return _("Nobody took it in time: every psychologist is paged again {when}.").format(when=when)
    if due.step == Step.UNANSWERED and is_mine:
        return _("Record a contact by {when}, or you and the duty lead are paged.").format(when=when)
    return str(OR[due.step]).format(when=when)

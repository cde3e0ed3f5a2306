"""Reading the conversation for its patient: each message with who wrote it, when, and whether it was read."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import access, messages
from clinic.keys import CannotOpen, Ring
from clinic.models.clinic import Clinic
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.user import User
from dashboard.access import ActingRequest
from dashboard.portal.before import danger_sentence
from dashboard.portal.parts_messages import Letter
from dashboard.portal.when import Calendar

PAGE = 20


def page(request: ActingRequest, patient: Patient, *, before: UUID | None) -> tuple[list[Message], str]:
    """One page of messages, newest first, and the address of the older ones; those shown are read from now on."""
    found = list(messages.page(patient, before=before, limit=PAGE + 1))
    shown = found[:PAGE]
    messages.mark_read(shown, patient=patient, by=request.actor, at=request.at)
    here = reverse("portal-messages")
    return shown, f"{here}?before={shown[-1].pk}" if len(found) > PAGE else ""


def lines(shown: Sequence[Message], ring: Ring | None, calendar: Calendar) -> tuple[Letter, ...]:
    """These messages as the page says them."""
    return tuple(_line(each, ring, calendar) for each in shown)


def _line(message: Message, ring: Ring | None, calendar: Calendar) -> Letter:
    words = _words(message, ring)
    mine = message.from_patient
    return Letter(
        mine=mine,
        who=_("You") if mine else name_of(message.sent_by),
        when=calendar.listed(message.sent_at),
        words=words or "",
        state=_read(message, calendar) if mine else "",
        opened=words is not None,
        is_new=not mine and message.read_at is None,
    )


def _words(message: Message, ring: Ring | None) -> str | None:
    if ring is None:
        return None
    try:
        return message.unseal(ring, "words")
    except CannotOpen:
        return None


def _read(message: Message, calendar: Calendar) -> str:
    if message.read_by is None or message.read_at is None:
        return _("Not read yet")
    facts = {"name": name_of(message.read_by), "when": calendar.said(message.read_at)}
    return _("Read by %(name)s %(when)s") % facts


def name_of(user: User) -> str:
    """The professional name of a member of staff."""
    profile = getattr(user, "staff", None)
    return profile.printed_name if profile else _("A person at the clinic")


def readers_of(team: Sequence[User], *, at: dt.datetime) -> tuple[str, ...]:
    """Who reads a message and when to expect an answer, said before anything is typed (SR-30): seven queries."""
    if not team:
        return ()
    names = _(" and ").join(name_of(each) for each in team)
    days = Clinic.objects.values_list("answer_aim_days", flat=True).first() or 2
    reads = ngettext(
        "%(names)s reads what you write here, when next at work.",
        "%(names)s read what you write here, when next at work.",
        len(team),
    )
    aim = ngettext(
        "They aim to answer within %(days)d day. A weekend or a holiday can make it longer.",
        "They aim to answer within %(days)d days. A weekend or a holiday can make it longer.",
        days,
    )
    return reads % {"names": names}, aim % {"days": days}, danger_sentence(at=at)


def team_of(patient: Patient, request: ActingRequest) -> list[User]:
    """Who would read a message."""
    return access.care_team(patient, at=request.at)

"""The psychologist's list of messages: whose turn it is. Who waits for an answer stands first, the longest on top."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic import access, keys, messages, people
from clinic.actor import log
from clinic.models.message import Message
from clinic.models.patient import Patient
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.safety.context import printed_name
from dashboard.times import clinic_zone, said, waited

PAGE = 50


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation: with whom, what happened last, and whether it waits."""

    name: str
    record_number: str
    url: str
    last: str
    waiting: str
    unread: bool


@allow(PSYCHOLOGIST)
@require_GET
def conversations(request: ActingRequest) -> HttpResponse:
    """Conversations that wait for an answer, or all of them. Opening the list is one audit entry."""
    everything = request.GET.get("show") == "all"
    found = _page(request, everything=everything)
    shown = found[:PAGE]
    here = reverse("conversations") + ("?show=all" if everything else "?show=waiting")
    context = {
        "rows": _rows(request, shown),
        "everything": everything,
        "paged": "after" in request.GET,
        "next_url": f"{here}&after={shown[-1].pk}" if len(found) > PAGE else "",
    }
    with transaction.atomic():
        log("conversations_opened", by=request.actor, at=request.at, facts={"conversations": len(shown)})
    return render(request, "caseload/conversations.html", context)


def _page(request: ActingRequest, *, everything: bool) -> list[Patient]:
    records = access.records(request.person, at=request.at, right=access.REVIEW)
    talked = records.annotate(
        last_at=messages.newest("sent_at"), last_is_theirs=messages.newest("from_patient")
    )
    rows = talked.exclude(last_at=None) if everything else talked.filter(last_is_theirs=True)
    place = Tuple(F("last_at"), F("id"))
    if mark := _mark(request, talked):
        after: Q = Q(TupleLessThan(place, mark) if everything else TupleGreaterThan(place, mark))
        rows = rows.filter(after)
    order = ("-last_at", "-id") if everything else ("last_at", "id")
    return list(rows.order_by(*order)[: PAGE + 1])


def _mark(request: ActingRequest, talked: QuerySet[Any]) -> tuple[dt.datetime, UUID] | None:
    """Where this page begins: after the record that the address names. Raises Http404 for one that is none of mine."""
    if "after" not in request.GET:
        return None
    try:
        last = talked.filter(pk=UUID(request.GET["after"])).exclude(last_at=None).first()
    except ValueError as error:
        raise Http404 from error
    if last is None:
        raise Http404
    return last.last_at, last.pk


def _rows(request: ActingRequest, shown: list[Patient]) -> list[ConversationRow]:
    newest = Message.objects.filter(patient__in=shown).order_by("patient", "-sent_at", "-id")
    last = {each.patient_id: each for each in newest.distinct("patient").select_related("sent_by__staff")}
    ring, zone = keys.ring([patient.pk for patient in shown]), clinic_zone()
    names = people.identities([each for each in shown if each.pk in ring], ring, at=request.at)
    return [
        _row(request, names[each.pk].name, each, last[each.pk], zone=zone)
        for each in shown
        if each.pk in names
    ]


def _row(
    request: ActingRequest, name: str, patient: Patient, message: Message, *, zone: str
) -> ConversationRow:
    when = said(message.sent_at, at=request.at, zone=zone)
    theirs = message.from_patient
    mine = (
        _("You wrote %(when)s") if message.sent_by_id == request.person.pk else _("%(name)s wrote %(when)s")
    )
    words = _("Wrote %(when)s") if theirs else mine
    return ConversationRow(
        name=name,
        record_number=patient.record_number,
        url=reverse("messages", args=[patient.record_number]),
        last=words % {"when": when, "name": printed_name(message.sent_by)},
        waiting=waited(message.sent_at, at=request.at) if theirs else "",
        unread=theirs and message.read_at is None,
    )

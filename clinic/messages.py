"""Secure messages: what a patient writes, what is read, and who waits for an answer.

Staff write through `recommendations.correspondence`, which keeps AI drafts out of messages; no program writes one.
A patient's words are read for danger in the transaction that stores them, whatever becomes of the message.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from clinic import access, keys, message_rows
from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.database.turns import take_turn
from clinic.keys import Ring
from clinic.models.danger import TextSource
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.safety.alerts import Notice, notice

LONGEST_MESSAGE = 5_000
"""Characters of a message: several pages. What is longer belongs into a conversation."""

MOST_OF_A_PATIENT, MOST_OF_STAFF = 20, 60
"""Messages of one person in an hour. More than anybody types; it keeps one session from filling the disk."""

HOUR = dt.timedelta(hours=1)


class NotSent(StrEnum):
    """Why a message was not stored."""

    NOBODY_READS = "nobody_reads"
    NO_KEYS = "no_keys"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a patient's message: the row or why there is none, whether it is new, what was noticed."""

    message: Message | None
    is_new: bool
    not_sent: NotSent | None
    notice: Notice


@transaction.atomic
def write(*, patient: Patient, words: str, submission: UUID, by: Actor, at: dt.datetime) -> Outcome:
    """Read a patient's message for danger, and store it for the care team: once however often its form arrives."""
    take_turn(f"messages of {patient.pk}")
    found = notice(patient=patient, text=words, submission=submission, source=TextSource.MESSAGE, at=at)
    if stored := Message.objects.filter(pk=submission, patient=patient).first():
        return Outcome(stored, False, None, found)
    refused, ring = _may_write(patient, by=by, at=at)
    if ring is None or by.user is None:
        return Outcome(None, False, refused, found)
    message = message_rows.store(
        patient=patient,
        words=words,
        submission=submission,
        ring=ring,
        writer=by.user,
        from_patient=True,
        at=at,
    )
    log("message_written", by=by, at=at, patient=patient, subject=message)
    return Outcome(message, True, None, found)


def _may_write(patient: Patient, *, by: Actor, at: dt.datetime) -> tuple[NotSent | None, Ring | None]:
    if not access.care_team(patient, at=at):
        return NotSent.NOBODY_READS, None
    if too_many(by, most=MOST_OF_A_PATIENT, at=at):
        return NotSent.TOO_MANY, None
    try:
        ring = keys.ring([patient.pk])
    except keys.KeysUnavailable:
        return NotSent.NO_KEYS, None
    return (None, ring) if patient.pk in ring else (NotSent.NO_KEYS, None)


def too_many(by: Actor, *, most: int, at: dt.datetime) -> bool:
    """Whether this person has sent as many messages within the last hour as anybody may."""
    return Message.objects.filter(sent_by=by.user, sent_at__gt=at - HOUR).count() >= most


@transaction.atomic
def mark_read(shown: Iterable[Message], *, patient: Patient, by: Actor, at: dt.datetime) -> int:
    """Record that these messages were shown to the other side. Those that were read before stay as they are."""
    is_patient = patient.user_id is not None and by.user is not None and by.user.pk == patient.user_id
    fresh = [each.pk for each in shown if each.read_at is None and each.from_patient != is_patient]
    if not fresh:
        return 0
    unread = Message.objects.filter(pk__in=fresh, patient=patient, read_at=None)
    count: int = unread.update(read_at=not_before("sent_at", at=at), read_by=by.user)
    if count and is_patient:
        log("message_read", by=by, at=at, patient=patient, facts={"messages": count})
    return count


def page(patient: Patient, *, before: UUID | None, limit: int) -> Sequence[Message]:
    """Up to `limit` messages before the one named, newest first, by a true row comparison."""
    rows = Message.objects.filter(patient=patient)
    if before and (mark := rows.filter(pk=before).first()):
        rows = rows.filter(TupleLessThan(Tuple(F("sent_at"), F("id")), (mark.sent_at, mark.pk)))
    found = rows.select_related("sent_by__staff", "read_by__staff")
    return list(found.order_by("-sent_at", "-id")[:limit])


def unread_by_staff(user: User, *, at: dt.datetime) -> QuerySet[Message]:
    """What patients of this psychologist's caseload wrote and nobody of the care team has read."""
    records = access.records(user, at=at, right=access.REVIEW)
    return Message.objects.filter(from_patient=True, read_at=None, patient__in=records.values("pk"))


def unread_by_patient(user: User) -> QuerySet[Message]:
    """What staff wrote to the patient who signs in as `user` and they have not read."""
    return Message.objects.filter(from_patient=False, read_at=None, patient__user=user)


def counted(rows: QuerySet[Any]) -> Subquery:
    """The number of these rows as a part of another query; null where there is none."""
    one = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(one.annotate(number=Count("pk")).values("number"))


def newest(field: str) -> Subquery:
    """A field of the newest message of each patient of an outer query."""
    rows = Message.objects.filter(patient=OuterRef("pk")).order_by("-sent_at", "-id")
    return Subquery(rows.values(field)[:1])

"""Sending pages: claimed by a row, sent outside every transaction, ended by another row, tried again until it works.

Several programs do this at once. A claim is the insert of an attempt with the next number: of two, one is refused by
the unique constraint. A program that dies between its two rows is followed by another one once its time is over.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from clinic.models.clinic import Clinic
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.page import Outcome, Page, PageAttempt, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import addresses
from clinic.oncall.addresses import AddressLost
from clinic.oncall.answered import UNANSWERED
from clinic.oncall.channels import CARRIERS
from clinic.oncall.wording import worded
from clinic.pulse import CLOCKS_DIFFER

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=12)
"""How long a claim holds: longer than sending may take."""

PAUSES = tuple(dt.timedelta(seconds=each) for each in (10, 30, 60))
LONGEST_PAUSE = dt.timedelta(minutes=5)
GIVEN_UP_AFTER = dt.timedelta(hours=12)
TESTED_FOR = dt.timedelta(minutes=1)
MOST_AT_ONCE = 50
ALTHOUGH_TAKEN = (Step.LEFT, Step.UNANSWERED, Step.HANDED_OVER, Step.FAILED_CONTACT, Step.CEILING)

_CLAIM = """
INSERT INTO clinic_pageattempt (page_id, number, outcome, happened_at) VALUES (%s, %s, 'begun', %s)
ON CONFLICT DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """An attempt that is this program's to make."""

    page: UUID
    number: int


def claim(*, at: dt.datetime, most: int) -> list[Claim]:
    """Claim up to `most` pages that are to be sent at `at`. Two queries, and one for each that is claimed."""
    found: list[Claim] = []
    for page in _wanted(at=at):
        attempts = list(page.attempts.all())
        if len(found) < most and next_try(attempts, at=at) <= at:
            claimed = _claimed(page.pk, 1 + max((each.number for each in attempts), default=0), at=at)
            found += [claimed] if claimed else []
    return found


def next_try(attempts: Sequence[PageAttempt], *, at: dt.datetime) -> dt.datetime:
    """When a page is to be tried: at once, after a claim has run out, or after a pause that grows.

    What a clock wrote that is far ahead holds nobody up.
    """
    if not attempts or max(each.happened_at for each in attempts) > at + CLOCKS_DIFFER:
        return at
    number = max(each.number for each in attempts)
    ended = [each for each in attempts if each.number == number and each.outcome != Outcome.BEGUN]
    if not ended:
        return max(each.happened_at for each in attempts if each.number == number) + LEASE
    return ended[0].happened_at + (PAUSES[number - 1] if number <= len(PAUSES) else LONGEST_PAUSE)


def deliver(claimed: Claim, *, clock: Callable[[], dt.datetime]) -> Outcome:
    """Send one page and record what became of it. No transaction is open while it is sent."""
    page = Page.objects.select_related("alert").get(pk=claimed.page)
    outcome = _sent(page)
    PageAttempt.objects.create(page=page, number=claimed.number, outcome=outcome, happened_at=clock())
    if outcome != Outcome.SENT:
        logger.error("Page %s was not sent over %s: %s.", page.pk, page.channel, outcome.value)
    return outcome


def _sent(page: Page) -> Outcome:
    clinic = Clinic.objects.first()
    row = PagingAddress.objects.filter(user=page.recipient_id, channel=page.channel).first()
    if row is None or clinic is None:
        return Outcome.NO_ADDRESS
    try:
        return CARRIERS[Channel(page.channel)].send(worded(page, clinic), addresses.opened(row))
    except AddressLost:
        return Outcome.NO_ADDRESS
    except Exception:  # a fault of one channel must not end the others
        logger.exception("A channel failed.")
        return Outcome.FAILED


def is_wanted(page: Page, *, at: dt.datetime) -> bool:
    """Whether a page that was not sent is still tried: the same as `_wanted` asks of the database, but for answers."""
    alert = page.alert
    if alert is None:
        return page.due_at > at - TESTED_FOR
    in_time = alert.closed_at is None and page.due_at > at - GIVEN_UP_AFTER
    return in_time and (alert.taken_at is None or page.step in ALTHOUGH_TAKEN or page.due_at > alert.taken_at)


def _wanted(*, at: dt.datetime) -> list[Page]:
    """Pages that were not sent and are still wanted, those that were tried least first."""
    sent = PageAttempt.objects.filter(page=OuterRef("pk"), outcome=Outcome.SENT)
    still = Q(alert__in=_open_alerts()) & (
        Q(alert__taken_at=None) | Q(step__in=ALTHOUGH_TAKEN) | Q(due_at__gt=F("alert__taken_at"))
    )
    test = Q(alert=None, due_at__gt=at - TESTED_FOR)
    wanted = Page.objects.filter(~Exists(sent), still | test, due_at__lte=at, due_at__gt=at - GIVEN_UP_AFTER)
    rows = wanted.order_by("-due_at", "pk")[: MOST_AT_ONCE * 4]
    found = list(rows.prefetch_related(Prefetch("attempts", PageAttempt.objects.order_by("id"))))
    return sorted(found, key=lambda page: (len(page.attempts.all()), page.due_at))[:MOST_AT_ONCE]


def _open_alerts() -> QuerySet[SafetyAlert, Any]:
    return SafetyAlert.objects.filter(UNANSWERED).values("pk")


def _claimed(page: UUID, number: int, *, at: dt.datetime) -> Claim | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [page, number, at])
        return Claim(page, number) if cursor.fetchone() else None

"""Sending pages: claimed by a row, sent outside every transaction, ended by another row, tried again until it works.

Several programs do this at once. A claim is the insert of an attempt with the next number: of two, one is refused by
the unique constraint. A program that dies between its two rows is followed by another one once its time is over.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from clinic.models.clinic import Clinic
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.page import Outcome, Page, PageAttempt
from clinic.oncall import addresses, wanted
from clinic.oncall.addresses import AddressLost
from clinic.oncall.channels import CARRIERS
from clinic.oncall.wording import worded
from clinic.pulse import CLOCKS_DIFFER

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=12)
"""How long a claim holds: longer than sending may take."""

PAUSES = tuple(dt.timedelta(seconds=each) for each in (10, 30, 60))
LONGEST_PAUSE = dt.timedelta(minutes=5)
MOST_AT_ONCE = 50

_CLAIM = """
INSERT INTO clinic_pageattempt (page_id, number, outcome, happened_at) VALUES (%s, %s, 'begun', %s)
ON CONFLICT DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """An attempt that is this program's to make."""

    page: UUID
    number: int
    recipient: UUID | None = field(default=None, compare=False)


def claim(
    *,
    at: dt.datetime,
    most: int,
    channel: Channel | None = None,
    under_way: Sequence[Claim] = (),
    to_one: int | None = None,
) -> list[Claim]:
    """Claim up to `most` pages of a channel that are to be sent at `at`. Two queries, and one for each that is claimed.

    No recipient has more than `to_one` under way: whose own server hangs holds up their own pages.
    """
    found: list[Claim] = []
    busy = Counter(each.recipient for each in under_way)
    for page in _wanted(at=at, channel=channel):
        attempts = list(page.attempts.all())
        is_free = to_one is None or busy[page.recipient_id] < to_one
        if len(found) < most and is_free and next_try(attempts, at=at) <= at:
            claimed = _claimed(page, 1 + max((each.number for each in attempts), default=0), at=at)
            found += [claimed] if claimed else []
            busy[page.recipient_id] += 1
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


def _wanted(*, at: dt.datetime, channel: Channel | None) -> list[Page]:
    """Pages that are to be sent, those that were tried least first."""
    rows = wanted.not_sent(at=at).order_by("-due_at", "pk")
    if channel is not None:
        rows = rows.filter(channel=channel)
    newest = rows[: MOST_AT_ONCE * 4]
    found = list(newest.prefetch_related(Prefetch("attempts", PageAttempt.objects.order_by("id"))))
    return sorted(found, key=lambda page: (len(page.attempts.all()), page.due_at))[:MOST_AT_ONCE]


def _claimed(page: Page, number: int, *, at: dt.datetime) -> Claim | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [page.pk, number, at])
        return Claim(page.pk, number, page.recipient_id) if cursor.fetchone() else None

"""Sending what `clinic.oncall.notices` has kept. What a program left half way is sent by another one."""

import datetime as dt
import logging
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from clinic import outbox
from clinic.models.clinic import Clinic
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.outbox import OutboxMessage
from clinic.models.page import Outcome
from clinic.oncall import addresses, notices
from clinic.oncall.addresses import AddressLost
from clinic.oncall.channels import CARRIERS
from clinic.oncall.notices import LISTED, TASK, Kind
from clinic.oncall.wording import PageText, written

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
"""How long one program has a notice for itself: longer than sending may take."""

LOOKS_FOR = dt.timedelta(seconds=12)
"""After so long no other notice is begun: a task that takes longer than 25 seconds is killed."""

LONGEST_PAUSE = dt.timedelta(minutes=4)
"""Below the difference of clocks beyond which the outbox takes a message for due."""

MOST_TRIES = 120
"""About eight hours."""

Clock = Callable[[], dt.datetime]


def send_waiting(*, clock: Clock) -> int:
    """Send the notices that are due, one after the other; returns how many were tried."""
    began, tried = clock(), 0
    while clock() - began < LOOKS_FOR and (message := _claimed(at=clock())):
        _send(message, clock=clock)
        tried += 1
    return tried


def waits(*, at: dt.datetime) -> bool:
    """Whether a notice is to be sent at `at` that no other program has: one query."""
    return _kept(at=at).exists()


def _kept(*, at: dt.datetime) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(outbox.due(at=at), task=TASK, sent_at__isnull=False)


@transaction.atomic
def _claimed(*, at: dt.datetime) -> OutboxMessage | None:
    message = _kept(at=at).order_by("due_at", "id").select_for_update(skip_locked=True).first()
    if message is not None:
        message.due_at = at + LEASE
        message.save(update_fields=["due_at"])
    return message


def _send(message: OutboxMessage, *, clock: Clock) -> None:
    """Send one; what its server does not take is tried again after pauses that grow, for hours."""
    given = message.arguments
    if not given["row"]:
        notices.pass_on(message, at=clock())
        return
    to = PagingAddress(id=UUID(given["row"]), channel=given["channel"], address=b64decode(given["sealed"]))
    outcome = _sent(Kind(given["kind"]), to, given["facts"])
    if outcome != Outcome.SENT:
        logger.error("A notice about %s was not sent: %s.", given["kind"], outcome.value)
    if outcome in ENDED or message.attempts >= MOST_TRIES:
        message.delete()
        return
    pause = min(dt.timedelta(seconds=10 * 2 ** min(message.attempts, 10)), LONGEST_PAUSE)
    message.attempts, message.due_at = message.attempts + 1, clock() + pause
    message.save(update_fields=["attempts", "due_at"])


ENDED = (Outcome.SENT, Outcome.NO_ADDRESS, Outcome.NOT_SET_UP, Outcome.NOT_ALLOWED)
"""What no further attempt would change."""


def _sent(kind: Kind, to: PagingAddress, facts: Any) -> Outcome:
    clinic = Clinic.objects.first()
    if clinic is None:
        return Outcome.NO_ADDRESS
    try:
        where = addresses.opened(to)
    except AddressLost:
        return Outcome.NO_ADDRESS
    return CARRIERS[Channel(to.channel)].send(worded(kind, clinic, facts, notice=to.pk), where)


def worded(kind: Kind, clinic: Clinic, facts: Any, *, notice: UUID) -> PageText:
    """The message, in the installation's language."""
    with translation.override(settings.LANGUAGE_CODE):
        link = settings.OUTSIDE.address + "/safety/on-call/"
        subject, parts = (_hours if kind is Kind.HOURS else _address)(clinic, facts)
        parts[-1] += f" {link}"
        if clinic.is_demonstration:
            parts.append(_("This is a demonstration clinic: everybody in it is fictional."))
        parts.append(_("Do not answer this message: nobody reads what comes back."))
        return PageText(
            page_id=notice,
            clinic=clinic.name,
            since=dt.datetime.fromisoformat(_since(kind, facts)),
            kind="notice",
            step=kind.value,
            position="",
            link=link,
            subject=subject,
            text="\n\n".join(parts) + "\n",
        )


def _since(kind: Kind, facts: Any) -> str:
    return str(facts["at"] if kind is Kind.ADDRESS else (facts["nobody"] or facts["turns"])[0][0])


def _hours(clinic: Clinic, facts: Any) -> tuple[str, list[str]]:
    parts = [
        _("Somebody who was on the rota of %(clinic)s can no longer act there.") % {"clinic": clinic.name},
    ]
    for name, words in (
        ("nobody", _("Nobody at all is on call then. All psychologists with an address are paged at once:")),
        ("turns", _("These turns are nobody’s. The next position is paged in their place:")),
    ):
        if found := facts[name]:
            parts.append("\n".join([words, *_listed(found, clinic.zone)]))
    parts.append(
        _("Somebody must be put on the rota: an administrator does it. You see who is on call here:")
    )
    return _("%(clinic)s: hours on call with nobody") % {"clinic": clinic.name}, parts


def _listed(found: list[list[str]], zone: str) -> list[str]:
    lines = [
        " – ".join(written(dt.datetime.fromisoformat(moment), zone) for moment in stretch)
        for stretch in found[:LISTED]
    ]
    return lines + (["…"] if len(found) > LISTED else [])


def _address(clinic: Clinic, facts: Any) -> tuple[str, list[str]]:
    told = {
        "clinic": clinic.name,
        "channel": Channel(facts["channel"]).label,
        "when": written(dt.datetime.fromisoformat(facts["at"]), clinic.zone),
    }
    if facts["removed"]:
        words = _(
            "Somebody else has removed where %(clinic)s pages you over this channel: %(channel)s, %(when)s."
        )
    else:
        words = _(
            "Somebody else has changed where %(clinic)s pages you over this channel: %(channel)s, %(when)s."
        )
    asks = _(
        "If you did not expect this, look under On call, set it right, and tell whoever leads the service:"
    )
    return _("%(clinic)s: where you are paged was changed") % told, [words % told, asks]

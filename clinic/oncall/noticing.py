"""Sending what `clinic.oncall.notices` put into the outbox: tried for hours, by messages that follow each other."""

import datetime as dt
import logging
from base64 import b64decode
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from clinic import outbox
from clinic.models.clinic import Clinic
from clinic.models.oncall import Channel, PagingAddress
from clinic.models.page import Outcome
from clinic.oncall import addresses
from clinic.oncall.addresses import AddressLost
from clinic.oncall.channels import CARRIERS
from clinic.oncall.notices import LISTED, TASK, Kind
from clinic.oncall.wording import PageText, written

LONGEST_PAUSE = dt.timedelta(minutes=4)
"""Below the difference of clocks beyond which the outbox takes a message for due."""

MOST_TRIES = 120
"""About eight hours."""


def send(*, kind: str, channel: str, row: str, sealed: str, facts: Any, tries: int, at: dt.datetime) -> None:
    """Send one notice, or have it tried again later where its server did not take it."""
    outcome = _sent(
        Kind(kind), PagingAddress(id=UUID(row), channel=channel, address=b64decode(sealed)), facts
    )
    if outcome in (Outcome.SENT, Outcome.NO_ADDRESS):
        return
    if tries >= MOST_TRIES or outcome in (Outcome.NOT_SET_UP, Outcome.NOT_ALLOWED):
        logging.getLogger(__name__).error("A notice about %s was not sent: %s.", kind, outcome.value)
        return
    again = outbox.enqueue(
        TASK, kind=kind, channel=channel, row=row, sealed=sealed, facts=facts, tries=tries + 1
    )
    again.due_at = at + min(dt.timedelta(seconds=10 * 2 ** min(tries, 10)), LONGEST_PAUSE)
    again.save(update_fields=["due_at"])


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

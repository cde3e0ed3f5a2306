"""What the page of paging shows: who can be reached how, which channels are set up, what became of pages."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import access
from clinic.models.oncall import Channel
from clinic.models.page import Page
from clinic.oncall import rows
from clinic.oncall.channels import CARRIERS
from dashboard.duties import PageLine, page_lines
from dashboard.governance.context.names import printed

LISTED = 20


@dataclass(frozen=True, slots=True)
class Reached:
    """One psychologist, or the clinic's own receiver with no id, and the channels that have an address."""

    user_id: UUID | None
    name: str
    ways: str


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel and whether this installation can use it."""

    name: str
    is_set_up: bool
    how: str


@dataclass(frozen=True, slots=True)
class PagingPage:
    """All of it."""

    people: list[Reached]
    channels: list[ChannelLine]
    pages: list[PageLine]


def paging_page(*, at: dt.datetime, zone: str) -> PagingPage:
    """Four queries, however many pages there were."""
    found = rows.channels()
    people = access.psychologists(at=at).order_by("staff__printed_name", "pk")
    newest = Page.objects.order_by("-due_at", "-recorded_at")[:LISTED]
    return PagingPage(
        people=[
            *(Reached(user.pk, printed(user), _ways(found.get(user.pk, []))) for user in people),
            Reached(None, _("The clinic’s own receiver"), _ways(found.get(None, []))),
        ],
        channels=channel_lines(),
        pages=page_lines(newest, at=at, zone=zone),
    )


def channel_lines() -> list[ChannelLine]:
    """Every channel."""
    how = {
        Channel.EMAIL: _("EMAIL_URL names the mail server."),
        Channel.WEBHOOK: _("WEBHOOK_SECRET holds the secret that calls are signed with."),
    }
    return [
        ChannelLine(str(channel.label), carrier.is_set_up(), how[channel])
        for channel, carrier in CARRIERS.items()
    ]


def _ways(channels: list[str]) -> str:
    return ", ".join(str(Channel(each).label) for each in channels)

"""Test pages: asked for by a person, made and sent on the same road as every other page."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.page import Page, Sought, Step
from clinic.models.user import User
from clinic.oncall import rows

AT_MOST_EVERY = dt.timedelta(seconds=20)


class TestRefused(Exception):
    """No test page was made; the message says why."""

    __test__ = False


@transaction.atomic
def ask(*, user: User | None, by: Actor, at: dt.datetime) -> list[Page]:
    """Make a test page to `user`, or to the clinic's own receiver, over every channel that they have."""
    take_turn(f"test pages to {user.pk if user else 'the clinic'}")
    channels = rows.channels().get(user.pk if user else None, [])
    if not channels:
        raise TestRefused(_("There is no address to send a test page to."))
    if Page.objects.filter(step=Step.TEST, recipient=user, due_at__gt=at - AT_MOST_EVERY).exists():
        raise TestRefused(_("A test page was asked for a moment ago. Its result comes below."))
    pages = [
        Page(step=Step.TEST, position=Sought.TESTER, recipient=user, channel=channel, due_at=at)
        for channel in channels
    ]
    Page.objects.bulk_create(pages)
    log("test_page_asked", by=by, at=at, subject=user, facts={"channels": channels})
    return pages

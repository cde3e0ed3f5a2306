"""Health says in red where somebody in danger may wait unseen."""

import datetime as dt

import pytest
from django.test import Client, override_settings

from clinic import pulse
from clinic.clock import now
from clinic.models.oncall import Position
from clinic.models.page import Outcome, Page, PageAttempt
from clinic.oncall import delivery
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of
from tests.outside import mail_server, outside
from tests.paging import URGENT, on_call, raised, reached, staffed

pytestmark = ROLLED_BACK


def answer(desk: Client, name: str) -> tuple[str, str]:
    """The state of one line, and what it says."""
    before, after = html_of(desk, "/manage/health/").split(f"<dt>{name}</dt>")
    return before.rsplit("health__line--", 1)[1].split('"')[0], after.split("</div>", maxsplit=1)[0]


def test_nobody_with_an_address_nobody_on_call_and_somebody_without_one(desk: Client, cast: Cast) -> None:
    state, words = answer(desk, "On call now")
    assert (state, "nobody can be paged" in words) == ("danger", True)
    reached(cast, cast.treating)
    state, words = answer(desk, "On call now")
    assert (state, "an alert pages everybody" in words) == ("danger", True)
    on_call(cast, cast.treating, Position.FIRST)
    on_call(cast, cast.other_psychologist, Position.SECOND)
    state, words = answer(desk, "On call now")
    assert (state, "no address: Dr Elias Ruiz" in words) == ("late", True)
    reached(cast, cast.other_psychologist)
    assert answer(desk, "On call now")[0] == "ok"


@pytest.mark.parametrize(("seconds", "state"), [(10, "ok"), (45, "danger")])
def test_the_watch_gives_a_sign_of_life_or_is_red(desk: Client, cast: Cast, seconds: int, state: str) -> None:
    assert answer(desk, "Watch over alerts")[0] == "unknown"
    pulse.beat(pulse.WATCH, at=now() - dt.timedelta(seconds=seconds))
    assert answer(desk, "Watch over alerts")[0] == state


def test_channels_and_gaps(desk: Client, cast: Cast) -> None:
    with override_settings(OUTSIDE=outside(secret="")):
        assert answer(desk, "Channels")[0] == "danger"
    with override_settings(OUTSIDE=outside()):
        assert answer(desk, "Channels")[0] == "ok"
    assert answer(desk, "Rota of the coming 14 days")[0] == "danger"
    staffed(cast)
    assert answer(desk, "Rota of the coming 14 days")[0] == "ok"


def test_when_a_page_last_worked_and_which_reached_nobody(desk: Client, cast: Cast) -> None:
    staffed(cast)
    raised(cast, URGENT, at=now())
    with mail_server("refusing") as server, override_settings(OUTSIDE=outside(mail=server.port)):
        (claimed,) = delivery.claim(at=now(), most=9)
        assert delivery.deliver(claimed, clock=now) == Outcome.REFUSED
    assert answer(desk, "Last page that was sent")[0] == "unknown"
    state, words = answer(desk, "Pages that failed")
    assert (state, "1 page reached nobody" in words) == ("danger", True)
    PageAttempt.objects.create(page=Page.objects.get(), number=2, outcome="sent", happened_at=now())
    assert answer(desk, "Pages that failed")[0] == "ok"
    assert answer(desk, "Last page that was sent")[0] == "ok"

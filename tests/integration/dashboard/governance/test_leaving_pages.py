"""The page of a person asks before their access or role ends that leaves hours on call with nobody."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from clinic.clock import now
from clinic.models.oncall import Position
from clinic.oncall import rows
from clinic.safety import answering
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of
from tests.integration.dashboard.safety.raised import raised, taken, text_of
from tests.paging import on_call, reached, staffed
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


def known_of(page: str) -> str:
    return page.partition('name="known" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("act", "sent", "press"),
    [
        ("access/end", {}, "I know, and end access all the same"),
        ("role/end", {"role": "psychologist"}, "I know, and end the role all the same"),
    ],
)
def test_ending_access_says_which_hours_it_leaves_and_asks_once(
    desk: Client, cast: Cast, act: str, sent: dict[str, str], press: str
) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    reached(cast, cast.other_psychologist)
    assert cast.treating.user
    where = f"/manage/people/{cast.treating.user.pk}/"
    asked = desk.post(f"{where}{act}/", sent)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert page.count(press) == 1
    assert "Nobody would be on call for" in page
    assert "nobody is on call." in page
    assert cast.treating.user.pk in rows.able(at=now())
    done = desk.post(f"{where}{act}/", sent | {"known": known_of(page)}, follow=True)
    assert "has ended" in done.content.decode()
    assert cast.treating.user.pk not in rows.able(at=now())
    assert "Nobody is on call: all psychologists are paged." in html_of(desk, "/manage/rota/")


@pytest.mark.parametrize("reaches", [True, False])
def test_it_promises_to_tell_somebody_only_where_somebody_is_left(
    desk: Client, cast: Cast, reaches: bool
) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    reached(cast, cast.treating)
    if reaches:
        reached(cast, cast.other_psychologist)
    assert cast.treating.user
    page = desk.post(f"/manage/people/{cast.treating.user.pk}/access/end/").content.decode()
    assert ("whoever leads on call is told" in page) is reaches
    assert ("no psychologist is left who could be told" in page) is not reaches


def test_a_turn_that_the_next_position_takes_is_named_with_its_person(desk: Client, cast: Cast) -> None:
    staffed(cast)
    assert cast.treating.user
    page = desk.post(f"/manage/people/{cast.treating.user.pk}/access/end/").content.decode()
    assert "Turns on call would be nobody’s" in page
    assert "nobody takes the turn of Dr Maya Okonkwo." in page
    assert "nobody is on call." not in page


def test_what_they_have_taken_goes_back_and_waits_in_the_list(desk: Client, cast: Cast) -> None:
    """Also what they promised to try again: it is nobody's to try, and the person waits above."""
    alert = taken(raised(cast.patient), cast.treating)
    answering.not_reached(
        alert=alert,
        submission=uuid4(),
        retry_at=NOW + dt.timedelta(hours=1),
        note="",
        by=cast.treating,
        at=NOW,
    )
    assert cast.treating.user
    reader = signed_in(Client(), cast.other_psychologist)
    before = text_of(reader.get("/safety/"))
    assert "Dr Maya Okonkwo is to try again" in before
    assert "nobody has taken it" not in before
    where = f"/manage/people/{cast.treating.user.pk}/"
    assert "They go back when access ends, and whoever is on call is paged." in html_of(desk, where)
    assert desk.post(f"{where}access/end/").status_code == 302
    after = text_of(reader.get("/safety/"))
    assert "nobody has taken it" in after
    assert "is to try again" not in after
    page = text_of(reader.get(f"/safety/{alert.pk}/"))
    assert "Take it" in page

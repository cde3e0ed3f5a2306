"""The page of a person asks before their access or role ends that leaves hours on call with nobody."""

import pytest
from django.test import Client

from clinic.clock import now
from clinic.models.oncall import Position
from clinic.models.safety import SafetyAlert
from clinic.oncall import rows
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of
from tests.integration.dashboard.safety.raised import raised, taken
from tests.paging import on_call, staffed

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


def test_a_turn_that_the_next_position_takes_is_named_with_its_person(desk: Client, cast: Cast) -> None:
    staffed(cast)
    assert cast.treating.user
    page = desk.post(f"/manage/people/{cast.treating.user.pk}/access/end/").content.decode()
    assert "Turns on call would be nobody’s" in page
    assert "nobody takes the turn of Dr Maya Okonkwo." in page
    assert "nobody is on call." not in page


def test_what_they_have_taken_goes_back_and_waits_in_the_list(desk: Client, cast: Cast) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    assert cast.treating.user
    where = f"/manage/people/{cast.treating.user.pk}/"
    assert "They go back when access ends, and whoever is on call is paged." in html_of(desk, where)
    assert desk.post(f"{where}access/end/").status_code == 302
    assert SafetyAlert.objects.get(pk=alert.pk).taken_by is None

"""Licences with their last day, training, and what the psychologist is told themselves."""

import datetime as dt

import pytest
from django.test import Client

from clinic.clock import now
from clinic.models.user import StaffProfile
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import address, html_of, newest, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


def until(cast: Cast, days: int | None) -> None:
    day = None if days is None else now().date() + dt.timedelta(days=days)
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=day)


def test_the_first_to_end_stands_first_with_what_is_refused(desk: Client, cast: Cast) -> None:
    until(cast, -1)
    page = html_of(desk, "/manage/licences/")
    assert page.index("Dr Maya Okonkwo") < page.index("Dr Elias Ruiz")
    row = page.split("Dr Maya Okonkwo")[1].split("</tr>")[0]
    assert "signing is refused" in row
    assert "Signing, for 1 record" in row
    assert "1 psychologist cannot sign" in page
    assert "Nothing" in page.split("Dr Elias Ruiz")[1].split("</tr>")[0]


@pytest.mark.parametrize(("days", "warned"), [(59, True), (70, False)])
def test_two_months_before_the_end_both_are_told(desk: Client, cast: Cast, days: int, warned: bool) -> None:
    until(cast, days)
    StaffProfile.objects.filter(user=cast.other_psychologist.user).update(
        licence_valid_until=now().date() + dt.timedelta(days=900)
    )
    assert ("1 licence ends within 60 days" in html_of(desk, "/manage/licences/")) == warned
    own = html_of(signed_in(Client(), cast.treating), "/safety/")
    assert ("Your licence ends" in own) == warned


@pytest.mark.parametrize(("days", "words"), [(-1, "Your licence has ended"), (None, "No licence recorded")])
def test_an_ended_licence_is_told_to_its_holder_on_every_page(
    cast: Cast, days: int | None, words: str
) -> None:
    until(cast, days)
    assert words in html_of(signed_in(Client(), cast.treating), "/safety/")


def test_training_is_recorded_with_its_day_and_never_in_the_future(desk: Client, cast: Cast) -> None:
    desk.post(address(cast.treating.user, "training/"), {"trained_on": "2026-01-05"})
    assert (newest().action, newest().facts) == ("training_recorded", {"trained_on": "2026-01-05"})
    assert "Trained to supervise AI drafts on" in html_of(desk, address(cast.treating.user))
    tomorrow = {"trained_on": str(now().date() + dt.timedelta(days=2))}
    page = text_of(desk.post(address(cast.treating.user, "training/"), tomorrow), status=422)
    assert "Choose today or an earlier day" in page

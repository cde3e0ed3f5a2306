"""The administrator's pages of the rota: the week, gaps, absences, addresses, times, test pages."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client

from clinic import people
from clinic.clock import now
from clinic.models.clinic import Clinic
from clinic.models.oncall import Absence, PagingAddress, Position, RotaSlot
from clinic.models.page import Page
from clinic.oncall import addresses
from dashboard import duties
from dashboard.governance.context import rota as context
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of
from tests.paging import on_call, reached, staffed

pytestmark = ROLLED_BACK

ROTA, ABSENCES, PAGING = "/manage/rota/", "/manage/rota/absences/", "/manage/paging/"
YEAR = now().year + 1
HOURS = f"5 January {YEAR}, 18:00 to 6 January {YEAR}, 08:00"


def slot_fields(cast: Cast, **changed: object) -> dict[str, object]:
    assert cast.treating.user
    whole = {"psychologist": cast.treating.user.pk, "position": "first", "weekdays": ["0", "6"]}
    return whole | {"starts": "18:00", "ends": "08:00"} | changed


def day(number: int) -> str:
    """A day of the coming January."""
    return f"{YEAR}-01-{number:02}"


def away_fields(cast: Cast, **changed: object) -> dict[str, object]:
    assert cast.treating.user
    times = {"from_day": day(5), "from_time": "18:00", "to_day": day(6), "to_time": "08:00"}
    return {"absent": cast.treating.user.pk, "cover": ""} | times | changed


def test_an_empty_rota_says_that_nobody_can_be_paged_and_what_happens_then(desk: Client, cast: Cast) -> None:
    page = html_of(desk, ROTA)
    assert "Nobody is on the rota" in page
    assert "Nobody can be paged" in page
    assert "No psychologist has set an address." in page
    assert "Nobody is on call, and nobody can be paged." in page
    reached(cast, cast.other_psychologist)
    assert "Nobody is on call: all psychologists are paged." in html_of(desk, ROTA)


@pytest.mark.parametrize("asked", [True, False])
def test_with_nobody_who_can_act_the_page_says_so_and_blames_no_address(
    desk: Client, cast: Cast, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the planted fault: a page that asks for addresses alone."""
    for who in (cast.treating, cast.other_psychologist):
        reached(cast, who)
        people.deactivate(user=who.user, by=cast.administrator, at=now())  # type: ignore[arg-type]
    if not asked:
        plain = duties.now_on_call
        monkeypatch.setattr(context, "now_on_call", lambda **more: replace(plain(**more), acts=True))
    page = html_of(desk, ROTA)
    assert ("No psychologist has access here." in page) is asked
    assert ("No psychologist has set an address." in page) is not asked
    assert "all psychologists are paged" not in page


def test_somebody_is_put_on_several_days_at_once_and_taken_off_again(desk: Client, cast: Cast) -> None:
    assert desk.post(ROTA, slot_fields(cast)).status_code == 302
    assert sorted(RotaSlot.objects.values_list("weekday", flat=True)) == [0, 6]
    assert html_of(desk, ROTA).count("18:00 to 08:00") >= 2
    for slot in RotaSlot.objects.all():
        asked = desk.post(f"/manage/rota/{slot.pk}/remove/")
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Nobody would be on call any more" in page
    assert "Dr Maya Okonkwo, Sunday, 18:00 to 08:00" in page
    assert 'name="known" value="yes"' in page
    assert RotaSlot.objects.filter(removed_at=None).count() == 1
    desk.post(f"/manage/rota/{slot.pk}/remove/", {"known": "yes"})
    assert "Nobody is on the rota" in html_of(desk, ROTA)


def test_the_last_of_a_position_is_asked_about_where_others_are_on_call(desk: Client, cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    desk.post(ROTA, slot_fields(cast, position="second", weekdays=["0"]))
    second = RotaSlot.objects.get(position="second")
    page = desk.post(f"/manage/rota/{second.pk}/remove/").content.decode()
    assert "Nobody would hold this position any more: Second on call" in page
    assert "the next position is paged in its place" in page


def test_what_overlaps_is_refused_and_none_of_the_days_is_kept(desk: Client, cast: Cast) -> None:
    desk.post(ROTA, slot_fields(cast, weekdays=["0"]))
    response = desk.post(ROTA, slot_fields(cast, weekdays=["3", "0"], starts="20:00"))
    assert response.status_code == 422
    assert "Somebody holds this position at that time already." in response.content.decode()
    assert 'value="20:00"' in response.content.decode()
    assert RotaSlot.objects.count() == 1


@pytest.mark.parametrize("missing", ["psychologist", "weekdays", "starts", "ends"])
def test_what_is_missing_is_said_beside_its_field(desk: Client, cast: Cast, missing: str) -> None:
    response = desk.post(ROTA, slot_fields(cast, **{missing: ""}))
    assert response.status_code == 422
    assert "field--error" in response.content.decode()
    assert not RotaSlot.objects.exists()


def test_an_absence_is_recorded_by_the_clinics_clock_and_taken_back(desk: Client, cast: Cast) -> None:
    assert cast.other_psychologist.user
    desk.post(ABSENCES, away_fields(cast, cover=cast.other_psychologist.user.pk))
    row = Absence.objects.get()
    assert row.starts_at == dt.datetime(YEAR, 1, 5, 18, tzinfo=dt.UTC)
    assert "On call instead: Dr Elias Ruiz" in html_of(desk, ROTA)
    desk.post(f"/manage/rota/absences/{row.pk}/remove/")
    assert "Nobody is away." in html_of(desk, ROTA)


def test_an_absence_that_ends_before_it_begins_is_refused(desk: Client, cast: Cast) -> None:
    response = desk.post(ABSENCES, away_fields(cast, to_day=day(4)))
    assert response.status_code == 422
    assert "An absence ends after it begins" in response.content.decode()
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"from_day": "9999-12-30", "to_day": "9999-12-31"}, "at most two years ahead"),
        ({"to_day": day(31).replace("-01-", "-12-")}, "at most 90 days"),
    ],
)
def test_an_end_that_does_not_fit_is_refused_beside_its_field_with_what_was_typed(
    desk: Client, cast: Cast, days: dict[str, str], said: str
) -> None:
    staffed(cast)
    response = desk.post(ABSENCES, away_fields(cast, **days))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page.partition('name="from_time"')[2].partition('name="to_time"')[0]
    assert response.context["away"].errors.keys() == {"to_day"}
    assert days["to_day"] in page
    assert not Absence.objects.exists()


def test_an_absence_that_leaves_nobody_is_asked_about_and_then_stands_with_its_hours(
    desk: Client, cast: Cast
) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    asked = desk.post(ABSENCES, away_fields(cast))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Nobody would be on call for 14 hours" in page
    assert f"{HOURS}: nobody is on call." in page
    assert 'value="18:00"' in page
    assert not Absence.objects.exists()
    known = re.findall(r'name="known" value="(\w+)"', page)
    assert len(known) == 1
    assert desk.post(ABSENCES, away_fields(cast, known=known[0])).status_code == 302
    page = html_of(desk, ROTA)
    assert "with the hours that it leaves with nobody" in page
    assert f"Nobody is on call: {HOURS}" in page


def test_one_person_in_two_positions_is_listed_as_a_gap(desk: Client, cast: Cast) -> None:
    for position in (Position.FIRST, Position.DUTY_LEAD):
        on_call(cast, cast.treating, position)
    on_call(cast, cast.other_psychologist, Position.SECOND)
    page = html_of(desk, ROTA)
    assert "Duty lead: Dr Maya Okonkwo, who holds an earlier position too." in page
    assert page.count("holds an earlier position too") == 1


def test_gaps_of_the_coming_days_are_listed(desk: Client, cast: Cast) -> None:
    staffed(cast)
    assert "None: every position that the rota uses is filled" in html_of(desk, ROTA)
    soon = now() + dt.timedelta(days=2)
    fields = {"from_day": soon.date(), "from_time": "12:00", "to_day": soon.date(), "to_time": "15:00"}
    desk.post(ABSENCES, away_fields(cast, **fields))
    assert "Empty: First on call. The next position is paged." in html_of(desk, ROTA)


def test_somebody_on_call_without_an_address_is_marked(desk: Client, cast: Cast) -> None:
    on_call(cast, cast.treating, Position.FIRST)
    reached(cast, cast.other_psychologist)
    page = html_of(desk, ROTA)
    assert "No address" in page
    assert "Nobody who is on call can be paged" in page


def test_times_are_set_and_what_goes_beyond_the_bounds_or_backwards_is_refused(
    desk: Client, cast: Cast
) -> None:
    good = {"second": 10, "lead": 20, "everybody": 60, "emergency_contact": 30, "urgent_contact": 90}
    assert desk.post(PAGING, good).status_code == 302
    assert Clinic.objects.get().second_page_minutes == 10
    for wrong in ({"everybody": 121}, {"lead": 5}, {"urgent_contact": 481}, {"second": ""}):
        assert desk.post(PAGING, good | wrong).status_code == 422
    late = desk.post(PAGING, good | dict.fromkeys(("second", "lead", "everybody"), 720))
    assert "At most 30 minutes, so that nobody waits alone for longer." in late.content.decode()
    assert Clinic.objects.get().everybody_page_minutes == 60


def test_administrators_set_addresses_of_psychologists_and_of_the_clinics_receiver(
    desk: Client, cast: Cast
) -> None:
    assert cast.treating.user
    desk.post(f"/manage/paging/{cast.treating.user.pk}/", {"email": "maya@staff.example"})
    desk.post("/manage/paging/receiver/", {"webhook": "https://pager.example/hook"})
    assert addresses.of(cast.treating.user) == {"email": "maya@staff.example"}
    assert addresses.of(None) == {"webhook": "https://pager.example/hook"}
    assert "maya@staff.example" not in html_of(desk, PAGING)


def test_administrators_set_the_number_of_a_psychologist_and_the_receiver_has_none(
    desk: Client, cast: Cast
) -> None:
    staffed(cast)
    assert cast.treating.user
    desk.post(
        f"/manage/paging/{cast.treating.user.pk}/", {"email": "maya@staff.example", "phone": "01632 960 771"}
    )
    assert 'href="tel:01632960771"' in html_of(desk, ROTA)
    assert 'name="phone"' not in html_of(desk, "/manage/paging/receiver/")


def test_nobody_but_a_psychologist_gets_an_address(desk: Client, cast: Cast) -> None:
    assert desk.post(f"/manage/paging/{cast.stranger.pk}/", {"email": "a@b.example"}).status_code == 404
    assert not PagingAddress.objects.exists()


def test_a_test_page_is_asked_for_and_stands_in_the_list(desk: Client, cast: Cast) -> None:
    staffed(cast)
    assert cast.treating.user
    desk.post(f"/manage/paging/{cast.treating.user.pk}/test/")
    assert Page.objects.get().step == "test"
    assert "Waits to be sent" in html_of(desk, PAGING)

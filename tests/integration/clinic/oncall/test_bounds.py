"""How late an alert may go on to the next person is bounded: in the operation, where it is read, in the database."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from clinic.models.clinic import Clinic
from clinic.models.page import Page, Step
from clinic.oncall import keeping, paging
from clinic.oncall.keeping import RotaRefused
from clinic.oncall.minutes import MOST, Minutes
from clinic.safety import alerts
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.paging import URGENT, raised, staffed

pytestmark = ROLLED_BACK

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
TWELVE_HOURS = Minutes(second=720, lead=720, everybody=720)


@pytest.fixture
def unchecked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A clinic whose row holds what no check of the database lets through."""
    numbers = dict.fromkeys(("second_page_minutes", "lead_page_minutes", "everybody_page_minutes"), 720)
    monkeypatch.setattr(
        paging, "Clinic", SimpleNamespace(objects=SimpleNamespace(first=lambda: Clinic(**numbers)))
    )
    return staffed(cast)


@pytest.mark.parametrize(
    "minutes",
    [
        TWELVE_HOURS,
        Minutes(second=31, lead=60),
        Minutes(lead=61, everybody=120),
        Minutes(everybody=121),
        Minutes(everybody=9, second=1, lead=2),
        Minutes(second=20, lead=19),
        Minutes(emergency_contact=61),
        Minutes(urgent_contact=481),
        Minutes(emergency_contact=30, urgent_contact=20),
    ],
)
def test_times_beyond_the_bounds_or_out_of_order_are_refused(cast: Cast, minutes: Minutes) -> None:
    with pytest.raises(RotaRefused):
        keeping.set_minutes(minutes=minutes, by=cast.administrator, at=NOW)
    assert paging.minutes_of_the_clinic() == Minutes()


def test_the_latest_times_that_are_allowed_are_set(cast: Cast) -> None:
    keeping.set_minutes(minutes=MOST, by=cast.administrator, at=NOW)
    assert paging.minutes_of_the_clinic() == MOST


@pytest.mark.parametrize(
    "values",
    [
        {"second_page_minutes": 31, "lead_page_minutes": 60},
        {"lead_page_minutes": 61, "everybody_page_minutes": 120},
        {"everybody_page_minutes": 121},
        {"emergency_contact_minutes": 61},
        {"urgent_contact_minutes": 481},
        {"second_page_minutes": 30, "lead_page_minutes": 20},
    ],
)
def test_the_database_refuses_an_escalation_beyond_its_bounds(cast: Cast, values: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.update(**values)


def test_whatever_stands_in_the_database_the_duty_lead_is_paged_within_the_hour(unchecked: Cast) -> None:
    raised(unchecked, URGENT)
    assert paging.escalate(at=NOW + 29 * MINUTE) == 0
    for minutes, step in ((30, Step.SECOND), (60, Step.DUTY_LEAD), (120, Step.EVERYBODY)):
        assert paging.escalate(at=NOW + minutes * MINUTE) == 1
        assert Page.objects.filter(step=step).exists()


def test_times_that_are_read_as_they_stand_leave_the_first_on_call_alone_for_twelve_hours(
    unchecked: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault."""
    monkeypatch.setattr(Minutes, "bounded", lambda minutes: minutes)
    raised(unchecked, URGENT)
    assert paging.escalate(at=NOW + 11 * HOUR) == 0


@pytest.mark.parametrize("days", [23, 1_400])
def test_an_alert_that_nobody_takes_is_paged_again_each_hour_for_years(cast: Cast, days: int) -> None:
    staffed(cast)
    raised(cast, URGENT)
    late = NOW + dt.timedelta(days=days)
    for hours in range(3):
        assert paging.escalate(at=late + hours * HOUR) >= 1
        assert paging.escalate(at=late + hours * HOUR + 59 * MINUTE) == 0
    everybody = Page.objects.filter(step=Step.EVERYBODY, due_at__gte=late)
    assert everybody.values("turn").distinct().count() == 3


def test_an_alert_that_somebody_has_and_nobody_answers_is_paged_again_twice_a_day(cast: Cast) -> None:
    staffed(cast)
    alert = raised(cast, URGENT)
    alerts.take(alert=alert, by=cast.treating, at=NOW)
    for hours in (11, 22, 33, 24 * 60):
        assert paging.escalate(at=NOW + hours * HOUR) >= 1
        assert paging.escalate(at=NOW + hours * HOUR + MINUTE) == 0
    assert Page.objects.filter(step=Step.CEILING).values("turn").distinct().count() == 4

"""Addresses: of a sign-in none is kept, of a wrong password one as long as it slows guessing."""

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.test import Client, override_settings

from clinic import tasks
from clinic.clock import now
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK


def sign_in(password: str) -> int:
    return Client().post("/sign-in/", {"username": "treating", "password": password}).status_code


def test_a_sign_in_leaves_no_address_behind(cast: Cast) -> None:
    assert sign_in(PASSWORD) == 302
    assert not AccessLog.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_planted_fault_without_the_setting_it_does(cast: Cast) -> None:
    with override_settings(AXES_DISABLE_ACCESS_LOG=False):
        assert sign_in(PASSWORD) == 302
    assert AccessLog.objects.get().ip_address
    tasks.forget_addresses()
    assert not AccessLog.objects.exists()


def test_the_address_of_a_wrong_password_goes_when_it_slows_guessing_no_more(cast: Cast) -> None:
    for name, age in (("old", 1), ("new", -1)):
        sign_in(name)
        pause = dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
        AccessAttempt.objects.filter(username="treating").update(
            username=name, attempt_time=now() - pause - dt.timedelta(minutes=age)
        )
    tasks.forget_addresses()
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["new"]


def test_the_clock_asks_for_it() -> None:
    from clinic.celery import app

    asked = [
        each for each in app.conf.beat_schedule.values() if each["task"] == "clinic.tasks.forget_addresses"
    ]
    assert [each["schedule"] for each in asked] == [300.0]

"""One person who writes for an hour pages once, and again for a graver level; none of their alerts is lost by that."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction

from clinic.models.page import Page, Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import escalation, paging
from clinic.oncall.escalation import Case
from clinic.safety import alerts
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.paging import EMERGENCY, URGENT, raised, staffed

SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)


def openings() -> list[str]:
    """Who was paged because an alert opened, each as often as that was so."""
    found = Page.objects.filter(step=Step.FIRST).order_by("recipient__sign_in_name")
    return list(found.values_list("recipient__sign_in_name", flat=True))


@ROLLED_BACK
def test_twenty_alerts_of_one_person_page_as_one_does_at_every_step_and_all_stay_open(cast: Cast) -> None:
    staffed(cast)
    for number in range(20):
        raised(cast, URGENT, at=NOW + number * MINUTE)
        paging.escalate(at=NOW + number * MINUTE)
    assert openings() == ["treating"]
    for minutes in range(20, 130, 10):
        paging.escalate(at=NOW + minutes * MINUTE)
    assert Page.objects.values("alert").distinct().count() == 1
    assert set(Page.objects.values_list("step", "turn")) == {
        ("first", 0),
        ("second", 0),
        ("duty_lead", 0),
        ("everybody", 0),
        ("everybody", 1),
    }
    assert SafetyAlert.objects.filter(closed_at=None, taken_by=None).count() == 20


@ROLLED_BACK
def test_a_graver_level_pages_at_once_and_more_of_it_does_not(cast: Cast) -> None:
    staffed(cast)
    for number, words in enumerate([URGENT, EMERGENCY, URGENT, EMERGENCY]):
        raised(cast, words, at=NOW + number * SECOND)
    assert openings() == ["other", "treating", "treating"]


@ROLLED_BACK
def test_what_comes_after_somebody_took_them_pages_anew_and_runs_a_clock_of_its_own(cast: Cast) -> None:
    staffed(cast)
    paged, _joined = (raised(cast, URGENT, at=NOW + number * MINUTE) for number in range(2))
    alerts.take(alert=paged, by=cast.treating, at=NOW + 2 * MINUTE)
    later = raised(cast, URGENT, at=NOW + 3 * MINUTE)
    raised(cast, URGENT, at=NOW + 4 * MINUTE)
    assert openings() == ["treating", "treating"]
    assert paging.escalate(at=NOW + 17 * MINUTE) == 0
    assert paging.escalate(at=NOW + 18 * MINUTE) == 1
    assert Page.objects.get(step=Step.SECOND, recipient=cast.other_psychologist.user).alert_id == later.pk


@ROLLED_BACK
def test_an_older_alert_that_is_seen_later_joins_the_one_that_was_paged(cast: Cast) -> None:
    staffed(cast)
    raised(cast, URGENT, at=NOW + SECOND)
    raised(cast, URGENT, at=NOW)
    assert paging.escalate(at=NOW + MINUTE) == 0
    assert openings() == ["treating"]


@ROLLED_BACK
def test_a_clock_that_forgets_what_was_paged_pages_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault."""
    made = escalation.due

    def forgetful(cases: Any, *rest: Any, **more: Any) -> Any:
        names = ("alert", "patient", "level", "since")
        return made([Case(**{name: getattr(each, name) for name in names}) for each in cases], *rest, **more)

    monkeypatch.setattr(escalation, "due", forgetful)
    staffed(cast)
    raised(cast, URGENT, at=NOW + SECOND)
    raised(cast, URGENT, at=NOW)
    assert paging.escalate(at=NOW + MINUTE) == 1


@pytest.fixture
def elsewhere(cast: Cast) -> Iterator[None]:
    """Another transaction in which an alert of the same person opens."""
    other = connections["default"].copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        name = f"pages of {cast.patient.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    yield
    other.rollback()
    other.close()


@COMMITTED
def test_while_another_one_opens_an_alert_waits_for_nobody_and_the_watch_pages(
    cast: Cast, elsewhere: None
) -> None:
    staffed(cast)
    alert = raised(cast, EMERGENCY)
    assert SafetyAlert.objects.filter(pk=alert.pk).exists()
    assert openings() == []
    assert paging.escalate(at=NOW) == 1
    assert openings() == ["other", "treating"]


@COMMITTED
def test_ten_that_open_at_one_moment_page_once(cast: Cast) -> None:
    staffed(cast)

    def opened() -> None:
        with transaction.atomic():
            raised(cast, URGENT)

    assert errors(at_once(*[opened] * 10)) == []
    paging.escalate(at=NOW)
    assert openings() == ["treating"]
    assert SafetyAlert.objects.filter(closed_at=None).count() == 10

"""Help that was shown once stays: on the form after a reload, on Today, until the clinic has dealt with it (SR-27)."""

import datetime as dt

import pytest
from django.test import Client

from clinic import clock
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import alerts
from tests.answering import closed, opened
from tests.cast import Cast
from tests.database import COMMITTED
from tests.forms import ITEM_9, assigned
from tests.integration.dashboard.portal.asked import PHQ9, form
from tests.integration.dashboard.portal.pages import CHECK_IN, CONCERN, URGENT, filled, html_of

pytestmark = COMMITTED

PINNED = "help-card--pinned"
PAGES = ("/my/", CHECK_IN, PHQ9, "/my/messages/")
DAY = dt.timedelta(hours=25)


@pytest.fixture(autouse=True)
def due(cast: Cast) -> None:
    """The PHQ-9 is asked for since yesterday."""
    assigned(cast.patient, cast.treating)


def test_item_9_that_was_never_sent_keeps_its_card_on_the_form_on_today_and_wherever_one_writes(
    portal: Client,
) -> None:
    assert not any(PINNED in html_of(portal, path) for path in PAGES)
    portal.post(PHQ9, form({ITEM_9: 2}, step="autosave"))
    for path in PAGES:
        page = html_of(portal, path)
        assert page.count(PINNED) == 1, path
        assert "Call your local emergency number" in page.split(PINNED, 1)[1].split("</section>", 1)[0], path
        assert "The clinic was told." in page, path


def test_an_answer_that_is_taken_back_does_not_take_the_card_away(portal: Client) -> None:
    first = form({ITEM_9: 2}, step="autosave")
    portal.post(PHQ9, first)
    portal.post(PHQ9, form({ITEM_9: 0}, step="autosave", submission=first["submission"]))
    assert PINNED in html_of(portal, PHQ9)


def test_the_gravest_words_name_the_card_and_the_words_themselves_are_not_repeated(portal: Client) -> None:
    portal.post(CHECK_IN, filled(2, CONCERN))
    assert "Your psychologist will see a note about it." in html_of(portal, "/my/")
    portal.post(CHECK_IN, filled(2, URGENT))
    portal.post(CHECK_IN, filled(2, CONCERN))
    page = html_of(portal, "/my/")
    assert "The clinic was told." in page
    assert "want to die" not in page


def test_the_page_of_the_first_card_shows_one_card_and_not_two(portal: Client) -> None:
    page = portal.post(PHQ9, form({ITEM_9: 2}) | {"q-44250-9": "7"}).content.decode()
    assert page.count('<section class="help-card') == 1


def test_it_says_that_somebody_has_seen_it_and_goes_a_day_after_the_clinic_has_closed_it(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.post(CHECK_IN, filled(2, URGENT))
    alert, now = SafetyAlert.objects.get(), clock.now()
    assert alert.level == AlertLevel.URGENT
    alerts.take(alert=alert, by=cast.treating, at=now)
    opened(alert, cast.treating, at=now)
    assert "Dr Maya Okonkwo has read it, " in html_of(portal, "/my/")
    closed(alert, cast.treating, at=now)
    assert PINNED in html_of(portal, "/my/")
    monkeypatch.setattr(clock, "now", lambda: now + DAY)
    assert PINNED not in html_of(portal, "/my/")


def test_while_nobody_has_closed_it_it_stays_for_however_long(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.post(CHECK_IN, filled(2, URGENT))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + DAY)
    assert PINNED in html_of(portal, "/my/")

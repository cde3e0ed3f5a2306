"""What a patient reads after words of danger: who was told when, from the alert's own pages, in the card's language."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clinic import clock
from clinic.models.oncall import Position
from clinic.models.page import Outcome, Page, PageAttempt
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts, answering
from tests.answering import closed, opened
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import CONCERN, URGENT, html_of, text_of
from tests.paging import on_call, reached

pytestmark = ROLLED_BACK

PATH = "/my/messages/"


def sent(client: Client, words: str = URGENT) -> str:
    form: dict[str, Any] = {"words": words, "submission": str(uuid4())}
    return text_of(client.post(PATH, form))


@pytest.fixture
def staffed(cast: Cast) -> Cast:
    for by, position in ((cast.treating, Position.FIRST), (cast.other_psychologist, Position.SECOND)):
        on_call(cast, by, position)
        reached(cast, by)
    return cast


def delivered(at: dt.datetime) -> None:
    for page in Page.objects.all():
        PageAttempt.objects.create(page=page, number=1, outcome=Outcome.BEGUN, happened_at=at)
        PageAttempt.objects.create(page=page, number=1, outcome=Outcome.SENT, happened_at=at)


def test_with_nobody_to_be_reached_nothing_is_promised(portal: Client) -> None:
    assert "Nobody could be called just now." in sent(portal)
    assert "when somebody is next at work" in html_of(portal, PATH)


def test_who_is_on_call_is_told_and_the_page_says_until_when(portal: Client, staffed: Cast) -> None:
    assert "the psychologist on call is told those words" in html_of(portal, PATH)
    page = sent(portal)
    due = SafetyAlert.objects.get().happened_at + dt.timedelta(minutes=15)
    assert "The psychologist on call is being told now." in page
    assert f"If nobody has answered by {due:%H:%M}, a second person is told." in page
    assert "Dr Maya Okonkwo has read" not in page


def test_the_pinned_card_follows_until_the_clinic_has_closed_it(
    portal: Client, staffed: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(portal)
    now = clock.now()
    delivered(now)
    assert "The psychologist on call has been told, " in html_of(portal, "/my/check-in/")
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(minutes=40))
    assert "Nobody has answered yet." in html_of(portal, "/my/check-in/")
    alert = SafetyAlert.objects.get()
    alerts.take(alert=alert, by=staffed.treating, at=clock.now())
    assert "Dr Maya Okonkwo has taken it on, " in html_of(portal, "/my/check-in/")
    opened(alert, staffed.treating, at=clock.now())
    assert "Dr Maya Okonkwo has read it, " in html_of(portal, "/my/check-in/")
    soon = clock.now() + dt.timedelta(hours=1)
    answering.not_reached(
        alert=alert, submission=uuid4(), retry_at=soon, note="", by=staffed.treating, at=clock.now()
    )
    assert "They tried to reach you, " in html_of(portal, "/my/check-in/")
    closed(alert, staffed.treating, at=clock.now())
    assert "The clinic has looked after this, " in html_of(portal, "/my/check-in/")


def test_a_second_alert_shows_the_clock_of_the_first(portal: Client, staffed: Cast) -> None:
    sent(portal)
    first = SafetyAlert.objects.get().happened_at + dt.timedelta(minutes=15)
    page = sent(portal, "I want to die, I cannot go on")
    assert SafetyAlert.objects.count() == 2
    assert f"If nobody has answered by {first:%H:%M}, a second person is told." in page


def test_of_a_concern_nobody_is_called_and_it_says_so(portal: Client, staffed: Cast) -> None:
    assert "Nobody is called because of it." in sent(portal, CONCERN)


def test_the_third_card_of_a_kind_is_another_one_and_the_number_stays(portal: Client) -> None:
    pages = [sent(portal, words) for words in (URGENT, "I want to die now please", "I just want to die")]
    headings = [page.split('id="help-card-title"')[1].split("</h2>")[0] for page in pages]
    assert len(set(headings)) == 3
    assert all("Call your local emergency number" in page for page in pages)


def test_what_was_passed_on_is_said_in_the_language_of_the_card(portal: Client, cast: Cast) -> None:
    cast.patient.language = "ru"
    cast.patient.save()
    page = sent(portal, "Я больше не хочу жить")
    told = page.split('class="card told"')[1].split("</section>")[0]
    assert told.startswith(' lang="ru"')
    assert "What was passed on" not in told
    assert "In this language the program notices only a part" in page
    assert "программа замечает лишь часть опасности" in html_of(portal, PATH)


def test_in_a_language_that_nobody_reads_the_page_says_so_before_anything_is_typed(
    portal: Client, cast: Cast
) -> None:
    cast.patient.language = "pl"
    cast.patient.save()
    for path in (PATH, "/my/check-in/", "/my/safety-plan/coping/", "/my/about/profile/"):
        page = html_of(portal, path)
        assert page.index("This language is not read for danger.") < page.index("<textarea"), path
        assert "Ten język nie jest czytany" in page

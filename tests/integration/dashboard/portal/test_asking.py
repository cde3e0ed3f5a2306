"""A person in one press from every page: the clinic is told, the page says what follows, and it closes nothing."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.page import Page
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import alerts
from clinic.safety.contacts import contacts_may_be_told
from clinic.safety.help import card_for
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.integration.dashboard.portal.pages import PAGES, html_of, text_of
from tests.paging import staffed
from tests.sign_in import signed_in

pytestmark = COMMITTED

PATH = "/my/ask/"


def press(client: Client, **more: Any) -> Any:
    return client.post(PATH, {"submission": str(uuid4()), **more})


@pytest.mark.parametrize("path", [*PAGES, "/my/safety-plan/", "/my/messages/"])
def test_every_page_asks_in_one_press_and_dials_in_one(portal: Client, cast: Cast, path: str) -> None:
    page = html_of(portal, path)
    assert page.count('action="/my/ask/"') == 1
    assert 'href="/my/help/">' in page
    cast.clinic.is_demonstration = True
    cast.clinic.save()
    bar = html_of(portal, path).split('<aside class="help-bar"')[1].split("</aside>")[0]
    dialled = next(a.href for a in _card("help").actions if a.href)
    assert f'href="{dialled}"' in bar
    assert "fictional" in bar


def _card(protocol: str) -> Any:
    return card_for(protocol, country="GB", language="en", demonstration=True, today=NOW.date())


def test_a_press_opens_one_urgent_alert_that_is_paged_and_says_what_follows(
    portal: Client, cast: Cast
) -> None:
    staffed(cast)
    page = text_of(press(portal))
    alert = SafetyAlert.objects.get()
    assert (alert.level, alert.categories, alert.card) == (
        AlertLevel.URGENT,
        ["asked_for_person"],
        "asked_for_person",
    )
    assert Page.objects.filter(alert=alert).exists()
    assert "The psychologist on call is being told now." in page
    assert "The clinic was told that you ask for a person, and nothing else." in page
    assert page.count('role="alert"') == 1
    press(portal)
    assert SafetyAlert.objects.count() == 1


def test_all_right_closes_nothing_and_is_told_to_whoever_has_it(portal: Client, cast: Cast) -> None:
    press(portal)
    assert "The clinic was told that you are all right now" in text_of(press(portal, act="all_right"))
    asked, said = SafetyAlert.objects.order_by("happened_at", "recorded_at")
    assert (asked.closed_at, said.level) == (None, AlertLevel.CONCERN)
    press(portal, act="all_right")
    assert SafetyAlert.objects.count() == 2
    staff = signed_in(Client(), cast.treating)
    alerts.take(alert=said, by=cast.treating, at=NOW)
    assert "then pressed “I am all right now”" in text_of(staff.get(f"/safety/{said.pk}/"))
    assert "They pressed “Ask a person”" in text_of(staff.get(f"/safety/{asked.pk}/"))


def test_without_a_request_there_is_nothing_to_be_all_right_about(portal: Client) -> None:
    press(portal, act="all_right")
    assert not SafetyAlert.objects.exists()


def test_after_it_was_closed_another_press_opens_another(portal: Client, cast: Cast) -> None:
    press(portal)
    alert = SafetyAlert.objects.get()
    alerts.take(alert=alert, by=cast.treating, at=alert.happened_at)
    closed(alert, cast.treating, at=alert.happened_at)
    assert "Ask a person to contact me" in html_of(portal, PATH)
    press(portal)
    assert SafetyAlert.objects.count() == 2


def test_a_press_whose_session_has_ended_is_told_all_the_same(cast: Cast) -> None:
    assert cast.patient.user is not None
    token = owner_token(cast.patient.user)
    response = press(Client(), **{OWNER_FIELD: token})
    assert (response.status_code, SafetyAlert.objects.get().patient) == (401, cast.patient)
    assert "You asked for a person." in text_of(response)


def test_a_form_from_elsewhere_asks_for_nobody(cast: Cast) -> None:
    client = signed_in(Client(enforce_csrf_checks=True), cast.as_patient)
    assert press(client).status_code == 200
    page = text_of(press(Client()))
    assert "Nobody was told, because this page cannot know who you are" in page
    assert 'class="help-card' in page
    assert not SafetyAlert.objects.exists()


def abused(client: Client) -> Any:
    return client.post("/my/messages/", {"words": "My husband hit me", "submission": str(uuid4())})


def titles(client: Client) -> set[str]:
    return {html_of(client, path).split("<title>")[1].split("</title>")[0] for path in ("/my/", *PAGES)}


def test_after_words_of_abuse_titles_say_nothing_and_the_card_leads_away(portal: Client) -> None:
    assert "Notes" not in titles(portal)
    page = text_of(abused(portal))
    assert "<title>Notes</title>" in page
    card = page.split('role="alert"')[1].split("</section>")[0]
    assert "data-leave" in card
    assert "Nothing is sent to your family, your home or your contacts because of this." in card
    assert titles(portal) == {"Notes"}
    pinned = html_of(portal, "/my/check-in/").split("help-card--pinned")[1].split("</section>")[0]
    assert "data-leave" in pinned


def test_no_contact_is_told_anything_once_there_were_words_of_abuse(portal: Client, cast: Cast) -> None:
    assert contacts_may_be_told(cast.patient)
    abused(portal)
    alert = SafetyAlert.objects.get()
    assert not contacts_may_be_told(cast.patient)
    alerts.take(alert=alert, by=cast.treating, at=alert.happened_at)
    closed(alert, cast.treating, at=alert.happened_at)
    assert not contacts_may_be_told(cast.patient)
    assert contacts_may_be_told(cast.other_patient)

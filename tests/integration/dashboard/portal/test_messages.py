"""The patient's page of messages: who reads, help in the same answer, nothing lost and nothing twice."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clinic import access, messages
from clinic.models.care import CareRelationship
from clinic.models.message import Message
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import alerts
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import written, wrote
from tests.integration.dashboard.portal.pages import URGENT, html_of, keys_away, text_of
from tests.integration.dashboard.portal.test_check_in_ended import sealed_in, strict
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

PATH = "/my/messages/"


def form(words: str) -> dict[str, Any]:
    return {"words": words, "submission": str(uuid4())}


def shows_help(response: Any) -> bool:
    return b'class="help-card' in response.content


def test_who_reads_when_to_expect_an_answer_and_that_nobody_watches_is_said_before_typing(
    portal: Client,
) -> None:
    page = html_of(portal, PATH)
    for words in (
        "Dr Maya Okonkwo reads what you write here, when next at work.",
        "They aim to answer within 2 days.",
        "Nobody watches this page live, and it is not an emergency service.",
    ):
        assert page.index(words) < page.index("<textarea")


def test_a_message_is_stored_once_and_shown_with_whether_it_was_read(portal: Client, cast: Cast) -> None:
    sent = form("The bus was late, sorry.")
    assert [portal.post(PATH, sent).status_code for _ in range(2)] == [302, 302]
    assert Message.objects.count() == 1
    assert "Not read yet" in html_of(portal, PATH)
    messages.mark_read(Message.objects.all(), patient=cast.patient, by=cast.treating, at=NOW)
    assert "Read by Dr Maya Okonkwo" in html_of(portal, PATH)


def test_what_staff_wrote_says_that_a_person_wrote_it_and_is_read_by_being_shown(
    portal: Client, cast: Cast
) -> None:
    written(cast.patient, cast.treating, "See you on Thursday.")
    first = html_of(portal, "/my/about/")
    assert '<span class="count">1' in first
    page = html_of(portal, PATH)
    assert "See you on Thursday." in page
    assert "Written by Dr Maya Okonkwo, not by a program." in page
    assert Message.objects.get().read_by == cast.patient.user
    assert '<span class="count">' not in html_of(portal, "/my/about/")


def test_urgent_words_show_help_in_the_same_answer_and_the_message_is_sent(
    portal: Client, cast: Cast
) -> None:
    response = portal.post(PATH, form(URGENT))
    page = text_of(response)
    assert (response.status_code, shows_help(response)) == (200, True)
    assert "The clinic was told these words:" in page
    assert "Your message was sent. You can keep writing." in page
    assert page.index("help-card") < page.index("<textarea")
    assert SafetyAlert.objects.get().level == AlertLevel.URGENT
    assert Message.objects.count() == 1


@pytest.mark.parametrize("words", [" " * 3 + "\n", "x" * 5_001, URGENT + "x" * 5_000])
def test_what_does_not_fit_is_kept_and_read_for_danger_all_the_same(portal: Client, words: str) -> None:
    response = portal.post(PATH, form(words))
    assert response.status_code == 422
    assert words.strip() in text_of(response)
    assert not Message.objects.exists()
    assert shows_help(response) == (URGENT in words and SafetyAlert.objects.count() == 1)


def test_with_the_key_store_away_help_is_shown_and_the_words_stay(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    response = portal.post(PATH, form(URGENT))
    page = text_of(response)
    assert shows_help(response)
    assert "Not sent: the clinic’s key store does not answer" in page
    assert f">\n{URGENT}</textarea>" in page
    assert SafetyAlert.objects.get().words is None


def test_with_nobody_in_care_there_is_no_form_and_words_still_call_for_help(
    portal: Client, cast: Cast
) -> None:
    wrote(cast.patient, "Written before.")
    access.end_care(care=CareRelationship.objects.get(patient=cast.patient), by=cast.administrator, at=NOW)
    page = html_of(portal, PATH)
    assert "<textarea" not in page
    assert "Nobody would read a message here" in page
    assert "Written before." in page
    response = portal.post(PATH, form(URGENT))
    assert (response.status_code, shows_help(response)) == (422, True)
    assert Message.objects.count() == 1


def test_the_same_form_with_other_words_is_offered_as_a_new_message(portal: Client) -> None:
    sent = form("First.")
    portal.post(PATH, sent)
    page = text_of(portal.post(PATH, sent | {"words": "Second."}))
    assert "You had sent this already, with other words" in page
    assert ">\nSecond.</textarea>" in page
    assert sent["submission"] not in page
    assert Message.objects.count() == 1


def test_after_the_session_ended_danger_is_noticed_and_the_words_come_back(
    client: Client, cast: Cast
) -> None:
    assert cast.patient.user
    typed = form(URGENT) | {OWNER_FIELD: owner_token(cast.patient.user)}
    response = client.post(PATH, typed)
    assert (response.status_code, shows_help(response)) == (401, True)
    assert SafetyAlert.objects.get().patient == cast.patient
    signing = {"username": "amara", "password": "a long password of the tests", "resume": sealed_in(response)}
    assert client.post("/sign-in/", signing | {"next": PATH})["Location"] == PATH
    assert f">\n{URGENT}</textarea>" in html_of(client, PATH)
    assert not Message.objects.exists()


def test_a_forged_form_stores_nothing_and_tells_nobody(cast: Cast) -> None:
    response = strict(cast).post(PATH, form(URGENT))
    assert shows_help(response)
    assert not SafetyAlert.objects.exists()
    assert not Message.objects.exists()


def test_older_messages_stand_on_a_page_of_their_own(portal: Client, cast: Cast) -> None:
    for number in range(23):
        written(cast.patient, cast.treating, f"Number {number:02}.")
    first = html_of(portal, PATH)
    assert first.count('<article class="letter') == 20
    last = Message.objects.order_by("-sent_at", "-id")[19]
    assert html_of(portal, f"{PATH}?before={last.pk}").count('<article class="letter') == 3


def test_another_patient_reads_nothing_of_it(cast: Cast) -> None:
    written(cast.patient, cast.treating, "For Amara only.")
    other = signed_in(Client(), cast.as_patient.__class__(cast.other_patient.user, "patient"))
    assert "For Amara only." not in html_of(other, PATH)
    assert Message.objects.get().read_by is None


def test_planted_fault_a_view_that_forgot_to_read_would_be_found(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = alerts.notice
    monkeypatch.setattr(messages, "notice", lambda **given: read(**given | {"text": ""}))
    assert not shows_help(portal.post(PATH, form(URGENT)))
    assert not SafetyAlert.objects.exists()

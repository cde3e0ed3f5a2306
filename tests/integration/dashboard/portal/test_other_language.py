"""Words in a language that is not read for danger: help and an honest sentence in the answer, and no alarm (SR-44)."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.message import Message
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.dashboard.portal.pages import CHECK_IN, filled, text_of

pytestmark = COMMITTED

GERMAN = "Ich will heute Nacht sterben, ich habe alles vorbereitet"
IN_GERMAN = "In dieser Sprache bemerkt das Programm nur einen Teil der Gefahr"
PLAN = "/my/safety-plan/coping/"


def answers(portal: Client, words: str) -> list[str]:
    message = portal.post("/my/messages/", {"words": words, "submission": str(uuid4())}, follow=True)
    plan = portal.post(PLAN, {"note": words, "seen": "0", "submission": str(uuid4())}, follow=True)
    return [text_of(each) for each in (message, portal.post(CHECK_IN, filled(4, words), follow=True), plan)]


def test_words_of_a_language_that_is_not_read_are_answered_with_help_and_that_sentence(
    portal: Client,
) -> None:
    for page in answers(portal, GERMAN):
        assert IN_GERMAN in page
        assert "the program does not know their language" in page
        assert "Call your local emergency number" in page
        assert "help-card--gentle" in page
    assert Message.objects.count() == 1, "what was written is kept all the same"
    assert not SafetyAlert.objects.exists()


def test_of_a_language_that_nobody_named_it_is_said_in_english(portal: Client) -> None:
    for page in answers(portal, "मैं जीना नहीं चाहता, आज रात"):
        assert "This language is not read for danger." in page


@pytest.mark.parametrize(
    "words", ["A quiet day, c'est la vie", "Спала хорошо, гуляла", "Bugun yaxshi uxladim", "ok"]
)
def test_words_of_a_language_that_is_read_and_short_ones_are_answered_as_ever(
    portal: Client, words: str
) -> None:
    for page in answers(portal, words):
        assert "does not know their language" not in page
        assert 'role="alert" aria-labelledby="help-card-title"' not in page


def test_the_first_test_fails_where_only_the_set_language_counts(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "language_of", lambda _text: None)
    assert not any(IN_GERMAN in page for page in answers(portal, GERMAN))


def test_words_of_danger_beside_them_keep_their_own_card_and_say_it_too(portal: Client, cast: Cast) -> None:
    words = f"{GERMAN}. Ich kann nicht mehr. Kill myself"
    page = text_of(portal.post("/my/messages/", {"words": words, "submission": str(uuid4())}))
    assert SafetyAlert.objects.filter(patient=cast.patient).exists()
    assert "The clinic was told" in page
    assert IN_GERMAN in page

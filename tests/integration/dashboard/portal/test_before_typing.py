"""What is said before anything is typed stands in the language of whoever reads it (SR-30)."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.dashboard.portal.pages import CHECK_IN, html_of, text_of

pytestmark = COMMITTED

MESSAGES = "/my/messages/"
ENGLISH = "Nobody watches this page live"
SAID = {
    "ru": "За этой страницей никто не следит",
    "uz": "Bu sahifani hech kim",
}
both = pytest.mark.parametrize("code", ["ru", "uz"])


def speaks(cast: Cast, code: str) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(language=code)


@both
@pytest.mark.parametrize("path", [MESSAGES, CHECK_IN, "/my/safety-plan/coping/", "/my/about/profile/"])
def test_that_nobody_watches_is_said_in_ones_own_language(
    portal: Client, cast: Cast, code: str, path: str
) -> None:
    speaks(cast, code)
    page = html_of(portal, path)
    assert ENGLISH not in page
    assert SAID[code] in page


@both
def test_the_whole_page_of_messages_speaks_it_and_what_is_said_after_sending(
    portal: Client, cast: Cast, code: str
) -> None:
    speaks(cast, code)
    page = html_of(portal, MESSAGES)
    assert f'<html lang="{code}"' in page
    assert "Dr Maya Okonkwo" in page
    assert not [
        words for words in ("Your message", "They aim to answer", "What was written") if words in page
    ]
    sent = text_of(portal.post(MESSAGES, {"words": "1, 2, 3", "submission": str(uuid4())}, follow=True))
    assert {"ru": "Отправлено.", "uz": "Yuborildi."}[code] in sent
    assert "Not read yet" not in sent


def test_in_english_it_stays_english(portal: Client) -> None:
    assert ENGLISH in html_of(portal, MESSAGES)

"""The portal in the patient's own language: what is translated, what is English and says so."""

import re

import pytest
from django.test import Client

from clinic.models.consent import ConsentGrant
from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.integration.dashboard.portal.pages import (
    CHECK_IN,
    URGENT,
    check_ins_of,
    filled,
    html_of,
    of_owner,
    text_of,
)
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

WORDS = {
    "ru": {
        "nav": "Мой план",
        "save": "Сохранить",
        "low": "Очень плохо",
        "calm": "Спокойствие",
        "saved": "Сохранено.",
    },
    "uz": {
        "nav": "Rejam",
        "save": "Saqlash",
        "low": "Juda past",
        "calm": "Xotirjamlik",
        "saved": "Saqlandi.",
    },
}
both = pytest.mark.parametrize("code", ["ru", "uz"])


def speaks(cast: Cast, code: str) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(language=code)


@both
def test_the_check_in_speaks_the_language_of_the_record(portal: Client, cast: Cast, code: str) -> None:
    speaks(cast, code)
    page = html_of(portal, CHECK_IN)
    assert f'<html lang="{code}"' in page
    assert all(WORDS[code][part] in page for part in ("nav", "save", "low", "calm"))
    assert "Save" not in page
    assert f'<form class="card stack check-in" lang="{code}"' in page


@COMMITTED
@both
def test_a_page_that_is_not_translated_is_english_with_its_frame_and_form_in_ones_own(
    portal: Client, cast: Cast, code: str
) -> None:
    speaks(cast, code)
    page = html_of(portal, "/my/")
    assert '<html lang="en"' in page
    assert "Who has looked at your record" in page
    assert re.search(rf'<nav class="portal-nav" lang="{code}"', page)
    assert f'<form class="card stack check-in" lang="{code}"' in page
    assert WORDS[code]["low"] in page
    assert "How are you right now?" not in page


@COMMITTED
@both
def test_what_is_said_after_saving_keeps_its_language_on_the_next_page(
    portal: Client, cast: Cast, code: str
) -> None:
    speaks(cast, code)
    page = text_of(portal.post(CHECK_IN, filled(mood=4), follow=True))
    assert f'<div lang="{code}">' in page
    assert WORDS[code]["saved"] in page


@both
def test_words_of_danger_bring_the_card_in_ones_own_language(portal: Client, cast: Cast, code: str) -> None:
    speaks(cast, code)
    page = text_of(portal.post(CHECK_IN, filled(note=URGENT)))
    assert f'lang="{code}" role="alert"' in page
    assert {"ru": "Перевод не проверен", "uz": "Tarjima tekshirilmagan"}[code] in page
    assert {"ru": "Клинике переданы эти слова:", "uz": "Klinikaga shu soʻzlar aytildi:"}[code] in page
    assert "“I want to die”" in page
    assert check_ins_of(cast.patient)


@both
def test_a_field_that_does_not_fit_is_said_in_ones_own_language(
    portal: Client, cast: Cast, code: str
) -> None:
    speaks(cast, code)
    page = text_of(portal.post(CHECK_IN, filled(mood="")))
    assert {"ru": "Выберите число от 0 до 10", "uz": "0 dan 10 gacha son tanlang"}[code] in page


def test_get_help_speaks_it_too_also_on_the_page_for_everybody(portal: Client, cast: Cast) -> None:
    speaks(cast, "ru")
    for address in ("/my/help/", "/help/", "/leave/"):
        assert '<html lang="ru"' in html_of(portal, address), address


def test_a_consent_is_recorded_in_the_language_in_which_it_was_read(portal: Client, cast: Cast) -> None:
    speaks(cast, "ru")
    for answer in ("withdraw", "give"):
        portal.post("/my/about/", {"source": "check_in", "purpose": "share", "answer": answer})
    grant = ConsentGrant.objects.filter(patient=cast.patient, purpose="share").latest("given_at")
    assert grant.text_language == "en"
    assert '<html lang="en"' in html_of(portal, "/my/about/")


def test_a_record_in_a_language_without_a_catalogue_gets_english(portal: Client, cast: Cast) -> None:
    speaks(cast, "kk")
    page = html_of(portal, CHECK_IN)
    assert '<html lang="en"' in page
    assert "How are you right now?" in page


@pytest.mark.parametrize("asked", ["ru", "ru-RU,ru;q=0.9,en;q=0.5"])
def test_before_sign_in_the_browser_is_asked(client: Client, cast: Cast, asked: str) -> None:
    page = text_of(client.get("/help/", headers={"accept-language": asked}))
    assert '<html lang="ru"' in page
    assert "Вы не обязаны оставаться с этим наедине." in page
    sign_in = text_of(client.get("/sign-in/", headers={"accept-language": asked}))
    assert '<html lang="en"' in sign_in
    assert "Вы сейчас в опасности?" in sign_in


def test_the_switch_comes_before_the_browser_and_the_record_before_both(client: Client, cast: Cast) -> None:
    answer = client.post(
        "/language/", {"language": "uz", "next": "/help/"}, headers={"accept-language": "ru"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    page = text_of(client.get("/help/", headers={"accept-language": "ru"}))
    assert '<html lang="uz"' in page
    assert 'value="uz" lang="uz" aria-pressed="true"' in page
    signed_in(client, cast.as_patient)
    page = html_of(client, "/help/")
    assert '<html lang="en"' in page
    assert "language-switch" not in page


def test_the_switch_takes_no_other_language_and_leads_nowhere_else(client: Client, cast: Cast) -> None:
    answer = client.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert not answer.cookies


def test_an_ended_session_shows_the_card_in_the_language_of_whose_form_it_was(
    client: Client, cast: Cast
) -> None:
    speaks(cast, "ru")
    page = text_of(client.post(CHECK_IN, of_owner(cast.patient, note=URGENT)))
    assert '<html lang="en"' in page
    assert 'lang="ru" role="alert"' in page


def test_staff_read_english_whatever_their_browser_asks_for(client: Client, cast: Cast) -> None:
    page = text_of(signed_in(client, cast.treating).get("/queue/", headers={"accept-language": "ru"}))
    assert '<html lang="en"' in page
    assert not re.search("[а-яё]", page)


def test_an_address_that_does_not_exist_is_english_and_says_so(client: Client, cast: Cast) -> None:
    page = text_of(client.get("/nowhere/", headers={"accept-language": "ru"}))
    assert '<html lang="en"' in page

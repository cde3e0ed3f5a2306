"""Help cards in other languages: the same number of acts, whole or English, and honest about who has checked them."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from clinic.safety import help_languages
from clinic.safety.help import HelpCard, card_for
from clinic.safety.help_cards import CARDS, VERSION
from clinic.safety.help_languages import Review

TODAY = dt.date(2025, 6, 1)
CODES = [code for code, _name in settings.LANGUAGES if code != "en"]
LOCAL = {
    "ru": ("местному номеру экстренной помощи", "ближайшее отделение неотложной помощи"),
    "uz": ("shoshilinch yordam raqamiga", "eng yaqin shoshilinch yordam boʻlimiga"),
}
every_card = pytest.mark.parametrize("protocol", sorted(CARDS))
every_language = pytest.mark.parametrize("language", CODES)


def card(protocol: str, language: str, *, demonstration: bool = False) -> HelpCard:
    return card_for(protocol, country="GB", language=language, demonstration=demonstration, today=TODAY)


def words_of(shown: HelpCard) -> list[str]:
    acts = [words for action in shown.actions for words in (action.label, action.detail)]
    return [shown.heading, shown.lead, *acts, *shown.notes]


@every_language
@every_card
def test_a_translated_card_says_as_much_as_the_english_one_in_the_same_order(
    protocol: str, language: str
) -> None:
    shown, english = card(protocol, language, demonstration=True), card(protocol, "en", demonstration=True)
    assert shown.language == language
    assert [(a.kind, a.href) for a in shown.actions] == [(a.kind, a.href) for a in english.actions]
    assert len(shown.notes) == len(english.notes)
    assert all(words.strip() for words in words_of(shown))


@every_language
@every_card
def test_without_a_checked_line_it_names_the_local_number_and_the_nearest_department(
    protocol: str, language: str
) -> None:
    number, department = LOCAL[language]
    (call,) = [action for action in card(protocol, language).actions if action.kind == "call"]
    assert number in call.label
    assert department in call.detail


@every_language
@every_card
def test_it_is_as_plain_as_the_english_one(protocol: str, language: str) -> None:
    """No digits, no shouting, no left placeholder, and hardly longer: it must fit on a small screen."""
    shown, english = " ".join(words_of(card(protocol, language))), " ".join(words_of(card(protocol, "en")))
    assert not re.search(r"[\d!%]", shown)
    assert len(shown) < 1.5 * len(english)


@every_language
def test_an_unreviewed_translation_says_so_and_carries_the_english_card(language: str) -> None:
    shown = card("crisis", language)
    assert shown.original == card("crisis", "en")
    page = render_to_string("_components/help_card.html", {"card": shown})
    note = {"ru": "Перевод не проверен", "uz": "Tarjima tekshirilmagan"}[language]
    assert note in page
    assert f'lang="{language}" role="alert"' in page
    assert page.index('<details class="help-card__original" lang="en">') < page.index("In English")
    assert page.count("help-card__action--first") == 1
    assert "Thank you for telling us." in page


def test_an_english_card_has_no_translation_to_speak_of() -> None:
    page = render_to_string("_components/help_card.html", {"card": card("crisis", "en")})
    assert "<details" not in page
    assert "translation" not in page


def test_a_reviewed_translation_stands_alone_until_a_card_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    review = Review(by="A. Example, clinical psychologist", on=TODAY, version=VERSION)
    monkeypatch.setitem(help_languages.REVIEWS, "ru", review)
    assert card("crisis", "ru").original is None
    monkeypatch.setitem(help_languages.REVIEWS, "ru", replace(review, version="0.9"))
    assert card("crisis", "ru").original is not None


@pytest.mark.parametrize("language", ["kk", "de", "fr", "", None, "xx"])
def test_a_language_without_a_catalogue_gets_the_english_card(language: str | None) -> None:
    shown = card_for("crisis", country="GB", language=language, demonstration=False, today=TODAY)
    assert (shown.language, shown.original) == ("en", None)
    assert shown.heading.startswith("Thank you")


def test_a_card_of_which_one_sentence_is_missing_is_english_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(CARDS, "crisis", replace(CARDS["crisis"], lead="Nobody has translated this."))
    shown = card("crisis", "ru")
    assert shown.language == "en"
    assert not re.search("[а-я]", " ".join(words_of(shown)))


@pytest.mark.parametrize("tag", ["ru-RU", "ru_RU", "uz-Latn-UZ"])
def test_a_longer_tag_of_a_language_is_that_language(tag: str) -> None:
    assert card("crisis", tag).language == tag[:2]


def test_the_active_language_is_left_as_it_was() -> None:
    with translation.override("en"):
        card("crisis", "ru")
        assert translation.get_language() == "en"

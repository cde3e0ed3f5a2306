"""The catalogues: whole where they must be, in step with the code, honest about what nobody has reviewed."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from clinic.safety.help_cards import CARDS
from tests.messages import ROOT, Key, everything, of_code, of_file, of_template
from tests.rules.translated import WHOLE

CODES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")
HOW = "docs/how-to/translate.md says how"

Catalogue = dict[Key, polib.POEntry]


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po"))


def entries(code: str) -> Catalogue:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue(code)}


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def untranslated(wanted: set[Key], found: Catalogue) -> list[str]:
    """The English sentences that have no translation."""
    return sorted(
        key[1] for key in wanted if key not in found or not all(s.strip() for s in said(found[key]))
    )


def unequal(found: Catalogue) -> list[str]:
    """The sentences whose translation has other placeholders."""
    return [
        entry.msgid
        for entry in found.values()
        for words in said(entry)
        if sorted(PLACEHOLDER.findall(words))
        != sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_translated_is_translated_whole(name: str, code: str) -> None:
    assert untranslated(of_file(name), entries(code)) == [], HOW


def test_every_card_is_among_the_files_that_are_translated() -> None:
    wanted = set[Key]().union(
        *map(of_file, (name for name in WHOLE if "/cards_" in name or "card_text" in name))
    )
    words = {str(words) for card in CARDS.values() for step in card.steps for words in step}
    assert words <= {sentence for _context, sentence in wanted}


@pytest.mark.parametrize("code", CODES)
def test_no_translation_outlives_its_english_sentence(code: str) -> None:
    gone = set(entries(code)) - everything()
    assert sorted(sentence for _context, sentence in gone) == [], HOW


@pytest.mark.parametrize("code", CODES)
def test_placeholders_are_those_of_the_english_sentence(code: str) -> None:
    assert unequal(entries(code)) == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_guessed_left_over_or_there_twice(code: str) -> None:
    made = catalogue(code)
    assert [entry.msgid for entry in made if entry.fuzzy or entry.obsolete] == []
    assert len(entries(code)) == len(made)


@pytest.mark.parametrize("code", CODES)
def test_plurals_have_the_forms_of_the_language(code: str) -> None:
    made = catalogue(code)
    assert made.metadata["Plural-Forms"].startswith({"ru": "nplurals=3;", "uz": "nplurals=2;"}[code])
    forms = {"ru": 3, "uz": 2}[code]
    assert all(len(entry.msgstr_plural) == forms for entry in made if entry.msgid_plural)


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_says_that_nobody_has_reviewed_it(code: str) -> None:
    from clinic.safety.help_languages import REVIEWS

    made = catalogue(code)
    assert ("UNREVIEWED" in made.header) == (code not in REVIEWS)
    assert (made.metadata["X-Reviewed-By"] == "nobody") == (code not in REVIEWS)


def test_uzbek_is_written_in_latin_letters_and_russian_in_cyrillic_ones() -> None:
    uzbek = "".join(words for entry in catalogue("uz") for words in said(entry))
    russian = "".join(words for entry in catalogue("ru") for words in said(entry))
    assert not re.search(r"[а-яё]", uzbek, re.IGNORECASE)
    assert not re.search(r"[og]['‘’`]", uzbek), "oʻ and gʻ are written with U+02BB"
    assert len(re.findall(r"[а-яё]", russian, re.IGNORECASE)) > 5_000


def test_a_missing_an_empty_and_an_unequal_translation_are_found() -> None:
    empty = polib.POEntry(msgid="b", msgstr=" ")
    unlike = polib.POEntry(msgid="at %(time)s", msgstr="в %(day)s")
    assert untranslated({("", "a"), ("", "b")}, {("", "b"): empty}) == ["a", "b"]
    assert unequal({("", "at %(time)s"): unlike}) == ["at %(time)s"]


def test_sentences_of_templates_and_code_are_found_with_their_context(tmp_path: Path) -> None:
    template, module = tmp_path / "a.html", tmp_path / "a.py"
    template.write_text(
        '{% translate "One’s word" %} '
        "{% blocktranslate with n=x trimmed %}\n  Hello {{ n }}\n{% endblocktranslate %}"
        '{% blocktranslate count n=x %}one{% plural %}{{ n }} many{% endblocktranslate %}{{ x|default:_("Last") }}'
        '{% translate "May" context "month" %} {# {% translate "no" %} #}',
        encoding="utf-8",
    )
    module.write_text(
        'A = _("a" "b")\ndef f(n):\n    return pgettext("c", "d"), ngettext("e", "f", n), g("no")\n'
    )
    assert of_template(template) == {
        ("", "One’s word"),
        ("", "Hello %(n)s"),
        ("", "one"),
        ("", "Last"),
        ("month", "May"),
    }
    assert of_code(module) == {("", "ab"), ("c", "d"), ("", "e")}
    assert of_code(module, "f") == {("c", "d"), ("", "e")}

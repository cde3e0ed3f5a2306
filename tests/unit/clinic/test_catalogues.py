"""Compiling the translators' files without a program of the machine."""

import gettext
from pathlib import Path

import pytest

from clinic.catalogues import LOCALE, compile_all

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Save"
msgstr "Сохранить"

msgid "Empty"
msgstr ""

msgid "one day"
msgid_plural "%(n)s days"
msgstr[0] "день"
msgstr[1] "дня"
msgstr[2] "дней"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with one catalogue."""
    source = tmp_path / "ru" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    return tmp_path


def read(place: Path) -> gettext.GNUTranslations:
    with (place / "ru" / "LC_MESSAGES" / "django.mo").open("rb") as made:
        return gettext.GNUTranslations(made)


def test_what_is_compiled_speaks_and_an_empty_entry_stays_english(place: Path) -> None:
    assert compile_all(place) == 1
    made = read(place)
    assert (made.gettext("Save"), made.gettext("Empty")) == ("Сохранить", "Empty")
    assert [made.ngettext("one day", "%(n)s days", n) for n in (1, 2, 5, 21)] == [
        "день",
        "дня",
        "дней",
        "день",
    ]


def test_it_writes_only_what_has_changed(place: Path) -> None:
    compile_all(place)
    assert compile_all(place) == 0
    source = place / "ru" / "LC_MESSAGES" / "django.po"
    source.write_text(PO.replace("Сохранить", "Запомнить"), encoding="utf-8")
    assert compile_all(place) == 1
    assert read(place).gettext("Save") == "Запомнить"
    assert not list(place.rglob("*.new"))


def test_a_file_that_cannot_be_read_stops_the_start_and_leaves_the_old_one(place: Path) -> None:
    compile_all(place)
    source = place / "ru" / "LC_MESSAGES" / "django.po"
    source.write_text(PO + "nonsense\n", encoding="utf-8")
    with pytest.raises((OSError, ValueError)):
        compile_all(place)
    assert read(place).gettext("Save") == "Сохранить"


def test_the_start_has_compiled_what_the_product_ships() -> None:
    assert compile_all(LOCALE) == 0

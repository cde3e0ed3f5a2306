"""Numbers in words that somebody typed can be tapped; everything else stays as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.safety.reach import is_about_contact
from dashboard.telephone import linked


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("Ife, my sister: 01632 960 771", "tel:01632960771"),
        ("+998 71 123-45-67", "tel:+998711234567"),
        ("8 (495) 123-45-67.", "tel:84951234567"),
        ("Samaritans 116 123", "tel:116123"),
    ],
)
def test_a_number_is_a_link_that_dials_it(words: str, href: str) -> None:
    assert f'href="{href}"' in linked(words)


@pytest.mark.parametrize(
    "words", ["on 2026-11-30", "30.11.2026", "10:00-12:00", "3 pills", "https://x.example/1234567"]
)
def test_dates_times_and_amounts_are_no_numbers(words: str) -> None:
    assert "<a" not in linked(words)


@given(words=st.text())
def test_what_was_typed_is_escaped(words: str) -> None:
    left = linked(words + "<script>")
    assert "<script>" not in left


@pytest.mark.parametrize(
    "words", ["Write, do not ring.", "Не звоните мне на работу", "Qo'ng'iroq qilmang", "E-mail is best"]
)
def test_a_wish_about_contact_is_known(words: str) -> None:
    assert is_about_contact(words)


@pytest.mark.parametrize(
    "words", ["The canal path, when it is dry", "Prefers an interpreter for hard subjects"]
)
def test_any_other_wish_is_none(words: str) -> None:
    assert not is_about_contact(words)

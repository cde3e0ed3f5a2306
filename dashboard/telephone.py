"""Telephone numbers in words that somebody typed, so that they can be tapped."""

import re

from django.utils.html import format_html, format_html_join

FEWEST, MOST = 6, 15
"""Digits of a number: short lines such as 116 123, and what an international number may have at most."""

_NUMBER = re.compile(r"(?<![\w/.:-])\+?\(?\d(?:[ \u00a0().-]{0,2}\d)+(?![\w/:])")
_DATE = re.compile(r"\d{1,4}([.-])\d{1,2}\1\d{1,4}")


def linked(words: object) -> str:
    """The words, escaped, with every telephone number as a link that dials it. Dates and times are none."""
    text, end = str(words), 0
    parts: list[str] = []
    for found in _NUMBER.finditer(text):
        if not _is_number(found[0]):
            continue
        parts += [text[end : found.start()], link(found[0])]
        end = found.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, text[end:]]))


def link(number: str) -> str:
    """One number as a link that dials it."""
    return format_html('<a class="dial" href="{}">{}</a>', href(number), number)


def href(number: str) -> str:
    """The address that dials a number."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def is_number(words: str) -> bool:
    """Whether these words are one telephone number and nothing else."""
    return _NUMBER.fullmatch(words) is not None and _is_number(words)


def _is_number(found: str) -> bool:
    return FEWEST <= sum(sign.isdigit() for sign in found) <= MOST and not _DATE.fullmatch(found)

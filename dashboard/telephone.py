"""Telephone numbers in words that somebody typed, so that they can be tapped."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

FEWEST, MOST = 6, 15
"""Digits of a number: short lines such as 116 123, and what an international number may have at most."""

_NUMBER = re.compile(r"(?<![\w/.:-])\+?\(?\d(?:[ \u00a0().-]{0,2}\d)+(?![\w/:])")
_DATE = re.compile(r"\d{1,4}([.-])\d{1,2}\1\d{1,4}")


def linked(words: object) -> SafeString:
    """The words, escaped, with every telephone number as a link that dials it. Dates and times are none."""
    text, parts, end = str(words), [], 0
    for found in _NUMBER.finditer(text):
        if not _is_number(found[0]):
            continue
        parts += [conditional_escape(text[end : found.start()]), link(found[0])]
        end = found.end()
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))  # noqa: S308  every part is escaped


def link(number: str) -> SafeString:
    """One number as a link that dials it."""
    return format_html('<a class="dial" href="{}">{}</a>', href(number), number)


def href(number: str) -> str:
    """The address that dials a number."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def _is_number(found: str) -> bool:
    return FEWEST <= sum(sign.isdigit() for sign in found) <= MOST and not _DATE.fullmatch(found)

"""Dates as far as they are known: a year, a month, a day or a moment, as other systems write them."""

import re

_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T[0-9:.+Z-]{1,21})?)?)?", re.ASCII)


def is_partial_date(text: str) -> bool:
    """Whether this is a date, whole or partial: "2022-02"."""
    return _PARTIAL_DATE.fullmatch(text) is not None

"""The tables and filled forms of one's own copy."""

from dataclasses import dataclass

from dashboard.portal.parts import Column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the copy."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One filled form: each question with the answer, and what the answers add up to."""

    title: str
    when: str
    total: str
    notice: str
    sheet: Sheet

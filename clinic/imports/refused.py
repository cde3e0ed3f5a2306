"""Why something is not taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.models.patient import Patient


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its place in the file. It quotes no value of a person."""

    place: str
    words: str

    def __str__(self) -> str:
        """One line for a terminal or a page."""
        return f"{self.place}: {self.words}" if self.place else self.words


class ImportRefused(Exception):
    """A file was not taken in, and nothing of it is stored; `reasons` are all that were found.

    `about` is the record that spoke against it: it stands in the log, and on no page.
    """

    def __init__(self, reasons: Sequence[Reason], *, about: Patient | None = None) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons[:5]))
        self.reasons = tuple(reasons)
        self.about = about

"""What somebody typed on the way to a signature: posted now, or kept from before the session or the page ended."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from dashboard.access import ActingRequest
from dashboard.entrance import resume
from dashboard.review.forms import WordsForm
from recommendations.review.rules import LONGEST, LONGEST_VALIDITY
from recommendations.words import PlanWords

CARRIED = ("note", "valid_until", "supporting", "reasons", "with_estimate")
"""What goes along between the page of the words and the page of the signature."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The fields of this request, and those that were kept. `resumed`: the form comes back after signing in again."""

    fields: QueryDict
    kept: QueryDict
    resumed: bool

    @property
    def has_words(self) -> bool:
        """Whether words of the plan were typed, other than the draft's own."""
        return "title" in self.fields

    @property
    def seen(self) -> str:
        """The token of the situation that was read, or ""."""
        return self.fields.get("seen", "")

    def valid_until(self, default: dt.date, *, today: dt.date) -> dt.date:
        """The last day that was chosen, or the default where none was, or none that can be."""
        for fields in (self.fields, self.kept):
            day = _day(fields.get("valid_until", ""))
            if day is not None and today < day <= today + LONGEST_VALIDITY:
                return day
        return default

    def choices(self) -> dict[str, Any]:
        """Initial values of the sign form: posted, else kept."""
        found: dict[str, Any] = {}
        for name in ("supporting", "reasons"):
            found[name] = self.fields.getlist(name) or self.kept.getlist(name)
        for name in ("note", "with_estimate"):
            found[name] = self.fields.get(name) or self.kept.get(name, "")
        return found

    def carried(self) -> list[tuple[str, str]]:
        """Name and value of every field that goes along with the words."""
        found = []
        for name in CARRIED:
            values = self.fields.getlist(name) or self.kept.getlist(name)
            found += [(name, value) for value in values if value]
        return found


def entered(request: ActingRequest) -> Entered:
    """What was typed for the form at this address."""
    earlier = resume.take(request)
    kept = earlier.fields if earlier else QueryDict()
    if request.method == "POST":
        return Entered(request.POST, kept, resumed=False)
    return Entered(kept, kept, resumed=earlier is not None)


def words_form(typed: Entered) -> WordsForm | None:
    """The words as typed, or None where the draft's own words are meant."""
    return WordsForm(typed.fields) if typed.has_words else None


def initial(words: PlanWords) -> dict[str, str]:
    """The words as initial values of their form."""
    return {name: getattr(words, name) for name in LONGEST}


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None

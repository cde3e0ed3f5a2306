"""The pages of one record, in the order in which they stand under the banner. A new page adds a line to `PAGES`."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from dashboard.access import ActingRequest

PAGES: tuple[tuple[str, StrOrPromise], ...] = (
    ("patient", _("Overview")),
    ("screening", _("Screening")),
)
"""Name of the address and what the link says."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One link under the banner; `current` is where one is."""

    label: StrOrPromise
    url: str
    current: bool


def pages_of(request: ActingRequest, record_number: str) -> tuple[RecordPage, ...]:
    """The links for the record with this number. No query."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return tuple(
        RecordPage(label, reverse(name, args=[record_number]), current=name == here) for name, label in PAGES
    )

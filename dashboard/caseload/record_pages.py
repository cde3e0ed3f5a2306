"""The pages of one record, in the order in which they stand under the banner. A new page adds a line to `PAGES`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from dashboard.access import ActingRequest

PAGES: tuple[tuple[str, StrOrPromise], ...] = (
    ("patient", _("Overview")),
    ("messages", _("Messages")),
    ("safety-plan", _("Safety plan")),
    ("risk", _("Risk")),
    ("profile", _("Profile")),
    ("screening", _("Screening")),
    ("appointments", _("Appointments")),
    ("care", _("Care")),
    ("patient-check-ins", _("Check-ins")),
    ("patient-history", _("Timeline")),
    ("export", _("Export")),
    ("questionnaires", _("Questionnaires")),
    ("record-import", _("Import")),
)
"""Name of the address and what the link says."""

FOR_REVIEWERS = frozenset(
    {"appointments", "care", "export", "messages", "record-import", "risk", "screening"}
)
"""Pages that open only for those who may decide about the patient: others are not led to a page that is not there."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One link under the banner; `current` is where one is."""

    label: StrOrPromise
    url: str
    current: bool
    count: int = 0


def pages_of(
    request: ActingRequest, record_number: str, *, may_review: bool, counts: Mapping[str, int]
) -> tuple[RecordPage, ...]:
    """The links for the record with this number; `counts` says what waits on a page. No query."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return tuple(
        RecordPage(label, reverse(name, args=[record_number]), name == here, counts.get(name, 0))
        for name, label in PAGES
        if may_review or name not in FOR_REVIEWERS
    )

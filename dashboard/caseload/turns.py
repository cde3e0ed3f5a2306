"""What the queue page shows: whose turn it is, the drafts oldest first, and what stands beside them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
from clinic.keys import Ring
from clinic.models.clinic import Clinic
from dashboard.caseload.reading import ReadingWords, has_little_data, reading_words
from dashboard.caseload.spans import at_length, briefly
from dashboard.caseload.sparks import spark_of
from dashboard.figures.sparkline import Sparkline
from recommendations import catalogue, queue
from recommendations.models.suggestion import Suggestion
from recommendations.queue import Row, Summary
from recommendations.wording import what_changed
from recommendations.words import WordsChanged, draft_title


@dataclass(frozen=True, slots=True)
class Tag:
    """A short label in a row."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row of the queue, as `_components/draft_row.html` shows it."""

    name: str
    detail: str
    url: str
    title: str
    kind: StrOrPromise
    held_back: str
    spark: Sparkline
    changed: str
    reading: ReadingWords
    waiting: str
    late: bool
    current: bool
    tags: tuple[Tag, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for every row of the page: the moment, the clinic's aim, and whether scoring is late."""

    at: dt.datetime
    aim: dt.timedelta
    stale: bool


def rows_of(drafts: Sequence[Suggestion], ring: Ring, *, around: Around, is_first: bool) -> list[DraftRow]:
    """The rows of these drafts: one query. The first row of the first page is the one to begin with."""
    rows = queue.rows(drafts, ring, at=around.at)
    return [_row(row, ring, around, current=is_first and number == 0) for number, row in enumerate(rows)]


def _row(row: Row, ring: Ring, around: Around, *, current: bool) -> DraftRow:
    draft, person = row.suggestion, row.identity
    reading = draft.reading
    title = _title(draft, ring)
    return DraftRow(
        name=person.name,
        detail=" · ".join(str(part) for part in (person.age, person.record_number) if part is not None),
        url=reverse("draft", args=[person.record_number, draft.pk]),
        title=title,
        kind=catalogue.KINDS.get(row.kind, ""),
        held_back="" if title else _("The words of this draft cannot be opened."),
        spark=spark_of(row.moods, today=local_date(at=around.at, zone=draft.patient.zone), reading=reading),
        changed=what_changed(reading.facts),
        reading=reading_words(reading, stale=around.stale),
        waiting=briefly(around.at - draft.waiting_since),
        late=around.at - draft.waiting_since > around.aim,
        current=current,
        tags=(Tag(_("Little data"), "warn"),) if has_little_data(reading) else (),
    )


def _title(draft: Suggestion, ring: Ring) -> str:
    try:
        return draft_title(draft, ring)
    except WordsChanged:
        return ""


def lead(summary: Summary, clinic: Clinic, *, at: dt.datetime) -> str:
    """The one sentence of truth over the queue."""
    if summary.oldest is None:
        return _("No drafts are waiting for you.")
    drafts = ngettext("%(count)d AI draft", "%(count)d AI drafts", summary.drafts) % {"count": summary.drafts}
    patients = ngettext("%(count)d patient", "%(count)d patients", summary.patients) % {
        "count": summary.patients
    }
    words = _("%(drafts)s for %(patients)s. The oldest has waited %(waited)s; the team aims for %(aim)s.")
    return words % {
        "drafts": drafts,
        "patients": patients,
        "waited": at_length(at - summary.oldest),
        "aim": aim_in_words(clinic.waiting_aim_hours),
    }


def aim_in_words(hours: int) -> str:
    """The clinic's aim: whole days where it is whole days."""
    if hours % 24:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d day", "%(count)d days", hours // 24) % {"count": hours // 24}

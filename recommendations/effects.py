"""What people reported about one step of the catalogue, for those who write and sign its text: counts and days.

A report belongs to one person's record. Here it says which sign, of which version and on which day; the words that the
person wrote stay in the record, for those who care for them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from recommendations import reports
from recommendations.catalogue.texts import Text
from recommendations.models.report import EffectReport

VERSION = "publication__signature__review__suggestion__intervention__version"
"""The version of the text that the step was drafted from, whatever a psychologist changed before signing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The reports about the steps of one version: how many answers, and how many named something bad."""

    version: str
    answers: int
    bad: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One report: the version, the day and the signs in words; `patient` is whose record holds it."""

    version: str
    happened_at: dt.datetime
    signs: tuple[str, ...]
    patient: UUID
    record_number: str


def tallies(code: str) -> list[Tally]:
    """The counts of each version that was reported about, newest version first: one query."""
    counts = {"answers": Count("pk"), "bad": Count("pk", filter=Q(signs__len__gt=0))}
    rows = EffectReport.objects.filter(code=code).values_list(VERSION).annotate(**counts).order_by()
    found = [Tally(*row) for row in rows]
    return sorted(found, key=lambda each: [int(part) for part in each.version.split(".")], reverse=True)


def of_step(code: str) -> QuerySet[EffectReport]:
    """Every report about steps of this code, each with the version that it was drafted from."""
    return EffectReport.objects.filter(code=code).annotate(version=F(VERSION))


def told(rows: Iterable[EffectReport], versions: Iterable[Text]) -> list[Effect]:
    """The reports in words, by the stop signs of their own version. No query, where `rows` know their patients."""
    signs = {
        text.entry.version: {sign.code: sign.words for sign in text.entry.stop_signs} for text in versions
    }
    fixed = reports.fixed_words()
    return [
        Effect(
            version=row.version,  # type: ignore[attr-defined]  # annotated above
            happened_at=row.happened_at,
            signs=tuple((fixed | signs.get(row.version, {})).get(code, code) for code in row.signs),  # type: ignore[attr-defined]
            patient=row.patient_id,
            record_number=row.patient.record_number,
        )
        for row in rows
    ]

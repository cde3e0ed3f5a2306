"""When a risk is assessed again: computed from the newest judgement and the clinic's days, never stored (SR-32)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.risk import RiskAssessment, RiskLevel


@dataclass(frozen=True, slots=True)
class Due:
    """The newest judgement of one person and the day on which it is made again."""

    assessment: RiskAssessment
    on: dt.date

    def is_due(self, today: dt.date) -> bool:
        """Whether it is to be made today or should have been made."""
        return today >= self.on

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its day has passed."""
        return today > self.on


def days(level: RiskLevel, clinic: Clinic) -> int | None:
    """Days until a judgement of this level is made again; None where none is."""
    return {
        RiskLevel.HIGH: clinic.reassess_high_days,
        RiskLevel.MODERATE: clinic.reassess_moderate_days,
        RiskLevel.LOW: clinic.reassess_low_days,
    }.get(level)


def due(assessment: RiskAssessment, clinic: Clinic) -> Due | None:
    """When this judgement is due again, by the clinic's calendar."""
    number = days(RiskLevel(assessment.level), clinic)
    if number is None:
        return None
    made_on = local_date(at=min(assessment.happened_at, assessment.recorded_at), zone=clinic.zone)
    return Due(assessment, made_on + dt.timedelta(days=number))


def newest() -> QuerySet[RiskAssessment]:
    """The newest judgement of every person who has one: the one recorded last, whatever clock wrote its time."""
    return RiskAssessment.objects.order_by("patient", "-recorded_at", "-happened_at").distinct("patient")


def standing(patient_id: UUID) -> RiskAssessment | None:
    """The newest judgement of this person: one query."""
    return newest().filter(patient=patient_id).first()


def level_of(patient_id: UUID) -> RiskLevel:
    """The level that stands; `ENDED` of somebody who has none."""
    found = standing(patient_id)
    return RiskLevel(found.level) if found else RiskLevel.ENDED


def all_due(clinic: Clinic, *, at: dt.datetime) -> list[Due]:
    """Every judgement of the clinic that is due today or overdue, the longest overdue first: one query.

    Nobody's whose care has ended: whoever took it over judges.
    """
    today = local_date(at=at, zone=clinic.zone)
    rows = newest().filter(patient__discharged_at=None).select_related("patient", "assessed_by__staff")
    found = [each for row in rows if (each := due(row, clinic)) and each.is_due(today)]
    return sorted(found, key=lambda each: (each.on, -each.assessment.level))

"""Which steps rest for a person: those that wait, those decided not long ago, those reported as harmful."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from recommendations.models.report import EffectReport
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.releases import SUGGEST_PARAMETERS
from recommendations.workflow import UNDECIDED, State


@dataclass(slots=True)
class Resting:
    """Codes of one person: those with an open draft, those decided within the rest days, those reported as harmful.

    `in_place` are those that are open or were approved: while one rests, no other step of its rule is drafted.
    """

    codes: set[str] = field(default_factory=set)
    in_place: set[str] = field(default_factory=set)


NOTHING = Resting()


def resting(patient_ids: Sequence[UUID], *, at: dt.datetime) -> dict[UUID, Resting]:
    """What rests for each of these patients: three queries for any number of them."""
    since = at - dt.timedelta(days=SUGGEST_PARAMETERS["rest_days"])
    waiting = Suggestion.objects.filter(patient__pk__among=patient_ids, state__in=UNDECIDED)
    decided = Review.objects.filter(patient__pk__among=patient_ids, decided_at__gte=since)
    decided = decided.filter(suggestion__state__in=[State.APPROVED, State.REJECTED])
    found: dict[UUID, Resting] = defaultdict(Resting)
    for patient, code in waiting.values_list("patient_id", "code"):
        found[patient].codes.add(code)
        found[patient].in_place.add(code)
    for patient, code, state in decided.values_list("patient_id", "suggestion__code", "suggestion__state"):
        found[patient].codes.add(code)
        if state == State.APPROVED:
            found[patient].in_place.add(code)
    for patient, code in reported(patient_ids):
        found[patient].codes.add(code)
    return found


def reported(patient_ids: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """The patients and codes with a report that something bad happened: the software never suggests these again."""
    rows = EffectReport.objects.filter(patient__pk__among=patient_ids, signs__len__gt=0).exclude(code="")
    return set(rows.values_list("patient_id", "code").distinct())

"""A page of drafts with the names and the sparklines that stand beside them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from clinic import consent, people
from clinic.keys import Ring
from clinic.models.observation import Observation, Signal
from clinic.people import Identity
from recommendations.models.suggestion import Suggestion

SPARK_DAYS = 28


@dataclass(frozen=True, slots=True)
class Row:
    """One draft in a list, with the person's own check-ins of four weeks: (day, mean mood), and the kind of step."""

    suggestion: Suggestion
    identity: Identity
    moods: tuple[tuple[dt.date, float], ...]
    kind: str


def rows(drafts: Sequence[Suggestion], ring: Ring, *, at: dt.datetime) -> list[Row]:
    """The drafts with names and sparklines: one query for all of them; without those whose name does not open."""
    patients = {draft.patient_id: draft.patient for draft in drafts}
    identities = people.identities(list(patients.values()), ring, at=at)
    moods = daily_moods(patients, since=at.date() - dt.timedelta(days=SPARK_DAYS))
    return [
        Row(draft, identities[draft.patient_id], tuple(moods.get(draft.patient_id, ())), _kind(draft))
        for draft in drafts
        if draft.patient_id in identities
    ]


def _kind(draft: Suggestion) -> str:
    """The kind of step, which `page` fetched beside the draft."""
    return str(getattr(draft, "kind", ""))


def daily_moods(patient_ids: Iterable[UUID], *, since: dt.date) -> dict[UUID, list[tuple[dt.date, float]]]:
    """The mean mood of each day with check-ins from `since` on, by patient: one query."""
    rows = Observation.objects.filter(
        patient__in=set(patient_ids), signal=Signal.MOOD, superseded_at=None, local_date__gte=since
    )
    values = consent.shared(rows).values_list("patient_id", "local_date", "value")
    days: dict[UUID, dict[dt.date, list[float]]] = defaultdict(lambda: defaultdict(list))
    for patient_id, day, value in values:
        days[patient_id][day].append(value)
    return {
        patient_id: [(day, sum(moods) / len(moods)) for day, moods in sorted(found.items())]
        for patient_id, found in days.items()
    }

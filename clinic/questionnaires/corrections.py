"""Forms that were corrected: what stood before, and when it was changed."""

from collections.abc import Iterable
from uuid import UUID

from clinic.models.questionnaire import QuestionnaireResponse, SafetyState


def before(rows: Iterable[QuestionnaireResponse]) -> dict[UUID, list[QuestionnaireResponse]]:
    """What these forms said before they were corrected, newest first, by form: one query where one was corrected."""
    corrected = [row for row in rows if row.supersedes_id]
    if not corrected:
        return {}
    patients = {row.patient_id for row in corrected}
    older = QuestionnaireResponse.objects.filter(patient__in=patients, superseded_by__isnull=False)
    known = {row.pk: row for row in older.select_related("instrument")}
    return {row.pk: _chain(row, known) for row in corrected}


def _chain(
    row: QuestionnaireResponse, known: dict[UUID, QuestionnaireResponse]
) -> list[QuestionnaireResponse]:
    found = []
    while row.supersedes_id and row.supersedes_id in known:
        row = known[row.supersedes_id]
        found.append(row)
    return found


def reported_first(chain: Iterable[QuestionnaireResponse]) -> bool:
    """Whether the safety question had been answered before in a way that calls somebody."""
    return any(row.safety_state == SafetyState.REPORTED for row in chain)


def latest_of(submission: UUID) -> QuestionnaireResponse | None:
    """The newest correction of a form that was sent as this; None where it was never corrected. A query for each."""
    found = QuestionnaireResponse.objects.filter(supersedes=submission).first()
    while found and (newer := QuestionnaireResponse.objects.filter(supersedes=found.pk).first()):
        found = newer
    return found

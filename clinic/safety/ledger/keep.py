"""Keeping one row of everything that was read. Nothing here may hold help up: what cannot be kept is reported."""

import datetime as dt
import logging
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import DatabaseError, transaction

from clinic.models.danger import DangerReading, TextSource
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.detect import Detection
from clinic.safety.ledger import active
from clinic.safety.ledger.scored import scores_of

logger = logging.getLogger(__name__)


def reading(
    patient: Patient,
    found: Detection,
    alert: SafetyAlert | None,
    *,
    source: TextSource,
    submission: UUID,
    at: dt.datetime,
) -> DangerReading:
    """The row of one reading, not stored yet: codes and numbers, no words."""
    scores, in_use = scores_of(found), active.current()
    result = "|".join(
        [source, str(int(found.level)), f"{scores.score:.9f}", *found.rules, str(alert and alert.pk)]
    )
    return DangerReading(
        pk=uuid5(submission, f"{patient.pk}|{result}"),
        patient=patient,
        source=source,
        submission=submission,
        language=patient.language,
        level=int(found.level),
        rules_level=int(scores.rules_level),
        score=scores.score,
        classifier=scores.classifier,
        categories=list(found.categories),
        rules=list(found.rules),
        rule_set=found.rule_set,
        alert=alert,
        release_id=in_use.release_id,
        happened_at=at,
    )


def keep(rows: Sequence[DangerReading]) -> None:
    """Store rows in the caller's transaction, each once. Where it fails the transaction goes on without them."""
    if not rows:
        return
    try:
        with transaction.atomic():
            DangerReading.objects.bulk_create(rows, ignore_conflicts=True)
    except (DatabaseError, ValueError):
        logger.exception(
            "%s readings of the alert ledger were not kept; help was shown all the same.", len(rows)
        )

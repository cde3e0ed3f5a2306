"""One act for several open alerts of one person. Each alert keeps its own row, its own entry in the log and its clock.

Somebody who writes for a minute opens seven alerts; whoever rings them rings once, judges once and says so once.
An attempt that failed is recorded for the one alert alone: else three alerts would make three attempts of one.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor
from clinic.models.alert_act import AlertAct
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import alerts, closing
from clinic.safety.alerts import AlertRefused
from clinic.safety.silent import Contact


class GraverToo(AlertRefused):
    """An alert that is graver than the one in hand was to be closed with it, without a word about that."""

    field = "graver"

    def __init__(self) -> None:
        super().__init__(_("One of them is graver than this alert. Say that you have read its words too."))


class Answer(Protocol):
    """What records an answer on one alert: `answering.spoke` or `answering.to_crisis_team`."""

    def __call__(
        self, *, alert: SafetyAlert, submission: UUID, note: str, by: Actor, at: dt.datetime
    ) -> AlertAct: ...


@transaction.atomic
def answered(
    answer: Answer,
    *,
    alert: SafetyAlert,
    also: Sequence[SafetyAlert],
    submission: UUID,
    note: str,
    by: Actor,
    at: dt.datetime,
) -> list[AlertAct]:
    """One answer about all of these alerts. Raises AlertRefused; then nothing was stored."""
    return [
        answer(alert=each, submission=form, note=note, by=by, at=at)
        for each, form in _in_hand(alert, also, submission, by=by, at=at)
    ]


@transaction.atomic
def close(
    *,
    alert: SafetyAlert,
    also: Sequence[SafetyAlert],
    submission: UUID,
    outcome: AlertOutcome,
    note: str,
    by: Actor,
    at: dt.datetime,
    level: RiskLevel | None = None,
    contact: Contact | None = None,
    graver: bool = False,
) -> list[SafetyAlert]:
    """Close all of these with one outcome, one note and one judgement, which is stored once.

    Raises GraverToo where one of `also` is graver than `alert` and `graver` does not say so, and what
    `closing.close` raises; then nothing was stored.
    """
    if any(each.level > alert.level for each in also) and not graver:
        raise GraverToo
    closed: list[SafetyAlert] = []
    for each, form in _in_hand(alert, also, submission, by=by, at=at):
        closed.append(
            closing.close(
                alert=each,
                submission=form,
                outcome=outcome,
                note=note,
                level=None if closed else level,
                is_judged=bool(closed) and level is not None,
                contact=contact,
                by=by,
                at=at,
            )
        )
    return closed


def _in_hand(
    alert: SafetyAlert, also: Sequence[SafetyAlert], submission: UUID, *, by: Actor, at: dt.datetime
) -> list[tuple[SafetyAlert, UUID]]:
    """Each alert with the id of its own act, the rows locked in one order; those that nobody has are taken first."""
    every = [alert, *also]
    if any(each.patient_id != alert.patient_id for each in every):
        raise AlertRefused(_("These are alerts of different people."))
    alerts.lock(alert)
    for each in also:
        alerts.take(alert=each, by=by, at=at)
    return [(each, submission if each is alert else uuid5(submission, str(each.pk))) for each in every]

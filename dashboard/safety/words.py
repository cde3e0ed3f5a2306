"""What a person said, as the care team reads it: of one alert, and of every other open alert of theirs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic import keys
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import User
from clinic.safety import alerts
from dashboard.safety.answers import prompt_of
from dashboard.safety.context import printed_name
from dashboard.safety.loader import Known
from dashboard.safety.where import said_where
from dashboard.times import said

MOST_OTHERS = 30
"""Further alerts whose words stand on one page, the gravest first."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another open alert of the same person. `owner` is "" while nobody has it; no words outside the care team."""

    alert_id: UUID
    level: str
    grave: bool
    graver: bool
    said: str
    owner: str
    is_mine: bool
    prompt: str
    words: list[str]
    missing: str


@dataclass(frozen=True, slots=True)
class Others:
    """All of them. `answered_by` names the colleagues who have one of them; `more` says how many are not listed."""

    listed: list[Other]
    answered_by: list[str]
    more: int


def others_of(
    alert: SafetyAlert, found: Sequence[SafetyAlert], known: Known, *, by: User, at: dt.datetime, zone: str
) -> Others:
    """The other open alerts of this person: no query of its own."""
    listed = [_other(each, alert, known, by=by, at=at, zone=zone) for each in found[:MOST_OTHERS]]
    colleagues = {
        printed_name(each.taken_by): None for each in found if each.taken_by and each.taken_by_id != by.pk
    }
    return Others(listed, list(colleagues), len(found) - len(listed))


def _other(
    other: SafetyAlert, alert: SafetyAlert, known: Known, *, by: User, at: dt.datetime, zone: str
) -> Other:
    may_know = other.patient_id in known.ids
    words, missing = words_of(other, known) if may_know else ([], "")
    return Other(
        alert_id=other.pk,
        level=str(AlertLevel(other.level).label),
        grave=alerts.is_paged(other),
        graver=other.level > alert.level,
        said=said_where(other, may_know, when=said(other.begun_at, at=at, zone=zone)),
        owner=printed_name(other.taken_by) if other.taken_by else "",
        is_mine=other.taken_by_id == by.pk,
        prompt=prompt_of(other) if may_know else "",
        words=words,
        missing=missing,
    )


def words_of(alert: SafetyAlert, known: Known) -> tuple[list[str], str]:
    """The words of an alert, or why there are none."""
    if alert.words is None:
        return [], _(
            "This alert opened without words: the key store did not answer at that moment, and help was not "
            "to wait for it. Ring the person."
        )
    try:
        return alert.unseal(known.ring, "words").splitlines(), ""
    except keys.CannotOpen:
        return [], _(
            "The words cannot be opened: the key store does not answer. Ring, or reload in a minute."
        )

"""A patient's shared check-ins: numbers for the chart, words for the list, each with the correction it went through."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic import consent
from clinic.intake import FEELINGS
from clinic.keys import CannotOpen, Ring
from clinic.models.consent import Source
from clinic.models.observation import CheckIn, Observation, Signal
from clinic.models.patient import Patient
from clinic.series import of_observations
from dashboard.times import said
from recommendations.signal_wording import number


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """One check-in as it stands: when in the patient's own zone, mood, feelings, the note, what it was before."""

    when: str
    mood: str
    feelings: tuple[StrOrPromise, ...]
    note: str
    was: str


def standing(patient: Patient, *, since: dt.date) -> list[Observation]:
    """The mood observations that stand, oldest first, with their check-ins and what these corrected: one query.

    Ask only where the patient agreed to share them. Numbers from elsewhere are among them where these are shared too.
    """
    rows = Observation.objects.filter(
        patient=patient, signal=Signal.MOOD, superseded_at=None, local_date__gte=since
    )
    return list(
        consent.shared(rows).select_related("check_in__supersedes__observation").order_by("happened_at", "id")
    )


def with_signals(
    patient: Patient, *, moods_since: dt.date, since: dt.date, sources: Sequence[Source]
) -> list[Observation]:
    """As `standing`, and with them the numbers of every other signal: still one query.

    `sources` are those that the patient shares; of no other is anything read.
    """
    rows = Observation.objects.filter(
        ~Q(signal=Signal.MOOD) | Q(local_date__gte=moods_since),
        patient=patient,
        signal__in=list(Signal),
        source__in=sources,
        superseded_at=None,
        local_date__gte=min(since, moods_since),
    )
    return list(rows.select_related("check_in__supersedes__observation").order_by("happened_at", "id"))


def daily(rows: Sequence[Observation]) -> list[tuple[dt.date, float]]:
    """The mean mood of each day, oldest first."""
    return [(each.day, each.value) for each in of_observations(rows).get(Signal.MOOD, ())]


def lines_of(
    rows: Sequence[Observation], ring: Ring, *, patient: Patient, most: int, at: dt.datetime
) -> list[CheckInLine]:
    """The newest `most` check-ins in words, opened with the keys of the page."""
    newest = list(reversed(rows[-most:]))
    return [line_of(row, ring, patient=patient, at=at) for row in newest]


def every_standing(patient: Patient) -> QuerySet[Observation]:
    """All check-ins that stand, as mood observations. Ask only where the patient agreed to share them."""
    rows = Observation.objects.filter(
        patient=patient, signal=Signal.MOOD, source=Source.CHECK_IN, superseded_at=None
    )
    return rows.select_related("check_in__supersedes__observation")


def line_of(row: Observation, ring: Ring, *, patient: Patient, at: dt.datetime) -> CheckInLine:
    """One check-in in words."""
    check_in = row.check_in
    return CheckInLine(
        when=said(row.happened_at, at=at, zone=check_in.zone if check_in else patient.zone),
        mood=number(row.value),
        feelings=_feelings(check_in, ring) if check_in else (),
        note=_note(check_in, ring) if check_in else "",
        was=_was(check_in) if check_in else "",
    )


def _feelings(check_in: CheckIn, ring: Ring) -> tuple[StrOrPromise, ...]:
    try:
        codes = json.loads(check_in.unseal(ring, "feelings") or "[]")
    except CannotOpen:
        return ()
    return tuple(FEELINGS.get(code, code) for code in codes)


def _note(check_in: CheckIn, ring: Ring) -> str:
    try:
        return check_in.unseal(ring, "note")
    except CannotOpen:
        return _("The words of this check-in cannot be opened.")


def _was(check_in: CheckIn) -> str:
    """What the check-in said before it was corrected."""
    before = check_in.supersedes
    if before is None:
        return ""
    earlier: Observation | None = getattr(before, "observation", None)
    mood = number(earlier.value) if earlier else _("another number")
    return _("corrected by the patient; before: %(mood)s") % {"mood": mood}

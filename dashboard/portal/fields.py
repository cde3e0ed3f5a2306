"""The check-in form as it is drawn: blank, as typed, or filled with a check-in that is corrected."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic import consent
from clinic.intake import FEELINGS
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from dashboard.portal.before import danger_sentence
from dashboard.portal.diary import Entry
from dashboard.portal.forms import MOODS, CheckInForm
from dashboard.portal.parts import CheckInFields, Feeling, Point

LABELS: dict[int, StrOrPromise] = {
    0: gettext_lazy("Very low"),
    3: gettext_lazy("Low"),
    5: gettext_lazy("So-so"),
    7: gettext_lazy("Good"),
    10: gettext_lazy("Very good"),
}


def blank(*, action: str, submission: UUID, readers: tuple[str, ...]) -> CheckInFields:
    """A form with nothing in it."""
    return _fields(action=action, submission=submission, readers=readers)


def typed(form: CheckInForm, *, action: str, submission: UUID, readers: tuple[str, ...]) -> CheckInFields:
    """The form as it was typed; what does not fit is said beside its field once the form was checked."""
    return _fields(
        action=action,
        submission=submission,
        readers=readers,
        mood=form["mood"].value(),
        feelings=form["feelings"].value() or (),
        note=form["note"].value() or "",
        errors={name: str(errors[0]) for name, errors in form.errors.items()} if form.is_bound else {},
    )


def filled(entry: Entry, *, action: str, submission: UUID, readers: tuple[str, ...]) -> CheckInFields:
    """The form filled with a check-in that is corrected."""
    return _fields(
        action=action,
        submission=submission,
        readers=readers,
        mood=entry.mood,
        feelings=entry.feelings,
        note=entry.note,
    )


def _fields(
    *,
    action: str,
    submission: UUID,
    readers: tuple[str, ...],
    mood: object = None,
    feelings: Iterable[str] = (),
    note: str = "",
    errors: dict[str, str] | None = None,
) -> CheckInFields:
    chosen, said = set(feelings), errors or {}
    return CheckInFields(
        action=action,
        submission=submission,
        points=tuple(Point(value, LABELS.get(value, ""), str(value) == str(mood)) for value in MOODS),
        feelings=tuple(Feeling(code, label, code in chosen) for code, label in FEELINGS.items()),
        note=note,
        mood_error=said.get("mood", ""),
        feelings_error=said.get("feelings", ""),
        note_error=said.get("note", ""),
        readers=readers,
    )


def readers_of(patient: Patient, *, at: dt.datetime) -> tuple[str, ...]:
    """Who will read a check-in, said before anything is typed (SR-30): seven queries."""
    choices = consent.choices(patient)
    given = {each.purpose for each in choices if each.given and each.source == Source.CHECK_IN}
    if Purpose.KEEP not in given:
        who = _not_kept(patient)
    elif patient.discharged_at is not None:
        who = _("Your care here has ended, so nobody at the clinic reads this. It is kept for you.")
    elif Purpose.SHARE in given:
        who = _("Your psychologist can read this, but not at once: when they are next at work.")
    else:
        who = _("Only you can read this.")
    return who, danger_sentence(at=at)


def _not_kept(patient: Patient) -> str:
    """Nobody is told that they switched off what they never agreed to: one query."""
    if consent.refused(patient, source=Source.CHECK_IN, purpose=Purpose.KEEP):
        return _("You have switched off keeping check-ins, so nothing that you enter here is stored.")
    return _("You have not agreed to keeping check-ins, so nothing that you enter here is stored.")

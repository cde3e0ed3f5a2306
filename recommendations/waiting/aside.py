"""Putting one draft aside: until a working day, or until somebody has answered. Never several at once."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import Actor
from clinic.keys import Ring
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.user import Role, RoleGrant, User
from recommendations.models.pause import QUESTIONS, DeferReason, Pause, PauseKind
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.review import rules
from recommendations.review.rules import ReviewRefused
from recommendations.waiting import turn
from recommendations.waiting.days import morning, return_days

LONGEST_QUESTION = 1_000
"""Characters of a question: something that a colleague reads between two patients."""

COLLEAGUES = (CareKind.TREATING, CareKind.COVERING, CareKind.SECOND_READER)
"""Whose care of the patient makes them somebody to ask. A safety alert or a broken glass does not."""


@transaction.atomic
def defer(*, suggestion: Suggestion, reason: str, until: dt.date, by: Actor, at: dt.datetime) -> Pause:
    """Put a draft aside until a working day, within the clinic's longest. It keeps its waiting time.

    Raises ReviewRefused without a known reason, for another day, or where it cannot be decided now.
    """
    locked = _locked(suggestion, by=by, at=at)
    zone = Clinic.objects.get().zone
    if reason not in DeferReason.values:
        raise ReviewRefused(_("Say why you put it aside."))
    if until not in return_days(at=at, zone=zone):
        raise ReviewRefused(_("Choose one of the days on which it may come back."))
    pause = Pause(kind=PauseKind.DEFERRED, reason=reason, until=morning(until, zone=zone))
    return _put_aside(locked, pause, "defer", keys.ring([locked.patient_id]), by=by, at=at, reason=reason)


@transaction.atomic
def ask(
    *,
    suggestion: Suggestion,
    kind: str,
    question: str,
    colleague: User | None = None,
    by: Actor,
    at: dt.datetime,
) -> Pause:
    """Ask a colleague of the care team, the patient in the next session, or the next scoring run; the draft waits.

    The question is sealed, and nothing is sent to the patient. Raises ReviewRefused, as `defer`.
    """
    locked = _locked(suggestion, by=by, at=at)
    if kind not in QUESTIONS:
        raise ReviewRefused(_("Say whom you ask."))
    _check_question(kind, question)
    if kind == PauseKind.COLLEAGUE and colleague not in colleagues(locked.patient, by=by, at=at):
        raise ReviewRefused(_("Choose somebody of this person’s care team."))
    pause = Pause(
        kind=kind,
        asked_of=colleague if kind == PauseKind.COLLEAGUE else None,
        after_reading=_newest_reading(locked) if kind == PauseKind.SCORING else None,
    )
    ring = keys.ring([locked.patient_id])
    return _put_aside(locked, pause, "ask", ring, question=question.strip(), by=by, at=at, reason=kind)


def colleagues(patient: Patient, *, by: Actor, at: dt.datetime) -> list[User]:
    """The other psychologists who care for this patient now: two queries, ordered by name."""
    standing = access.relationships(at=at).filter(patient=patient, kind__in=COLLEAGUES)
    working = RoleGrant.objects.filter(role=Role.PSYCHOLOGIST, ends_at=None).values("user")
    found = User.objects.filter(pk__in=standing.values("user"), is_active=True).filter(pk__in=working)
    ordered = found.select_related("staff").order_by("staff__printed_name", "pk")
    return [user for user in ordered if user not in (by.user, patient.user)]


def _check_question(kind: str, question: str) -> None:
    if kind != PauseKind.SCORING and not question.strip():
        raise ReviewRefused(_("Write down what you want to know."))
    if len(question) > LONGEST_QUESTION:
        raise ReviewRefused(_("The question is too long."))


def _newest_reading(suggestion: Suggestion) -> MoodReading | None:
    return MoodReading.objects.filter(patient=suggestion.patient_id).order_by("-pk").first()


def _locked(suggestion: Suggestion, *, by: Actor, at: dt.datetime) -> Suggestion:
    """The draft with its row locked, open for this person. Raises NotAllowed, ReviewRefused or AlreadyDecided."""
    rows = Suggestion.objects.select_for_update(of=("self",), no_key=True).select_related("patient")
    locked = rows.get(pk=suggestion.pk)
    rules.check_may_decide(locked.patient, by=by, at=at)
    turn.settle(locked, at=at)
    rules.check_open(locked)
    return locked


def _put_aside(
    locked: Suggestion,
    pause: Pause,
    name: str,
    ring: Ring,
    *,
    question: str = "",
    by: Actor,
    at: dt.datetime,
    reason: str,
) -> Pause:
    assert by.user is not None  # noqa: S101  checked by `check_may_decide`
    pause.suggestion, pause.patient = locked, locked.patient
    pause.paused_by, pause.paused_at = by.user, at
    pause.seal(ring, question=question)
    pause.save()
    turn.move(locked, name, by=by, at=at, reason=reason)
    return pause

"""The ways back for a draft that was put aside: an answer, or a person who brings it back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import access, keys
from clinic.actor import Actor
from clinic.models.user import Role
from recommendations.models.pause import Answer, Pause, PauseKind
from recommendations.models.suggestion import Suggestion
from recommendations.review import rules
from recommendations.review.rules import ReviewRefused
from recommendations.waiting import turn
from recommendations.workflow import ASIDE, State

LONGEST_ANSWER = 2_000


@transaction.atomic
def answer(*, pause: Pause, words: str, by: Actor, at: dt.datetime) -> Answer:
    """Answer a question in one's own words; the draft comes back with its waiting time. Raises ReviewRefused.

    A colleague answers what was asked of them; what was to be asked in the session, whoever may decide.
    """
    rows = Suggestion.objects.select_for_update(of=("self",), no_key=True).select_related("patient")
    locked = rows.get(pk=pause.suggestion_id)
    check_may_answer(pause, by=by, at=at)
    newest = turn.newest_of(locked)
    if locked.state != State.ASKED or newest is None or newest.pk != pause.pk:
        raise ReviewRefused(
            _("Nobody waits for this answer any more: the draft was brought back or decided.")
        )
    if not words.strip():
        raise ReviewRefused(_("Write down your answer."))
    if len(words) > LONGEST_ANSWER:
        raise ReviewRefused(_("The answer is too long."))
    made = Answer(patient=locked.patient, pause=pause, answered_by=by.user, answered_at=at)
    made.seal(keys.ring([locked.patient_id]), words=words.strip())
    made.save()
    turn.move(locked, "answer", by=by, at=at, reason=pause.kind)
    return made


def check_may_answer(pause: Pause, *, by: Actor, at: dt.datetime) -> None:
    """Raises NotAllowed or ReviewRefused unless this question is for this person to answer."""
    if by.user is None or by.role != Role.PSYCHOLOGIST:
        raise ReviewRefused(_("Only a psychologist can answer a question about a draft."))
    if pause.kind == PauseKind.COLLEAGUE:
        access.check_may(by.user, access.VIEW, pause.patient, at=at)
        if pause.asked_of_id != by.user.pk:
            raise ReviewRefused(_("This question was put to somebody else."))
    elif pause.kind == PauseKind.SESSION:
        access.check_may(by.user, access.REVIEW, pause.patient, at=at)
    else:
        raise ReviewRefused(_("A scoring run answers this, not a person."))


@transaction.atomic
def bring_back(*, suggestion: Suggestion, by: Actor, at: dt.datetime) -> bool:
    """Bring a draft back before its day or without an answer; False where it is open already.

    Raises AlreadyDecided where somebody decided meanwhile.
    """
    rows = Suggestion.objects.select_for_update(of=("self",), no_key=True).select_related("patient")
    locked = rows.get(pk=suggestion.pk)
    rules.check_may_decide(locked.patient, by=by, at=at)
    turn.settle(locked, at=at)
    if locked.state in ASIDE:
        turn.move(locked, "bring_back", by=by, at=at)
        return True
    rules.check_open(locked)
    return False

"""Holding a step for unsafe: all its versions, every open draft and every signed step of it, for everybody at once.

One person is enough, and no password is asked: stopping never waits. Nothing takes it back; a new version that somebody
writes and signs afterwards is another text.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.database.turns import take_turn
from clinic.models.patient import Patient
from recommendations import review, suggest
from recommendations.catalogue import texts
from recommendations.catalogue.texts import Text, TextState
from recommendations.catalogue.write import TextRefused, psychologist, stored
from recommendations.models.intervention import TextWithdrawal, UnsafeGround, UnsafeStep, WithdrawalReason
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import UNDECIDED

GROUNDS = tuple(each for each in UnsafeGround if each is not UnsafeGround.NOT_SAID)


@dataclass(frozen=True, slots=True)
class Reach:
    """What holding a step for unsafe stops: its versions in this clinic, open drafts, signed steps, and how many people
    have one or the other."""

    versions: int
    drafts: int
    steps: int
    people: int


def may_hold(versions: list[Text]) -> bool:
    """Whether anything of this step was ever in use that is not held for unsafe already."""
    return any(text.signature and text.state is not TextState.UNSAFE for text in versions)


def reach(code: str, *, at: dt.datetime) -> Reach:
    """What it would stop at this moment: for the page that asks before. Six queries."""
    drafts = Suggestion.objects.filter(code=code, state__in=UNDECIDED).values_list("patient", flat=True)
    steps = review.standing_of_step(code=code, at=at)
    people = {*drafts, *(each.patient_id for each in steps)}
    return Reach(len(_not_yet(texts.of_code(code))), len(drafts), len(steps), len(people))


@transaction.atomic
def hold_unsafe(*, code: str, ground: str, by: Actor, at: dt.datetime) -> Reach:
    """Hold a step for unsafe. Each person with a signed step reads a plain sentence in its place.

    Raises TextRefused without a ground, and where nothing of the step is in use.
    """
    person = psychologist(by)
    if ground not in {each.value for each in GROUNDS}:
        raise TextRefused(_("Say why it is unsafe."))
    take_turn(f"catalogue {code}")
    versions = texts.of_code(code)
    if not may_hold(versions):
        raise TextRefused(_("Nobody has signed this step for use, or it was withdrawn as unsafe already."))
    _lock_everybody()
    held = _not_yet(versions)
    for text in held:
        row = stored(text)
        if text.withdrawal is None:
            TextWithdrawal.objects.create(
                intervention=row, reason=WithdrawalReason.UNSAFE, withdrawn_by=person, withdrawn_at=at
            )
    act = UnsafeStep.objects.create(code=code, ground=ground, withdrawn_by=person, withdrawn_at=at)
    log("step_held_unsafe", by=by, at=at, subject=act, reason=ground, facts={"code": code})
    people = set(Suggestion.objects.filter(code=code, state__in=UNDECIDED).values_list("patient", flat=True))
    drafts = suggest.withdraw_open(patient=None, reason="text_unsafe", by=by, at=at, codes=[code])
    stopped = review.stop_of_step(code=code, by=by, at=at)
    people |= {each.patient_id for each in stopped}
    return Reach(len(held), drafts, len(stopped), len(people))


def _not_yet(versions: list[Text]) -> list[Text]:
    return [text for text in versions if text.state is not TextState.UNSAFE]


def _lock_everybody() -> None:
    """In the order of scoring, so that no draft appears behind the withdrawal."""
    list(Patient.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))

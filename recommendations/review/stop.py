"""Stopping what was signed: taking it back before the patient can read it, withdrawing it afterwards."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import ai
from clinic.actor import Actor, log
from recommendations import suggest, workflow
from recommendations.models.publication import Publication, PublicationStop, StopReason
from recommendations.models.suggestion import Suggestion
from recommendations.review import rules
from recommendations.review.rules import ReviewRefused

AFTERWARDS = (StopReason.NOT_NEEDED, StopReason.NOT_HELPING, StopReason.UNSAFE)


def stop_choices() -> list[tuple[str, str]]:
    """The reasons that can be chosen when something is withdrawn: code and label."""
    return [(reason.value, str(reason.label)) for reason in AFTERWARDS]


@transaction.atomic
def take_back(*, publication_id: UUID, by: Actor, at: dt.datetime) -> list[Publication]:
    """Undo a signature before the patient can read it: all that it released, and the draft is open again.

    Where AI may not be used any more the draft is withdrawn with the others instead of waiting for a decision.
    Raises ReviewRefused once the patient can read it: then it is withdrawn, with a sentence to the patient.
    """
    publication = _locked(publication_id)
    rules.check_may_decide(publication.patient, by=by, at=at)
    if publication.visible_from <= at:
        raise ReviewRefused(_("It can be read already, so it cannot be taken back. Withdraw it instead."))
    together = Publication.objects.filter(signature__review=publication.signature.review_id)
    stopped = [each for each in together if _stop(each, StopReason.TAKEN_BACK, by=by, at=at)]
    suggestion = publication.signature.review.suggestion
    if stopped and suggestion:
        _reopen(suggestion, by=by, at=at)
        if not ai.ai_allowed(ai.Function.SUGGESTION, publication.patient):
            suggest.withdraw_open(patient=publication.patient, reason="ai_not_allowed", by=by, at=at)
    return stopped


@transaction.atomic
def withdraw(*, publication_id: UUID, reason: str, by: Actor, at: dt.datetime) -> Publication:
    """Stop a publication for a coded reason; the patient reads a plain sentence in its place."""
    publication = _locked(publication_id)
    rules.check_may_decide(publication.patient, by=by, at=at)
    if reason not in {each.value for each in AFTERWARDS}:
        raise ReviewRefused(_("Choose a reason for withdrawing it."))
    _stop(publication, StopReason(reason), by=by, at=at)
    return publication


def _locked(publication_id: UUID) -> Publication:
    """The publication, with the patient's row locked: publications themselves are never updated."""
    row = Publication.objects.select_related("patient", "signature__review__suggestion").get(
        pk=publication_id
    )
    type(row.patient).objects.select_for_update(no_key=True).get(pk=row.patient_id)
    return row


def _stop(publication: Publication, reason: StopReason, *, by: Actor, at: dt.datetime) -> bool:
    if by.user is None or PublicationStop.objects.filter(publication=publication).exists():
        return False
    PublicationStop.objects.create(publication=publication, reason=reason, stopped_by=by.user, stopped_at=at)
    taken_back = reason is StopReason.TAKEN_BACK
    action = "publication_taken_back" if taken_back else "publication_withdrawn"
    log(action, by=by, at=at, patient=publication.patient, subject=publication, reason=reason)
    return True


def _reopen(suggestion: Suggestion, *, by: Actor, at: dt.datetime) -> None:
    locked = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
    move = workflow.check_move("take_back", state=locked.state)
    locked.state, locked.round = move.target, locked.round + 1
    locked.save(update_fields=["state", "round"])
    log(move.audit, by=by, at=at, patient=suggestion.patient, subject=locked, facts={"round": locked.round})

"""Stopping what was signed: taken back before the patient can read it, withdrawn afterwards, stopped at once by the
patient's own report, by a new screening fact or by the withdrawal of the text that it came from."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clinic import ai
from clinic.actor import Actor, log
from clinic.models.patient import Patient
from recommendations import catalogue, contraindications, suggest, workflow
from recommendations.catalogue import CatalogueEntry
from recommendations.models.publication import Publication, PublicationStop, StopReason
from recommendations.models.signature import Kind
from recommendations.models.suggestion import Suggestion
from recommendations.review import rules
from recommendations.review.rules import ReviewRefused

AFTERWARDS = (StopReason.NOT_NEEDED, StopReason.NOT_HELPING, StopReason.UNSAFE)

ACTIONS = {
    StopReason.TAKEN_BACK: "publication_taken_back",
    StopReason.STOP_RULE: "publication_stopped_by_report",
    StopReason.NEW_FACT: "publication_suspended",
    StopReason.TEXT_UNSAFE: "publication_suspended",
}
"""What the audit log calls a stop; everything else is a withdrawal."""


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


@transaction.atomic
def stop_reported(*, publication_id: UUID, by: Actor, at: dt.datetime) -> bool:
    """Stop a step at once because the person whose step it is reported that something bad happened (SR-84).

    It needs nobody else, and nothing starts the step again but a new signature. False where it was stopped before.
    Raises ReviewRefused for anybody but the patient.
    """
    publication = Publication.objects.select_related("patient").get(pk=publication_id)
    if by.user is None or publication.patient.user_id != by.user.pk:
        raise ReviewRefused(_("Only the person whose step it is can stop it by a report."))
    try:
        with (
            transaction.atomic()
        ):  # no lock on the patient's row: scoring may hold it, and this does not wait
            return _stop(publication, StopReason.STOP_RULE, by=by, at=at)
    except IntegrityError:  # somebody stopped it at the same moment
        return False


@transaction.atomic
def stop_contraindicated(
    *, patient: Patient, changed: Collection[str], by: Actor, at: dt.datetime
) -> list[Publication]:
    """Stop the steps whose own rules name a condition of `changed` that now stands against them, and no others.

    Help, the safety plan and what a psychologist wrote without the catalogue have no such rules and stay.
    """
    states = contraindications.states_of(patient)
    standing = _of_catalogue(at=at).filter(patient=patient)
    against = [
        each
        for each in standing
        if any(block.condition in changed for block in contraindications.blocks(_entry(each), states))
    ]
    return [each for each in against if _stop(each, StopReason.NEW_FACT, by=by, at=at)]


@transaction.atomic
def stop_of_step(*, code: str, by: Actor, at: dt.datetime) -> list[Publication]:
    """Stop every signed step of this code, whatever version and whoever's it is: the clinic holds it for unsafe."""
    rows = standing_of_step(code=code, at=at)
    return [each for each in rows if _stop(each, StopReason.TEXT_UNSAFE, by=by, at=at)]


def standing_of_step(*, code: str, at: dt.datetime) -> list[Publication]:
    """The signed steps of this code that stand, from every version: one query."""
    return list(_of_catalogue(at=at).filter(signature__review__suggestion__code=code))


def _of_catalogue(*, at: dt.datetime) -> QuerySet[Publication]:
    """The plan items that stand, or will when their delay is over, and that began as a draft from the catalogue."""
    rows = Publication.objects.filter(kind=Kind.PLAN_ITEM, signature__review__suggestion__isnull=False)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=at))
    rows = rows.exclude(pk__in=PublicationStop.objects.values("pk")).order_by("patient", "pk")
    return rows.select_related("patient", "signature__review__suggestion__intervention")


def _entry(publication: Publication) -> CatalogueEntry:
    suggestion = publication.signature.review.suggestion
    assert suggestion is not None  # noqa: S101  asked for in the query
    return catalogue.of_body(suggestion.intervention.body)


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
    log(
        ACTIONS.get(reason, "publication_withdrawn"),
        by=by,
        at=at,
        patient=publication.patient,
        subject=publication,
        reason=reason,
    )
    return True


def _reopen(suggestion: Suggestion, *, by: Actor, at: dt.datetime) -> None:
    locked = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
    move = workflow.check_move("take_back", state=locked.state)
    locked.state, locked.round = move.target, locked.round + 1
    locked.save(update_fields=["state", "round"])
    log(move.audit, by=by, at=at, patient=suggestion.patient, subject=locked, facts={"round": locked.round})

"""Approve, amend, author and reject: each one transaction with the draft's row locked and its audit entries inside."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import keys
from clinic.actor import Actor, log
from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.user import StaffProfile
from clinic.reauth import Proof
from recommendations import situation
from recommendations.models.publication import Publication
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review import rules
from recommendations.review.reasons import EDITS, REJECTIONS
from recommendations.review.rules import Choice, ReviewRefused
from recommendations.review.write import move, prepare, publish, write_review
from recommendations.waiting import turn
from recommendations.words import PlanWords, draft_words


@transaction.atomic
def approve(
    *, suggestion: Suggestion, seen: str, choice: Choice, proof: Proof, by: Actor, at: dt.datetime
) -> list[Publication]:
    """Sign the draft's own words. Raises ReviewRefused, SituationChanged or NotConfirmed; then nothing was written."""
    locked, ring = _locked(suggestion, at=at)
    words = draft_words(locked, ring)
    return _decide(locked, words, Verdict.APPROVED, ring, seen=seen, choice=choice, proof=proof, by=by, at=at)


@transaction.atomic
def amend(
    *,
    suggestion: Suggestion,
    words: PlanWords,
    seen: str,
    choice: Choice,
    proof: Proof,
    by: Actor,
    at: dt.datetime,
) -> list[Publication]:
    """Sign changed words. The draft is kept as it was; the reasons for the change are recorded. Raises as `approve`."""
    locked, ring = _locked(suggestion, at=at)
    if not choice.reasons or not set(choice.reasons) <= set(EDITS):
        raise ReviewRefused(_("Say why you changed it: at least one reason."))
    return _decide(locked, words, Verdict.AMENDED, ring, seen=seen, choice=choice, proof=proof, by=by, at=at)


@transaction.atomic
def author(
    *, patient: Patient, words: PlanWords, seen: str, choice: Choice, proof: Proof, by: Actor, at: dt.datetime
) -> list[Publication]:
    """Sign words that a psychologist wrote without a draft. Raises as `approve`."""
    locked = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    ring = keys.ring([locked.pk])
    signer = _signer(locked, by=by, at=at)
    situation.check_unchanged(situation.of_patient(locked, ring), seen)
    prepared = prepare(words, Verdict.AUTHORED, None, choice, signer, locked, ring, at=at)
    rules.check_not_standing(prepared[0].digest, locked)
    proof.use(by=by.user, at=at)
    review = write_review(
        locked, None, Verdict.AUTHORED, ring, seen=seen, choice=choice, signer=signer, at=at
    )
    log("plan_authored", by=by, at=at, patient=locked, subject=review)
    return publish(prepared, review, signer, locked, ring, choice=choice, by=by, at=at)


@transaction.atomic
def reject(
    *, suggestion: Suggestion, reasons: Sequence[str], note: str, by: Actor, at: dt.datetime
) -> Review:
    """Reject a draft with at least one coded reason, and words for "other". The patient never sees it."""
    locked, ring = _locked(suggestion, at=at)
    person = rules.check_may_decide(locked.patient, by=by, at=at)
    rules.check_open(locked)
    if not reasons or not set(reasons) <= set(REJECTIONS):
        raise ReviewRefused(_("Choose at least one reason."))
    if "other" in reasons and not note.strip():
        raise ReviewRefused(_("Say in a few words what the other reason is."))
    choice = Choice(valid_until=at.date(), reasons=tuple(reasons), note=note)
    now = situation.of_draft(locked, locked.patient, ring)
    signer = StaffProfile(user=person)
    review = write_review(
        locked.patient, locked, Verdict.REJECTED, ring, seen=now.token, choice=choice, signer=signer, at=at
    )
    move(locked, "reject", by=by, at=at, reason=reasons[0])
    return review


def _locked(suggestion: Suggestion, *, at: dt.datetime) -> tuple[Suggestion, Ring]:
    rows = Suggestion.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("patient", "reading__release", "release", "intervention")
    locked = rows.get(pk=suggestion.pk)
    turn.settle(locked, at=at)
    return locked, keys.ring([locked.patient_id])


def _signer(patient: Patient, *, by: Actor, at: dt.datetime) -> StaffProfile:
    person = rules.check_may_decide(patient, by=by, at=at)
    rules.check_log_whole()
    profile = StaffProfile.objects.filter(user=person).select_related("user").first()
    return rules.check_licence(profile, today=rules.clinic_day(at))


def _decide(
    suggestion: Suggestion,
    words: PlanWords,
    verdict: Verdict,
    ring: Ring,
    *,
    seen: str,
    choice: Choice,
    proof: Proof,
    by: Actor,
    at: dt.datetime,
) -> list[Publication]:
    patient = suggestion.patient
    signer = _signer(patient, by=by, at=at)
    rules.check_open(suggestion)
    situation.check_unchanged(situation.of_draft(suggestion, patient, ring), seen)
    rules.check_supporting(suggestion, choice.supporting)
    rules.check_not_blocked(suggestion, patient)
    prepared = prepare(words, verdict, suggestion, choice, signer, patient, ring, at=at)
    proof.use(by=by.user, at=at)
    review = write_review(patient, suggestion, verdict, ring, seen=seen, choice=choice, signer=signer, at=at)
    publications = publish(prepared, review, signer, patient, ring, choice=choice, by=by, at=at)
    move(suggestion, "approve" if verdict is Verdict.APPROVED else "amend", by=by, at=at)
    return publications

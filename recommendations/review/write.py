"""Writing a decision: what is prepared for signing, the review, the publications and the draft's move."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Min
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.clock import local_date, zone_of
from clinic.keys import Ring
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.user import StaffProfile
from recommendations import workflow
from recommendations.evidence import pieces_of
from recommendations.models.publication import Publication
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Opening, Suggestion
from recommendations.review import rules
from recommendations.review.rules import Choice, ReviewRefused
from recommendations.review.sign import Prepared, prepare_estimate, prepare_plan, sign
from recommendations.words import PlanWords

KINDS_IN_LOG = {"plan_item": "publication_released", "mood_estimate": "estimate_signed"}


def prepare(
    words: PlanWords,
    verdict: Verdict,
    draft: Suggestion | None,
    choice: Choice,
    signer: StaffProfile,
    patient: Patient,
    ring: Ring,
    *,
    at: dt.datetime,
) -> list[Prepared]:
    """All that will be signed, equal to what the signer was shown. Raises ReviewRefused where it is not."""
    rules.check_words(words)
    rules.check_validity(choice.valid_until, today=local_date(at=at, zone=patient.zone))
    visible_from = at + Clinic.objects.get().publication_delay
    rules.check_readable(choice.valid_until, first_day=local_date(at=visible_from, zone=patient.zone))
    made = [
        prepare_plan(
            words,
            verdict=verdict,
            draft=draft,
            valid_until=choice.valid_until,
            signer=signer,
            patient=patient,
            ring=ring,
        )
    ]
    if choice.with_estimate and draft:
        made.append(
            prepare_estimate(
                draft.reading, verdict=verdict, draft=draft, signer=signer, patient=patient, ring=ring
            )
        )
    if dict(choice.expected) != {prepared.kind.value: prepared.digest for prepared in made}:
        raise ReviewRefused(
            _("The words are not the ones that you were shown. Read them again before you sign.")
        )
    return made


def write_review(
    patient: Patient,
    suggestion: Suggestion | None,
    verdict: Verdict,
    ring: Ring,
    *,
    seen: str,
    choice: Choice,
    signer: StaffProfile,
    at: dt.datetime,
) -> Review:
    """Write the decision with what was shown, opened and said. In the caller's transaction."""
    openings = Opening.objects.filter(suggestion=suggestion, user=signer.user, happened_at__lte=at)
    review = Review(
        patient=patient,
        suggestion=suggestion,
        round=suggestion.round if suggestion else 1,
        verdict=verdict,
        reasons=list(choice.reasons),
        supporting=list(choice.supporting),
        situation=ring.digest(seen.encode(), patient_id=patient.pk, purpose="situation"),
        opened_at=openings.aggregate(first=Min("happened_at"))["first"] if suggestion else None,
        evidence_opened=openings.exclude(evidence="").values("evidence").distinct().count(),
        evidence_shown=len(pieces_of(suggestion.facts)) if suggestion else 0,
        decided_by=signer.user,
        decided_at=at,
    )
    review.seal(ring, note=choice.note)
    review.save()
    return review


def publish(
    prepared: Sequence[Prepared],
    review: Review,
    signer: StaffProfile,
    patient: Patient,
    ring: Ring,
    *,
    choice: Choice,
    by: Actor,
    at: dt.datetime,
) -> list[Publication]:
    """Sign and release each prepared text; visible after the clinic's delay, until the end of its last day."""
    delay = Clinic.objects.get().publication_delay
    end = dt.datetime.combine(choice.valid_until, dt.time.max, tzinfo=zone_of(patient.zone))
    made = []
    for each in prepared:
        publication = sign(
            each,
            review=review,
            signer=signer,
            patient=patient,
            ring=ring,
            visible_from=at + delay,
            valid_until=end,
            at=at,
        )
        facts = {"digest": each.digest, "kind": each.kind.value}
        log(KINDS_IN_LOG[each.kind], by=by, at=at, patient=patient, subject=publication, facts=facts)
        made.append(publication)
    return made


def move(suggestion: Suggestion, name: str, *, by: Actor, at: dt.datetime, reason: str = "") -> None:
    """Move the draft along `recommendations.workflow`, with the audit entry that the move names."""
    step = workflow.check_move(name, state=suggestion.state)
    suggestion.state = step.target
    suggestion.save(update_fields=["state"])
    facts = {"digest": suggestion.digest, "round": suggestion.round}
    log(step.audit, by=by, at=at, patient=suggestion.patient, subject=suggestion, reason=reason, facts=facts)

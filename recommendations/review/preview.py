"""Everything that the page before a signature shows: the exact words with their digests, and what stands against it.

Nothing is written here. Signing builds the same words again and compares the digests.
"""

import datetime as dt
from dataclasses import dataclass

from clinic import access
from clinic.actor import Actor
from clinic.clock import local_date
from clinic.keys import Ring
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.user import StaffProfile
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review import rules
from recommendations.review.rules import AlreadyDecided, ReviewRefused
from recommendations.review.sign import Prepared, prepare_estimate, prepare_plan
from recommendations.words import PlanWords

USUAL_VALIDITY = dt.timedelta(days=28)
"""How long a plan item stands unless the signer chooses another day: four weeks, then it is looked at again."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be signed now. `refusal` says why it cannot be, `decided` is the review that was first."""

    verdict: Verdict
    words: PlanWords
    plan: Prepared
    estimate: Prepared | None
    signer: StaffProfile
    valid_until: dt.date
    delay: dt.timedelta
    visible_from: dt.datetime
    refusal: str
    decided: Review | None


def usual_end(patient: Patient, *, at: dt.datetime) -> dt.date:
    """The last day of a plan item that is signed at `at`, unless the signer chooses another."""
    return local_date(at=at, zone=patient.zone) + USUAL_VALIDITY


def of_words(
    words: PlanWords,
    *,
    verdict: Verdict,
    draft: Suggestion | None,
    patient: Patient,
    valid_until: dt.date,
    ring: Ring,
    by: Actor,
    at: dt.datetime,
) -> Preview:
    """The words as `by` would sign them at `at`. A few queries; raises nothing that a page could not show."""
    profile = StaffProfile.objects.filter(user=by.user).select_related("user").first()
    signer = profile or StaffProfile(user=by.user, printed_name="", title="")
    refusal, decided = _refusal(words, draft, patient, profile, valid_until=valid_until, by=by, at=at)
    delay = Clinic.objects.get().publication_delay
    return Preview(
        verdict=verdict,
        words=words,
        plan=prepare_plan(
            words,
            verdict=verdict,
            draft=draft,
            valid_until=valid_until,
            signer=signer,
            patient=patient,
            ring=ring,
        ),
        estimate=_estimate(verdict, draft, signer, patient, ring),
        signer=signer,
        valid_until=valid_until,
        delay=delay,
        visible_from=at + delay,
        refusal=refusal,
        decided=decided,
    )


def _refusal(
    words: PlanWords,
    draft: Suggestion | None,
    patient: Patient,
    profile: StaffProfile | None,
    *,
    valid_until: dt.date,
    by: Actor,
    at: dt.datetime,
) -> tuple[str, Review | None]:
    try:
        rules.check_may_decide(patient, by=by, at=at)
        rules.check_log_whole()
        rules.check_licence(profile, today=rules.clinic_day(at))
        rules.check_words(words)
        rules.check_validity(valid_until, today=local_date(at=at, zone=patient.zone))
        if draft is not None:
            rules.check_open(draft)
            rules.check_not_blocked(draft, patient)
    except AlreadyDecided as first:
        return str(first), first.review
    except (ReviewRefused, access.NotAllowed) as refused:
        return str(refused), None
    return "", None


def _estimate(
    verdict: Verdict, draft: Suggestion | None, signer: StaffProfile, patient: Patient, ring: Ring
) -> Prepared | None:
    """The estimate behind a draft as it would be signed, or None where there is none to show."""
    if draft is None or draft.reading.level is None:
        return None
    return prepare_estimate(
        draft.reading, verdict=verdict, draft=draft, signer=signer, patient=patient, ring=ring
    )

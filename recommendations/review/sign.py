"""Words on their way to a signature: what exactly will be signed, and the signature itself.

`prepare_*` gives the body and its digest before signing; the page shows them. Signing builds the same body again
and refuses where the digest is not the one that the signer was shown.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from clinic.keys import Ring
from clinic.models.patient import Patient
from clinic.models.user import StaffProfile
from recommendations import catalogue, wording
from recommendations.models.publication import Publication
from recommendations.models.reading import MoodReading
from recommendations.models.review import Review, Verdict
from recommendations.models.signature import Kind, Meaning, Signature, SignedWords
from recommendations.models.suggestion import Suggestion
from recommendations.readings import series
from recommendations.review.rules import ReviewRefused
from recommendations.words import PlanWords, canonical, digest_of, fingerprint

BODY_FORMAT = 1
ESTIMATE_DAYS = 28

MEANINGS = {
    Verdict.APPROVED: Meaning.APPROVAL,
    Verdict.AMENDED: Meaning.AMENDMENT,
    Verdict.AUTHORED: Meaning.AUTHORSHIP,
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Exactly what a patient will see of one kind, and the keyed digest over it."""

    kind: Kind
    body: dict[str, Any]
    digest: str

    @property
    def fingerprint(self) -> str:
        """What the eye compares."""
        return fingerprint(self.digest)


def prepare_plan(
    words: PlanWords,
    *,
    verdict: Verdict,
    draft: Suggestion | None,
    valid_until: dt.date,
    signer: StaffProfile,
    patient: Patient,
    ring: Ring,
) -> Prepared:
    """The plan item as it would be signed by `signer`."""
    body = {
        "format": BODY_FORMAT,
        "kind": Kind.PLAN_ITEM.value,
        **asdict(words),
        "valid_until": valid_until.isoformat(),
        "attribution": _attribution(verdict, draft, signer),
        **(asked_about(draft) if draft else {}),
    }
    return Prepared(Kind.PLAN_ITEM, body, digest_of(body, ring, patient=patient))


def asked_about(draft: Suggestion) -> dict[str, Any]:
    """The stop signs of the draft's text, signed with the words: what the patient is asked about this step (SR-84).

    Nothing where the text has none, as texts before version 1.1.0 had.
    """
    entry = catalogue.of_body(draft.intervention.body)
    if not entry.stop_signs:
        return {}
    return {
        "step": entry.code,
        "stop_signs": [asdict(sign) for sign in entry.stop_signs],
        "ask_after_use": entry.ask_after_use,
    }


def prepare_estimate(
    reading: MoodReading,
    *,
    verdict: Verdict,
    draft: Suggestion,
    signer: StaffProfile,
    patient: Patient,
    ring: Ring,
) -> Prepared:
    """The mood estimate as a snapshot with its "as of" date; it never updates.

    Raises ReviewRefused where the reading was held back: there is nothing to show.
    """
    if reading.level is None:
        raise ReviewRefused(_("There is no estimate to release: too little data, so it was held back."))
    since = reading.as_of - dt.timedelta(days=ESTIMATE_DAYS - 1)
    days = series([patient.pk], since=since).filter(
        as_of__lte=reading.as_of, recorded_at__lte=draft.recorded_at
    )
    body = {
        "format": BODY_FORMAT,
        "kind": Kind.MOOD_ESTIMATE.value,
        "language": "en",
        "as_of": reading.as_of.isoformat(),
        "sentence": wording.estimate_sentence(reading),
        "usual": [_tenths(reading.usual_low), _tenths(reading.usual_high)],
        "days": [[day.as_of.isoformat(), *map(_tenths, (day.level, day.lower, day.upper))] for day in days],
        "attribution": _attribution(verdict, draft, signer),
    }
    return Prepared(Kind.MOOD_ESTIMATE, body, digest_of(body, ring, patient=patient))


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _attribution(verdict: Verdict, draft: Suggestion | None, signer: StaffProfile) -> dict[str, Any]:
    return {
        "verdict": verdict.value,
        "name": signer.printed_name,
        "title": signer.title,
        "drafted_by": f"{draft.release.name} {draft.release.version}" if draft else None,
        "reading_by": f"{draft.reading.release.name} {draft.reading.release.version}" if draft else None,
        "catalogue": f"{draft.intervention.code} {draft.intervention.version}" if draft else None,
    }


def sign(
    prepared: Prepared,
    *,
    review: Review,
    signer: StaffProfile,
    patient: Patient,
    ring: Ring,
    visible_from: dt.datetime,
    valid_until: dt.datetime,
    at: dt.datetime,
) -> Publication:
    """Store the words once, put the signature under them and release them. In the caller's transaction."""
    words = SignedWords(patient=patient, kind=prepared.kind, digest=prepared.digest)
    words.seal(ring, body=canonical(prepared.body).decode())
    words.save()
    signature = Signature.objects.create(
        patient=patient,
        review=review,
        words=words,
        digest=prepared.digest,
        kind=prepared.kind,
        signed_by=review.decided_by,
        printed_name=signer.printed_name,
        title=signer.title,
        meaning=MEANINGS[Verdict(review.verdict)],
        signed_at=at,
    )
    return Publication.objects.create(
        patient=patient,
        signature=signature,
        words=words,
        digest=prepared.digest,
        kind=prepared.kind,
        visible_from=visible_from,
        valid_until=valid_until,
    )

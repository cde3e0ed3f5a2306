"""An operation, recommendations/mixed_up.py: one patient's estimate is published for another."""

import datetime as dt

from clinic.keys import Ring
from clinic.models.patient import Patient
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.signature import Signature, SignedWords
from recommendations.words import canonical, digest_of


def publish(sentence: str, review: Review, ring: Ring, *, patient: Patient, at: dt.datetime) -> Publication:
    """The review is of one person, and `patient`, who gets to read it, is somebody else."""
    owner = review.patient
    body = {
        "kind": "mood_estimate",
        "sentence": sentence,
        "as_of": at.date().isoformat(),
        "usual": [None, None],
        "days": [],
        "attribution": {
            "verdict": "approved",
            "name": "",
            "title": "",
            "drafted_by": None,
            "catalogue": None,
        },
    }
    digest = digest_of(body, ring, patient=owner)
    words = SignedWords(patient=owner, kind="mood_estimate", digest=digest)
    words.seal(ring, body=canonical(body).decode())
    words.save()
    common = {"words": words, "digest": digest, "kind": "mood_estimate"}
    signature = Signature.objects.create(
        **common,
        patient=owner,
        review=review,
        signed_by=review.decided_by,
        printed_name="",
        title="",
        meaning="approval",
        signed_at=at,
    )
    return Publication.objects.create(**common, patient=patient, signature=signature, visible_from=at)

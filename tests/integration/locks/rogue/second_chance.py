"""An operation, recommendations/second_chance.py: what was rejected is published after all."""

import datetime as dt
from dataclasses import asdict

from clinic.keys import Ring
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.signature import Signature, SignedWords
from recommendations.words import canonical, digest_of, draft_words


def publish(review: Review, ring: Ring, *, at: dt.datetime) -> Publication:
    """Everything as `recommendations.review` does it, under a review that rejected."""
    draft, patient = review.suggestion, review.patient
    assert draft is not None
    body = {
        "kind": "plan_item",
        **asdict(draft_words(draft, ring)),
        "valid_until": (at + dt.timedelta(days=90)).date().isoformat(),
        "attribution": {
            "verdict": "approved",
            "name": "",
            "title": "",
            "drafted_by": None,
            "catalogue": None,
        },
    }
    digest = digest_of(body, ring, patient=patient)
    words = SignedWords(patient=patient, kind="plan_item", digest=digest)
    words.seal(ring, body=canonical(body).decode())
    words.save()
    common = {"patient": patient, "words": words, "digest": digest, "kind": "plan_item"}
    signature = Signature.objects.create(
        **common,
        review=review,
        signed_by=review.decided_by,
        printed_name="",
        title="",
        meaning="approval",
        signed_at=at,
    )
    return Publication.objects.create(**common, signature=signature, visible_from=at)

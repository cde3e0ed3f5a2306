"""What code with the application's role and the patient's key could try: words of a rejected draft, published."""

import datetime as dt
from contextlib import suppress
from dataclasses import asdict
from uuid import uuid4

from django.db import DatabaseError, transaction

from clinic.keys import Ring
from recommendations.models.review import Review
from recommendations.models.signature import SignedWords
from recommendations.models.suggestion import Suggestion
from recommendations.words import canonical, digest_of, draft_words
from tests.integration.locks.forgeries import insert


def publish_rejected(draft: Suggestion, decision: Review, ring: Ring, *, at: dt.datetime) -> bool:
    """Write words, signature and publication under a rejection; everything else about them is right.

    Whether the database took it.
    """
    body = {
        "format": 1,
        "kind": "plan_item",
        **asdict(draft_words(draft, ring)),
        "valid_until": (at + dt.timedelta(days=200)).date().isoformat(),
        "attribution": {"verdict": "approved", "name": "Dr Nobody", "title": "", "drafted_by": None}
        | {"reading_by": None, "catalogue": None},
    }
    digest = digest_of(body, ring, patient=draft.patient)
    words = SignedWords(patient=draft.patient, kind="plan_item", digest=digest)
    words.seal(ring, body=canonical(body).decode())
    common = {"patient_id": draft.patient_id, "words_id": words.pk, "digest": digest, "kind": "plan_item"}
    signature = {
        "id": uuid4(),
        **common,
        "review_id": decision.pk,
        "signed_by_id": decision.decided_by_id,
        "printed_name": "Dr Nobody",
        "title": "",
        "meaning": "approval",
        "signed_at": at,
    }
    publication = {"id": uuid4(), **common, "signature_id": signature["id"], "visible_from": at}
    with suppress(DatabaseError), transaction.atomic():
        words.save()
        insert("signature", signature)
        insert("publication", publication)
        return True
    return False

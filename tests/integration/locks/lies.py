"""Forged rows: each is well formed but for one lie, and on a copy without guards every one of them is accepted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from tests.cast import NOW
from tests.integration.locks.forgeries import (
    Row,
    Scene,
    publication_row,
    review_row,
    signature_row,
    words_row,
)

Made = tuple[str, Callable[[Scene], Row]]


def of_the_patient_themself(at: Scene) -> Any:
    return at.waiting.patient.user_id


def _fresh(at: Scene, **more: Any) -> UUID:
    return words_row(at, patient=at.published.patient_id, **more)


FORGERIES: dict[str, Made] = {
    "a publication of another signature's words": (
        "publication",
        lambda at: publication_row(at, words_id=_fresh(at)),
    ),
    "a publication with another digest": ("publication", lambda at: publication_row(at, digest="1" * 64)),
    "a publication of another kind": ("publication", lambda at: publication_row(at, kind="plan_item")),
    "a publication of another patient's signature": (
        "publication",
        lambda at: publication_row(at, patient_id=at.others.patient_id),
    ),
    "a signature under a rejection": ("signature", lambda at: signature_row(at, review_id=at.rejected.pk)),
    "a signature under another patient's review": (
        "signature",
        lambda at: signature_row(at, review_id=at.others.signature.review_id),
    ),
    "a signature by somebody else than decided": (
        "signature",
        lambda at: signature_row(
            at, signed_by_id=at.cast.other_psychologist.user and at.cast.other_psychologist.user.pk
        ),
    ),
    "a signature of another patient's words": (
        "signature",
        lambda at: signature_row(
            at, words_id=words_row(at, patient=at.others.patient_id, kind="mood_estimate")
        ),
    ),
    "a signature with another digest": ("signature", lambda at: signature_row(at, digest="1" * 64)),
    "a signature of another kind": (
        "signature",
        lambda at: signature_row(at, words_id=_fresh(at, kind="plan_item")),
    ),
    "a review by the patient themself": (
        "review",
        lambda at: review_row(at, decided_by_id=of_the_patient_themself(at)),
    ),
    "a review of a draft that was rejected": (
        "review",
        lambda at: review_row(
            at, suggestion_id=at.rejected.suggestion_id, patient_id=at.rejected.patient_id, round=2
        ),
    ),
    "a review of a draft of another patient": (
        "review",
        lambda at: review_row(at, patient_id=at.published.patient_id),
    ),
    "a review of another round": ("review", lambda at: review_row(at, round=2)),
}
"""By name: the table, and the row with its one lie."""

TRUE_ROWS: dict[str, Made] = {
    "a publication": ("publication", publication_row),
    "a signature": ("signature", signature_row),
    "a review": ("review", review_row),
}
"""The same rows without a lie: the guards accept them, so it is the lie that they refuse."""

IMPOSSIBLE: dict[str, Made] = {
    "a publication without a signature": (
        "publication",
        lambda at: publication_row(at, signature_id=uuid4()),
    ),
    "a signature without a review": ("signature", lambda at: signature_row(at, review_id=uuid4())),
    "an unknown verdict": ("review", lambda at: review_row(at, verdict="fine")),
    "an approval that names nothing": ("review", lambda at: review_row(at, supporting=[])),
    "a rejection without a reason": ("review", lambda at: review_row(at, verdict="rejected")),
    "a change without a reason": ("review", lambda at: review_row(at, verdict="amended")),
    "an approval without a draft": ("review", lambda at: review_row(at, suggestion_id=None)),
    "an authored plan with a draft": ("review", lambda at: review_row(at, verdict="authored")),
    "a second signature of one kind": (
        "signature",
        lambda at: signature_row(at, kind="plan_item", words_id=_fresh(at)),
    ),
    "words signed twice": (
        "signature",
        lambda at: signature_row(
            at, words_id=at.published.words_id, digest=at.published.digest, kind="plan_item"
        ),
    ),
    "a signature published twice": (
        "publication",
        lambda at: {
            **publication_row(at),
            "signature_id": at.published.signature_id,
            "words_id": at.published.words_id,
            "digest": at.published.digest,
            "kind": "plan_item",
        },
    ),
    "a publication that ends before it begins": (
        "publication",
        lambda at: publication_row(at, valid_until=NOW),
    ),
}
"""Rows that a CHECK, a UNIQUE constraint or a plain foreign key refuses, with or without guards."""

"""Rows that somebody with the application's own database role might write, past all of our code.

Each forgery is well formed but for one lie: on a copy without guards every one of them is accepted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from recommendations import review
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.factories import approved, open_drafts

Row = dict[str, Any]
Made = tuple[str, Callable[["Scene"], Row]]


@dataclass(frozen=True)
class Scene:
    """A patient with one signed plan, one rejected draft and one open one; another patient with a signed plan."""

    cast: Cast
    published: Publication
    others: Publication
    rejected: Review
    waiting: Suggestion


def scene(cast: Cast) -> Scene:
    """Made by the real operations."""
    assert cast.treating.user is not None
    access.start_care(
        patient=cast.other_patient, user=cast.treating.user, kind=CareKind.COVERING, by=SOFTWARE, at=NOW
    )
    signed, other = open_drafts(cast.patient, cast.treating)[:2]
    (others, waiting, *_) = open_drafts(cast.other_patient, cast.other_psychologist)
    return Scene(
        cast=cast,
        published=approved(signed, cast.treating),
        others=approved(others, cast.treating),
        rejected=review.reject(suggestion=other, reasons=["wrong_time"], note="", by=cast.treating, at=NOW),
        waiting=waiting,
    )


def insert(table: str, row: Row) -> None:
    """One row by raw SQL, as whoever the door `default` signs in; deferred foreign keys are asked at once."""
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO recommendations_{table} ({columns}) VALUES ({places})", list(row.values())
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def words_row(at: Scene, *, patient: UUID, digest: str = "0" * 64, kind: str = "plan_item") -> UUID:
    """Words that nobody signed yet; anybody may write words."""
    made = uuid4()
    insert(
        "signedwords",
        {"id": made, "patient_id": patient, "kind": kind, "body": b"forged", "digest": digest},
    )
    return made


def review_row(at: Scene, **lie: Any) -> Row:
    """An approving review of the draft that waits, by its psychologist."""
    assert at.cast.treating.user is not None
    return {
        "id": uuid4(),
        "patient_id": at.waiting.patient_id,
        "suggestion_id": at.waiting.pk,
        "round": 1,
        "verdict": "approved",
        "reasons": [],
        "supporting": ["below_usual"],
        "situation": "0" * 64,
        "evidence_opened": 0,
        "evidence_shown": 0,
        "decided_by_id": at.cast.treating.user.pk,
        "decided_at": NOW,
    } | lie


def signature_row(at: Scene, **lie: Any) -> Row:
    """A second signature under the patient's approving review, for an estimate that was never signed."""
    patient = at.published.patient_id
    return {
        "id": uuid4(),
        "patient_id": patient,
        "review_id": at.published.signature.review_id,
        "words_id": words_row(at, patient=patient, kind="mood_estimate"),
        "digest": "0" * 64,
        "kind": "mood_estimate",
        "signed_by_id": at.published.signature.signed_by_id,
        "printed_name": "Dr Maya Okonkwo",
        "title": "Clinical psychologist",
        "meaning": "approval",
        "signed_at": NOW,
    } | lie


def publication_row(at: Scene, **lie: Any) -> Row:
    """A publication of a signature that has none yet."""
    signature = signature_row(at)
    insert("signature", signature)
    return {
        "id": uuid4(),
        "patient_id": signature["patient_id"],
        "signature_id": signature["id"],
        "words_id": signature["words_id"],
        "digest": signature["digest"],
        "kind": "mood_estimate",
        "visible_from": NOW,
    } | lie


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

"""Rows as somebody with the application's own database role might write them, past all of our code."""

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

"""The lock at reading: words that are not the signed ones are not shown, whoever changed them, and an alarm stands."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import psycopg
import pytest

from audit.models import AuditEntry
from clinic import keys
from recommendations import publications
from recommendations.models.publication import Publication, PublishedWords
from recommendations.publications import portal
from recommendations.words import canonical
from tests import database
from tests.cast import NOW, Cast, assemble
from tests.database import COMMITTED
from tests.factories import open_drafts
from tests.integration.locks import clones
from tests.signing import OWN_WORDS, opened, signed, written

pytestmark = COMMITTED

FORGED = "Stop all your tablets today."


@dataclass(frozen=True)
class Shown:
    """A plan and an estimate of the patient, a second plan of theirs, and a plan of another patient."""

    plan: Publication
    estimate: Publication
    second: Publication
    others: Publication

    def by_name(self) -> dict[str, Publication]:
        """Each with its name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def all_signed(cast: Cast) -> Shown:
    """All four, readable."""
    draft, *_ = open_drafts(cast.patient, cast.treating)
    plan, estimate = signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    (second,) = signed(written(cast.patient, cast.treating), cast.treating)
    (others,) = signed(written(cast.other_patient, cast.other_psychologist), cast.other_psychologist)
    assert len(publications.of_patient(cast.patient, cast.ring, at=NOW).plan) == 2
    return Shown(plan, estimate, second, others)


Change = Callable[[psycopg.Cursor, Cast, Shown], object]


def set_body(cursor: psycopg.Cursor, publication: Publication, body: bytes) -> None:
    cursor.execute(
        "UPDATE recommendations_signedwords SET body = %s WHERE id = %s", [body, publication.words_id]
    )


def body_of(cursor: psycopg.Cursor, publication: Publication) -> bytes:
    cursor.execute("SELECT body FROM recommendations_signedwords WHERE id = %s", [publication.words_id])
    row = cursor.fetchone()
    assert row is not None
    return bytes(row[0])


def sealed_anew(cast: Cast, publication: Publication, words: str) -> bytes:
    """Other words sealed with the patient's own key, as code that runs inside the application could."""
    signed_words = publication.words
    body = json.loads(signed_words.unseal(cast.ring, "body")) | {"words": words}
    signed_words.seal(cast.ring, body=canonical(body).decode())
    return bytes(signed_words.body)


def other_words(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    set_body(cursor, shown.plan, sealed_anew(cast, shown.plan, FORGED))


def one_bit(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    body = bytearray(body_of(cursor, shown.plan))
    body[-1] ^= 1
    set_body(cursor, shown.plan, bytes(body))


def nothing_left(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    set_body(cursor, shown.plan, b"")


def bodies_of_two_patients_swapped(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    mine, others = body_of(cursor, shown.plan), body_of(cursor, shown.others)
    set_body(cursor, shown.plan, others)
    set_body(cursor, shown.others, mine)


def bodies_of_one_patient_swapped(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    first, second = body_of(cursor, shown.plan), body_of(cursor, shown.second)
    set_body(cursor, shown.plan, second)
    set_body(cursor, shown.second, first)


def digest_in(*tables: str) -> Change:
    def change(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
        ids = {
            "signedwords": shown.plan.words_id,
            "signature": shown.plan.signature_id,
            "publication": shown.plan.pk,
        }
        for table in tables:
            cursor.execute(
                f"UPDATE recommendations_{table} SET digest = repeat('1', 64) WHERE id = %s", [ids[table]]
            )

    return change


def another_kind(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    """The estimate said to be a plan item."""
    cursor.execute(
        "UPDATE recommendations_publication SET kind = 'plan_item' WHERE id = %s", [shown.estimate.pk]
    )


def key_destroyed(cursor: psycopg.Cursor, cast: Cast, shown: Shown) -> None:
    keys.destroy(patient_id=cast.patient.pk)


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "other words, sealed by the patient's key": (other_words, {"plan"}),
    "one bit": (one_bit, {"plan"}),
    "an empty body": (nothing_left, {"plan"}),
    "the bodies of two patients swapped": (bodies_of_two_patients_swapped, {"plan", "others"}),
    "the bodies of one patient swapped": (bodies_of_one_patient_swapped, {"plan", "second"}),
    "the digest of the words": (digest_in("signedwords"), {"plan"}),
    "the digest of the signature": (digest_in("signature"), {"plan"}),
    "the digest of the publication": (digest_in("publication"), {"plan"}),
    "all three digests": (digest_in("signedwords", "signature", "publication"), {"plan"}),
    "another kind": (another_kind, {"estimate"}),
    "the key destroyed": (key_destroyed, {"plan", "second", "estimate"}),
}
"""By name: what the owner does past every guard, and which publications no longer fit."""


@pytest.fixture
def unguarded(db: None) -> Iterator[psycopg.Cursor]:
    """The owner on a copy in which no guard hinders anybody."""
    with clones.copied() as copy, database.owner_cursor(database=copy) as cursor:
        clones.lift_guards(cursor)
        yield cursor


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_does_not_fit_is_withheld_with_an_alarm_and_the_rest_is_shown(
    unguarded: psycopg.Cursor, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    cast = assemble()
    shown, (change, bent) = all_signed(cast), CHANGES[name]
    change(unguarded, cast, shown)
    with caplog.at_level(logging.CRITICAL):
        mine = publications.of_patient(cast.patient, keys.ring([cast.patient.pk]), at=NOW)
        others = publications.of_patient(cast.other_patient, cast.ring, at=NOW)
    visible = {item.publication_id for item in (*mine.plan, *others.plan, mine.estimate) if item}
    assert visible == {row.pk for each, row in shown.by_name().items() if each not in bent}
    assert mine.withheld + others.withheld == len(bent)
    assert FORGED not in str((mine, others))
    alarms = AuditEntry.objects.filter(action="digest_mismatch").values_list("facts", flat=True)
    assert {facts["publication"] for facts in alarms} == {str(shown.by_name()[each].pk) for each in bent}


def test_staff_see_that_words_do_not_fit_and_not_the_words(unguarded: psycopg.Cursor) -> None:
    cast = assemble()
    shown = all_signed(cast)
    other_words(unguarded, cast, shown)
    released = {each.publication_id: each for each in publications.for_staff(cast.patient, cast.ring, at=NOW)}
    assert (released[shown.plan.pk].fits, released[shown.plan.pk].words) == (False, "")
    assert (released[shown.second.pk].fits, released[shown.second.pk].words) == (True, OWN_WORDS.words)


def test_a_reader_that_did_not_compare_would_show_the_other_words(
    unguarded: psycopg.Cursor, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = assemble()
    shown = all_signed(cast)
    other_words(unguarded, cast, shown)
    monkeypatch.setattr(portal, "_body", lambda row, patient, ring: json.loads(row.unseal(ring, "body")))
    assert FORGED in str(publications.of_patient(cast.patient, cast.ring, at=NOW))


@pytest.mark.usefixtures("db")
def test_the_same_words_of_two_people_have_different_digests(cast: Cast) -> None:
    shown = all_signed(cast)
    assert shown.second.digest != shown.others.digest
    rows = PublishedWords.objects.filter(pk__in=[shown.second.pk, shown.others.pk])
    assert len({bytes(row.body) for row in rows}) == 2

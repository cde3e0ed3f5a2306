"""What was signed, on the page of one patient."""

import datetime as dt

from django.test import Client

from audit.models import AuditEntry
from clinic.actor import Actor
from clinic.models.consent import Purpose, Source
from recommendations import permissions
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK, guards_off, owner_cursor
from tests.factories import approved, open_drafts
from tests.pages import Page, get
from tests.signing import OWN_WORDS, opened, signed


def record(client: Client, cast: Cast, query: str = "") -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/{query}")


def withdraw(cast: Cast, purpose: Purpose) -> None:
    permissions.withdraw_consent(
        patient=cast.patient,
        source=Source.CHECK_IN,
        purpose=purpose,
        by=Actor(cast.patient.user, "patient"),
        at=NOW,
    )


@ROLLED_BACK
def test_signed_plans_stand_with_who_signed_and_until_when(treating: Client, cast: Cast) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    approved(draft, cast.treating)
    page = record(treating, cast)
    assert "Signed by Dr Maya Okonkwo, yesterday 09:00 · AI draft, unchanged" in page.words
    last = NOW.date() + dt.timedelta(days=28)
    assert f"The patient can read it until {last.day} {last:%B}" in page.words
    assert draft_words(draft, cast.ring).words in page.words


@COMMITTED
def test_signed_words_that_were_changed_in_the_database_are_not_shown_and_raise_the_alarm(
    treating: Client, cast: Cast
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    publication = approved(draft, cast.treating)
    with owner_cursor() as cursor, guards_off(cursor, "recommendations_signedwords"):
        cursor.execute(
            "UPDATE recommendations_signedwords SET body = body || %s WHERE id = %s",
            [b"\x00", publication.words_id],
        )
    page = record(treating, cast)
    assert "These words are not the ones that were signed" in page.words
    assert draft_words(draft, cast.ring).words not in page.words
    assert AuditEntry.objects.filter(action="digest_mismatch", patient_id=cast.patient.pk).exists()


@ROLLED_BACK
def test_an_estimate_that_went_along_with_changed_words_is_not_said_to_be_changed(
    treating: Client, cast: Cast
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    signed(opened(draft, cast.treating, words=OWN_WORDS, with_estimate=True), cast.treating)
    words = record(treating, cast).words
    assert words.count("AI draft, changed") == 1, "of the step"
    assert words.count("AI estimate, as it was made") == 1, "of the estimate"

"""What may leave and what stays: withdrawn words, consents, what is kept for oneself, drafts."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic import consent, keys
from clinic.keys import CannotOpen
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from recommendations import publications, review
from recommendations.fhir.outgoing.signed import Leaving
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.fhir.checks import faults
from tests.fhir.leaving import coded, exported, of_type, text_of
from tests.integration.exports.conftest import NOTE
from tests.integration.locks.faults import as_plan

pytestmark = ROLLED_BACK


def test_a_plan_that_was_stopped_leaves_as_revoked_with_its_reason(cast: Cast) -> None:
    publication = approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    later = NOW + dt.timedelta(hours=1)
    review.withdraw(publication_id=publication.pk, reason="unsafe", by=cast.treating, at=later)
    bundle = exported(cast.patient, at=later)
    (plan,) = of_type(bundle, "CarePlan")
    step = plan["activity"][0]["detail"]
    assert (plan["status"], step["status"]) == ("revoked", "stopped")
    assert step["statusReason"]["coding"][0]["code"] == "unsafe"
    assert faults(bundle) == []


def test_a_plan_leaves_as_completed_after_its_last_day(lived: Patient) -> None:
    plans = of_type(exported(lived, at=NOW + dt.timedelta(days=40)), "CarePlan")
    assert {plan["status"] for plan in plans} == {"completed"}


def test_consents_leave_with_the_text_that_was_agreed_to_and_how_long_they_stood(cast: Cast) -> None:
    later = NOW + dt.timedelta(days=1)
    consent.withdraw(
        patient=cast.patient,
        source=Source.DEVICE,
        purpose=Purpose.SHARE,
        by=cast.as_patient,
        at=later,
    )
    found = of_type(exported(cast.patient, at=later), "Consent")
    assert len(found) == len(Source) * len(Purpose)
    (ended,) = [each for each in found if each["status"] == "inactive"]
    assert ended["policyRule"]["coding"][0]["code"].endswith("-en")
    assert ended["provision"]["class"][0]["code"] == "device"
    assert ended["provision"]["purpose"][0]["code"] == "share"
    assert ended["provision"]["period"]["end"] > ended["provision"]["period"]["start"]


def test_what_the_patient_keeps_for_themselves_is_in_no_export_of_the_clinic(
    cast: Cast, lived: Patient
) -> None:
    consent.withdraw(patient=lived, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW)
    bundle = exported(lived)
    assert coded(bundle, "mood") == []
    assert NOTE not in str(bundle)
    assert faults(bundle) == []


def test_no_word_of_a_draft_that_nobody_signed_leaves(lived: Patient, cast: Cast) -> None:
    text = text_of(lived)
    waiting = Suggestion.objects.filter(patient=lived, state="open")
    assert waiting
    for draft in waiting:
        words = draft_words(draft, cast.ring)
        assert words.title not in text
        assert words.words not in text


def test_the_search_for_such_words_finds_them_where_a_reader_forgot_what_is_signed(
    lived: Patient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Suggestion.objects.filter(patient=lived, state="open").first()
    assert draft
    original = publications.for_export
    monkeypatch.setattr(
        publications,
        "for_export",
        lambda *args, **kw: [*original(*args, **kw), Leaving(as_plan(draft, cast.ring))],
    )
    assert draft_words(draft, cast.ring).title in text_of(lived)


def test_words_that_can_still_be_taken_back_stay_here_and_so_do_those_that_were(cast: Cast) -> None:
    cast.clinic.publication_delay = dt.timedelta(minutes=10)
    cast.clinic.save()
    publication = approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    assert of_type(exported(cast.patient), "CarePlan") == []
    review.take_back(publication_id=publication.pk, by=cast.treating, at=NOW)
    assert of_type(exported(cast.patient, at=NOW + dt.timedelta(days=1)), "CarePlan") == []


def test_words_that_do_not_fit_their_signature_stay_here_and_raise_the_alarm(
    lived: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommendations.publications.staff.digest_of", lambda *args, **kw: "0" * 64)
    assert of_type(exported(lived), "CarePlan") == []
    assert AuditEntry.objects.filter(action="digest_mismatch").exists()


def test_a_record_whose_key_is_gone_does_not_leave_with_holes(lived: Patient) -> None:
    keys.destroy(patient_id=lived.pk)
    with pytest.raises(CannotOpen):
        exported(lived)


def test_an_export_is_an_entry_that_the_patient_reads_under_who_has_looked(lived: Patient) -> None:
    exported(lived)
    entry = AuditEntry.objects.get(action="record_exported")
    assert (entry.patient_id, entry.actor_role) == (lived.pk, "software")
    assert entry.facts["format"] == "fhir"

"""Without consent nothing is assumed: what came from elsewhere is kept under seal, and no AI reading uses it."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import consent, keys
from clinic.actor import SOFTWARE
from clinic.imports.refused import ImportRefused
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.imported import ImportConsent, ImportedResource
from clinic.models.observation import Observation
from clinic.models.patient import Patient
from clinic.models.profile import ProfileFact
from clinic.models.questionnaire import QuestionnaireResponse
from recommendations import explain, pipeline
from recommendations.models.reading import MoodReading
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.integration.imports.bundles import bring, bundle, condition, mood, person, phq9, phq9_total
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

FORM = "Consent form of 3 May, folder 12"


def withdraw(patient: Patient, purpose: Purpose) -> None:
    consent.withdraw(patient=patient, source=Source.IMPORTED, purpose=purpose, by=SOFTWARE, at=NOW)


def moods(days: int = 30) -> str:
    moments = ((NOW - dt.timedelta(days=ago)).isoformat() for ago in range(days))
    return bundle(person(), *(mood(4, when=moment) for moment in moments))


def test_without_a_consent_record_history_is_kept_and_no_number_is_drawn(cast: Cast, tmp_path: Path) -> None:
    taken = bring(tmp_path, bundle(person(), condition("Depression"), phq9_total(12), phq9(1, *[0] * 8)))
    assert taken.drawn["left_out_without_consent"] == 2
    assert ImportedResource.objects.count() == 4
    assert ProfileFact.objects.count() == 1
    assert not Observation.objects.exists()
    assert not QuestionnaireResponse.objects.exists()
    assert not ConsentGrant.objects.filter(patient=taken.people[0].patient).exists()


def test_history_without_a_consent_record_is_shown_to_the_care_team_until_it_is_withdrawn(
    cast: Cast, tmp_path: Path, client: Client
) -> None:
    patient, _ring = patient_of(cast.treating, "Nora Vale", sign_in_name="nora", purposes=())
    bring(tmp_path, bundle(condition("Depression from elsewhere")), into=patient)
    page = reverse("profile", args=[patient.record_number])
    signed_in(client, cast.treating)
    assert "Depression from elsewhere" in client.get(page).content.decode()
    consent.give(patient=patient, source=Source.IMPORTED, purpose=Purpose.SHARE, by=SOFTWARE, at=NOW)
    withdraw(patient, Purpose.SHARE)
    assert "Depression from elsewhere" not in client.get(page).content.decode()


def test_a_consent_record_gives_each_purpose_and_its_reference_is_sealed(cast: Cast, tmp_path: Path) -> None:
    text = bundle(person(), phq9_total(12))
    patient = bring(tmp_path, text, consent_record=FORM).people[0].patient
    given = ConsentGrant.objects.filter(patient=patient).values_list("source", "purpose")
    assert set(given) == {(Source.IMPORTED, purpose) for purpose in Purpose}
    row = ImportConsent.objects.get()
    assert FORM.encode() not in bytes(row.reference)
    assert row.unseal(keys.ring([patient.pk]), "reference") == FORM
    bring(tmp_path, text, consent_record=FORM)
    assert ImportConsent.objects.count() == 1


def test_consent_that_comes_later_draws_the_numbers_that_were_left_out(cast: Cast, tmp_path: Path) -> None:
    text = bundle(person(), phq9_total(12), phq9(1, *[0] * 8, when="2023-01-01T09:00:00Z"))
    bring(tmp_path, text)
    later = bring(tmp_path, text, consent_record=FORM)
    assert (later.new.total(), later.drawn["numbers"], later.drawn["questionnaires"]) == (0, 1, 1)
    assert sorted(Observation.objects.values_list("value", flat=True)) == [1, 12]


def test_what_a_person_withdrew_here_is_not_given_again_by_a_file(cast: Cast, tmp_path: Path) -> None:
    patient = bring(tmp_path, moods(), consent_record=FORM).people[0].patient
    withdraw(patient, Purpose.AI_READINGS)
    bring(tmp_path, moods(31), consent_record=FORM)
    assert not consent.agreed(patient, source=Source.IMPORTED, purpose=Purpose.AI_READINGS)
    withdraw(patient, Purpose.KEEP)
    with pytest.raises(ImportRefused, match="withdrew"):
        bring(tmp_path, moods(32), consent_record=FORM)


@pytest.mark.parametrize("purpose", [Purpose.SHARE, Purpose.AI_READINGS])
def test_an_imported_mood_reaches_no_reading_without_consent(
    cast: Cast, tmp_path: Path, purpose: Purpose
) -> None:
    bring(tmp_path, moods_without_a_person(), into=cast.patient)
    withdraw(cast.patient, purpose)
    assert Observation.objects.filter(patient=cast.patient, source=Source.IMPORTED).count() == 30
    with CaptureQueriesContext(connection) as queries:
        pipeline.score([cast.patient.pk], at=NOW)
    assert not MoodReading.objects.exists()
    assert sum("clinic_consentgrant" in each["sql"] for each in queries.captured_queries) <= 4


def test_with_consent_it_reaches_the_reading_and_the_explanation_fits(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, moods_without_a_person(), into=cast.patient)
    check_in(cast.patient, mood=6)
    pipeline.score([cast.patient.pk], at=NOW)
    reading = MoodReading.objects.get()
    assert reading.level is not None
    assert reading.level < 5
    assert explain.parts_of(reading).fits


def test_twin_with_the_question_about_consent_left_out_it_reaches_a_reading(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(tmp_path, moods_without_a_person(), into=cast.patient)
    withdraw(cast.patient, Purpose.AI_READINGS)
    monkeypatch.setattr(consent, "for_readings", lambda rows: rows)
    pipeline.score([cast.patient.pk], at=NOW)
    assert MoodReading.objects.exists()


def moods_without_a_person() -> str:
    moments = ((NOW - dt.timedelta(days=ago)).isoformat() for ago in range(30))
    return bundle(*(mood(4, when=moment) for moment in moments))

"""The bundle of a record: valid, whole, the same each time."""

import datetime as dt
from uuid import uuid4

from clinic import intake
from clinic.models.observation import Observation
from clinic.models.patient import Patient
from recommendations.models.publication import Publication
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.fhir.checks import faults, resources
from tests.fhir.leaving import coded, exported, of_type, text_of
from tests.integration.exports.conftest import NOTE, SAID
from tests.signing import OWN_WORDS

pytestmark = ROLLED_BACK


def test_a_record_leaves_as_valid_fhir(lived: Patient) -> None:
    bundle = exported(lived)
    assert faults(bundle) == []
    assert {each["resourceType"] for each in resources(bundle)} >= {
        *("Patient", "Practitioner", "Device", "Consent", "Observation", "CarePlan", "Provenance"),
    }


def test_two_exports_of_one_moment_are_the_same_letter_for_letter(lived: Patient) -> None:
    assert text_of(lived) == text_of(lived)


def test_the_person_is_named_with_number_language_and_zone(lived: Patient) -> None:
    (person,) = of_type(exported(lived), "Patient")
    assert person["name"] == [{"use": "official", "text": "Amara Nwosu"}]
    assert person["birthDate"] == "1992-03-12"
    assert {"system": "urn:countersign:record-number", "value": lived.record_number} in person["identifier"]
    assert {"url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "Europe/London"} in (
        person["extension"]
    )


def test_every_check_in_that_stands_leaves_with_its_number_unit_words_and_moment(lived: Patient) -> None:
    moods = coded(exported(lived), "mood")
    standing = Observation.objects.filter(patient=lived, superseded_at=None)
    assert sorted(each["valueQuantity"]["value"] for each in moods) == sorted(
        standing.values_list("value", flat=True)
    )
    (with_words,) = [each for each in moods if "note" in each]
    assert with_words["note"] == [{"text": NOTE}]
    assert [each["valueCodeableConcept"]["coding"][0]["code"] for each in with_words["component"]] == [
        "tired",
        "hopeful",
    ]
    assert with_words["valueQuantity"] == {
        "value": 4,
        "unit": "points",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert dt.datetime.fromisoformat(with_words["effectiveDateTime"]) == SAID
    assert with_words["performer"] == [with_words["subject"]]
    assert "device" not in with_words


def test_a_corrected_check_in_leaves_as_it_stands_now(cast: Cast) -> None:
    first = check_in(cast.patient, 7).check_in
    entry = intake.NewCheckIn(uuid4(), mood=2, feelings=(), note="", happened_at=NOW, supersedes=first)
    intake.record_check_in(patient=cast.patient, entry=entry, by=cast.as_patient, at=NOW)
    (mood,) = coded(exported(cast.patient), "mood")
    assert (mood["valueQuantity"]["value"], mood["status"]) == (2, "corrected")


def test_a_signed_plan_leaves_word_for_word(cast: Cast, lived: Patient) -> None:
    plans = {each["title"]: each for each in of_type(exported(lived), "CarePlan")}
    assert len(plans) == 2
    own = plans[OWN_WORDS.title]
    assert own["description"] == own["activity"][0]["detail"]["description"] == OWN_WORDS.words
    assert own["activity"][0]["detail"]["scheduledString"] == OWN_WORDS.dose
    assert own["note"] == [{"text": OWN_WORDS.stop_rule}]
    assert (own["status"], own["intent"], own["language"]) == ("active", "plan", "en")
    row = Publication.objects.get(pk=own["id"])
    assert own["identifier"][0]["value"] == row.digest[:16]


def test_the_program_is_the_author_and_the_psychologist_verifies(lived: Patient) -> None:
    bundle = exported(lived)
    drafted, written_one = sorted(
        of_type(bundle, "CarePlan"), key=lambda plan: plan["title"] == OWN_WORDS.title
    )
    found_by_id = {each["id"]: each for each in resources(bundle)}
    for plan, roles in (
        (drafted, [("author", "Device"), ("author", "Device"), ("verifier", "Practitioner")]),
        (written_one, [("author", "Practitioner"), ("verifier", "Practitioner")]),
    ):
        (source,) = [
            each
            for each in of_type(bundle, "Provenance")
            if each["target"] == [{"reference": f"urn:uuid:{plan['id']}"}]
        ]
        found = [
            (
                agent["type"]["coding"][0]["code"],
                found_by_id[agent["who"]["reference"].removeprefix("urn:uuid:")]["resourceType"],
            )
            for agent in source["agent"]
        ]
        assert found == roles
    label = [each["code"] for each in drafted["meta"]["security"]]
    assert (label, "meta" in written_one) == (["AIAST"], False)
    devices = of_type(bundle, "Device")
    names = {each["identifier"][0]["value"].split()[0] for each in devices}
    assert names == {"mood-1", "suggest-1"}
    assert {each["type"]["coding"][0]["code"] for each in devices} == {"Artificial-Intelligence"}


def test_an_estimate_is_nothing_that_the_person_said(lived: Patient) -> None:
    bundle = exported(lived)
    (estimate,) = coded(bundle, "mood-estimate")
    (mood, *_more) = coded(bundle, "mood")
    assert ("performer" in estimate, "device" in estimate) == (False, True)
    assert estimate["category"] != mood["category"]
    assert estimate["method"]["text"] == "mood-1 1.0.0"
    assert "loinc" not in str(estimate)
    assert [each["code"] for each in estimate["meta"]["security"]] == ["AIAST"]
    figures = estimate["component"][0]["valueSampledData"]
    days = (NOW.date() - dt.date.fromisoformat(estimate["effectivePeriod"]["start"])).days + 1
    assert len(figures["data"].split()) == 3 * days

"""FHIR R4 comes in whole or not at all, once, under seal and as it came."""

import json
from pathlib import Path

import pytest

from audit.models import AuditEntry
from clinic import keys
from clinic.imports.refused import ImportRefused
from clinic.keystore.models import PatientKey
from clinic.models.imported import ImportBatch, ImportedResource
from clinic.models.patient import Patient
from clinic.models.profile import ProfileFact
from recommendations.models.publication import Publication
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.imports.bundles import (
    ADA,
    BEN,
    bring,
    bundle,
    condition,
    known_as,
    observation,
    person,
    phq9_total,
)

pytestmark = ROLLED_BACK

WEIGHT = observation("29463-7", valueQuantity={"value": 71.5, "unit": "kg"})


def words_of(row: ImportedResource) -> str:
    return row.unseal(keys.ring([row.patient_id]), "body")


def test_a_bundle_makes_its_person_a_record_and_a_second_import_finds_it_again(
    cast: Cast, tmp_path: Path
) -> None:
    text = bundle(person(), condition("Moderate depression"), WEIGHT)
    first = bring(tmp_path, text)
    assert (first.new.total(), first.known.total()) == (3, 0)
    again = bring(tmp_path, text)
    assert (again.new.total(), again.known.total()) == (0, 3)
    assert [each.patient for each in first.people] == [each.patient for each in again.people]
    assert (first.people[0].is_new, again.people[0].is_new) == (True, False)
    assert ImportBatch.objects.count() == 1
    assert ProfileFact.objects.count() == 1


def test_a_new_export_of_the_same_record_brings_nothing_new(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, bundle(person(), WEIGHT))
    other = "urn:uuid:5b1f4a5c-0000-4000-8000-00000000000f"
    minted = WEIGHT | {"id": "minted-anew", "meta": {"versionId": "7"}, "subject": {"reference": other}}
    again = bring(tmp_path, bundle(person(id="minted-anew"), minted, urls=(other,)))
    assert again.new.total() == 0


def test_text_stays_as_it_came(cast: Cast, tmp_path: Path) -> None:
    text = bundle(person(), condition("Low\u200bmood"), WEIGHT).replace("71.5", "71.50")
    bring(tmp_path, text)
    bodies = [words_of(row) for row in ImportedResource.objects.all()]
    assert any('"value": 71.50' in body for body in bodies)
    assert any("Low\\u200bmood" in body for body in bodies)
    fact = ProfileFact.objects.get()
    assert fact.unseal(keys.ring([fact.patient_id]), "words") == "Low\u200bmood"
    assert (fact.topic, fact.dated, fact.code) == ("diagnosis", "2022-02", "http://snomed.info/sct|35489007")


def test_one_refused_resource_refuses_its_bundle_and_every_refusal_is_listed(
    cast: Cast, tmp_path: Path
) -> None:
    before = Patient.objects.count(), PatientKey.objects.count()
    wrong = [WEIGHT | {"id": name, "status": "nonsense"} for name in ("one", "two")]
    with pytest.raises(ImportRefused) as refused:
        bring(tmp_path, bundle(person(), WEIGHT, *wrong, person("B-1") | {"name": [{"use": "old"}]}))
    reasons = "\n".join(str(reason) for reason in refused.value.reasons)
    assert len(refused.value.reasons) == 3
    assert "Observation/one (resource 3), Observation.status" in reasons
    assert "Observation/two (resource 4), Observation.status" in reasons
    assert "Patient/patient-B-1 (resource 5): it gives no name" in reasons
    assert (Patient.objects.count(), PatientKey.objects.count()) == before
    assert not ImportedResource.objects.exists()


def test_a_file_that_fails_while_it_is_stored_leaves_nothing_not_even_a_key(
    cast: Cast, tmp_path: Path
) -> None:
    before = Patient.objects.count(), PatientKey.objects.count()
    nobodys = {key: value for key, value in WEIGHT.items() if key != "subject"}
    with pytest.raises(ImportRefused, match="whom of the people"):
        bring(tmp_path, bundle(person(), person("B-1", name="Ben Roe"), WEIGHT, nobodys))
    assert (Patient.objects.count(), PatientKey.objects.count()) == before
    assert not ImportedResource.objects.exists()


def test_a_dry_run_says_what_would_come_and_stores_nothing(cast: Cast, tmp_path: Path) -> None:
    before = Patient.objects.count(), PatientKey.objects.count(), AuditEntry.objects.count()
    assert bring(tmp_path, bundle(person(), WEIGHT), dry_run=True).new.total() == 2
    assert (Patient.objects.count(), PatientKey.objects.count(), AuditEntry.objects.count()) == before


def test_several_people_each_get_what_is_theirs(cast: Cast, tmp_path: Path) -> None:
    text = bundle(
        WEIGHT,
        person(),
        person("B-1", name="Ben Roe"),
        WEIGHT | {"subject": {"reference": BEN}},
        condition("Asthma", about=f"Patient/{person('B-1')['id']}"),
        {"resourceType": "Practitioner", "id": "p", "name": [{"family": "Who"}]},
    )
    taken = bring(tmp_path, text)
    ada, ben = (each.patient for each in taken.people)
    assert ImportedResource.objects.filter(patient=ada).count() == 2
    assert ImportedResource.objects.filter(patient=ben).count() == 3
    assert taken.unused == {"Practitioner": 1}


def test_the_same_resource_twice_in_one_file_is_kept_twice_and_counted_once(
    cast: Cast, tmp_path: Path
) -> None:
    text = bundle(person(), WEIGHT, WEIGHT, WEIGHT, phq9_total(12), phq9_total(12))
    taken = bring(tmp_path, text, consent_record="Form of 3 May")
    assert taken.new["Observation"] == 5
    assert taken.drawn["numbers"] == 1
    assert bring(tmp_path, text).new.total() == 0


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (person(born="1971-01-01"), "birth date differs"),
        (person(identifier=known_as("a", "b")), "another record"),
    ],
)
def test_two_people_never_come_into_one_record(
    cast: Cast, tmp_path: Path, other: dict[str, object], words: str
) -> None:
    for each in (person(), person("a", identifier=known_as("a")), person("b", identifier=known_as("b"))):
        bring(tmp_path, bundle(each))
    with pytest.raises(ImportRefused, match=words):
        bring(tmp_path, bundle(other))


def test_a_file_without_a_patient_needs_to_be_told_whose_it_is(cast: Cast, tmp_path: Path) -> None:
    text = json.dumps(WEIGHT | {"subject": {"reference": "Patient/example"}})
    with pytest.raises(ImportRefused, match="no Patient"):
        bring(tmp_path, text)
    assert bring(tmp_path, text, into=cast.patient).new.total() == 1
    two = text + "\n" + text.replace("Patient/example", "Patient/other")
    with pytest.raises(ImportRefused, match="2 people"):
        bring(tmp_path, two, into=cast.patient)


def test_somebody_who_is_not_in_the_file_is_named_as_the_reason(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="not in this file"):
        bring(tmp_path, bundle(person(), WEIGHT | {"subject": {"reference": BEN}}, urls=(ADA,)))


def test_a_plan_from_elsewhere_is_history_and_never_a_publication(cast: Cast, tmp_path: Path) -> None:
    plan = {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": ADA},
        "title": "Walk every day",
    }
    bring(tmp_path, bundle(person(), plan), consent_record="Form of 3 May")
    assert ImportedResource.objects.filter(resource_type="CarePlan").count() == 1
    assert not Publication.objects.exists()


def test_ndjson_is_one_file_and_unused_types_are_counted(cast: Cast, tmp_path: Path) -> None:
    lines = [
        person(),
        WEIGHT | {"subject": {"reference": "Patient/patient-A-1"}},
        {"resourceType": "Encounter"},
    ]
    taken = bring(tmp_path, "\n".join(json.dumps(each) for each in lines))
    assert (taken.new.total(), dict(taken.unused)) == (2, {"Encounter": 1})
    entry = AuditEntry.objects.get(action="records_imported")
    assert (entry.facts["new"], entry.facts["unused"]) == (2, 1)
    assert "Ada" not in str(entry.facts)

"""A record that leaves and is taken in by an empty installation is the same record there."""

import copy
import datetime as dt
from pathlib import Path
from typing import Any

from clinic import keys
from clinic.intake import numbers
from clinic.intake.numbers import NewNumber
from clinic.models.consent import Source
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from recommendations import publications, review
from recommendations.models.publication import Publication
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.fhir.checks import faults
from tests.fhir.leaving import exported, of_type
from tests.fhir.moving import by_url, moved, taken_in
from tests.integration.exports.test_questionnaires import answered
from tests.integration.imports import bundles

pytestmark = COMMITTED


def a_full_record(cast: Cast, lived: Patient) -> dict[str, Any]:
    """Everything that a record can hold, with a step that was withdrawn."""
    answered(cast, "phq9")
    answered(cast, "gad7", missing=1)
    taken = [NewNumber(Signal.SLEEP, 6.5, NOW, day=NOW.date()), NewNumber(Signal.STEPS, 4321, NOW)]
    numbers.record_observations(
        patient=lived, numbers=taken, source=Source.DEVICE, by=cast.as_patient, at=NOW
    )
    first = Publication.objects.filter(patient=lived).earliest("recorded_at")
    later = NOW + dt.timedelta(minutes=1)
    review.withdraw(publication_id=first.pk, reason="unsafe", by=cast.treating, at=later)
    return exported(lived, at=later)


def test_the_same_record_leaves_from_where_it_was_taken_in(
    cast: Cast, lived: Patient, tmp_path: Path
) -> None:
    before = a_full_record(cast, lived)
    there = moved(before, tmp_path)
    after = exported(there, at=NOW + dt.timedelta(minutes=1))
    assert faults(after) == []
    found = by_url(after)
    for url, resource in by_url(before).items():
        assert found[url] == resource, resource["resourceType"]
    more = [each for url, each in found.items() if url not in by_url(before)]
    assert {each["resourceType"] for each in more} == {"Consent"}
    assert {each["provision"]["class"][0]["code"] for each in more} == {"imported"}


def test_there_the_numbers_count_once_and_nothing_signed_here_is_published(
    cast: Cast, lived: Patient, tmp_path: Path
) -> None:
    bundle = a_full_record(cast, lived)
    here = sorted(
        Observation.objects.filter(superseded_at=None).values_list("signal", "value", "happened_at")
    )
    there = moved(bundle, tmp_path)
    rows = Observation.objects.filter(patient=there, superseded_at=None)
    assert sorted(rows.values_list("signal", "value", "happened_at")) == here
    assert not Publication.objects.exists()
    published = publications.of_patient(there, keys.ring([there.pk]), at=NOW)
    assert (published.plan, published.estimate) == ((), None)


def test_a_change_on_the_way_would_be_found(cast: Cast, lived: Patient, tmp_path: Path) -> None:
    before = exported(lived)
    changed = copy.deepcopy(before)
    of_type(changed, "CarePlan")[0]["description"] = "Another word"
    after = exported(moved(changed, tmp_path))
    assert any(by_url(after)[url] != resource for url, resource in by_url(before).items())


def test_files_of_another_system_leave_as_they_came(cast: Cast, tmp_path: Path) -> None:
    """As US Core writes them: a response and its panel name each other by type and id, and no Patient comes along."""
    response = bundles.phq9(*(1,) * 9, about="Patient/example") | {"id": "phq-9-example"}
    panel = bundles.observation("44249-1", about="Patient/example") | {
        "derivedFrom": [{"reference": "QuestionnaireResponse/phq-9-example"}],
        "performer": [{"reference": "Practitioner/practitioner-1"}],
    }
    taken_in([response, panel], tmp_path, into=cast.patient)
    bundle = exported(cast.patient)
    assert faults(bundle) == []
    (found,) = [each for each in of_type(bundle, "Observation") if each["id"] == panel["id"]]
    (form,) = [each for each in bundle["entry"] if each["resource"].get("id") == "phq-9-example"]
    assert found["derivedFrom"] == [{"reference": form["fullUrl"]}]
    assert found["subject"] == {"reference": f"urn:uuid:{cast.patient.pk}"}
    assert found["performer"][0]["identifier"]["value"] == "Practitioner/practitioner-1"
    fitted = {"subject", "derivedFrom", "performer"}
    for came, left in ((panel, found), (response, form["resource"])):
        assert {k: v for k, v in came.items() if k not in fitted} == {
            k: v for k, v in left.items() if k not in fitted
        }


def test_what_came_leaves_the_same_again_after_another_move(cast: Cast, tmp_path: Path) -> None:
    response = bundles.phq9(*(1,) * 9, about="Patient/example") | {"id": "phq-9-example"}
    taken_in([response], tmp_path, into=cast.patient)
    before = exported(cast.patient)
    after = exported(moved(before, tmp_path))
    found = by_url(after)
    assert all(found[url] == resource for url, resource in by_url(before).items())

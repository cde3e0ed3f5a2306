"""Filled forms as a screening assessment: response, answers, total and panel, each naming where it comes from."""

from uuid import uuid4

import pytest

from clinic.models.consent import Source
from clinic.models.patient import Patient
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import catalogue, loinc, record
from clinic.questionnaires.catalogue import of_row
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.fhir.checks import faults, resources
from tests.fhir.leaving import exported, of_type

pytestmark = ROLLED_BACK


def answered(cast: Cast, key: str, *, missing: int = 0) -> QuestionnaireResponse:
    """A form of this kind, filled with ones but for the last questions."""
    instrument = catalogue.register()[key]
    questions = of_row(instrument).questions
    answers = {question.code: 1 for question in questions[: len(questions) - missing]}
    entry = record.NewResponse(
        submission=uuid4(),
        patient=cast.patient,
        instrument=instrument,
        answers=answers,
        happened_at=NOW,
        source=Source.QUESTIONNAIRE,
    )
    (made,) = record.record_responses(entries=[entry], by=cast.as_patient, at=NOW)
    assert made.response
    return made.response


@pytest.fixture
def phq9(cast: Cast) -> QuestionnaireResponse:
    """A whole PHQ-9 of nine ones."""
    return answered(cast, "phq9")


@pytest.mark.parametrize("key", ["phq9", "phq8", "gad7"])
def test_a_form_leaves_as_response_answers_total_and_panel(cast: Cast, key: str) -> None:
    row = answered(cast, key)
    bundle = exported(cast.patient)
    assert faults(bundle) == []
    (response,) = of_type(bundle, "QuestionnaireResponse")
    (form,) = of_type(bundle, "Questionnaire")
    assert response["questionnaire"] == f"{form['url']}|{form['version']}"
    observed = of_type(bundle, "Observation")
    (panel,) = [each for each in observed if "hasMember" in each]
    members = [each for each in observed if each is not panel]
    assert len(members) == len(of_row(row.instrument).questions) + 1
    assert {each["reference"] for each in panel["hasMember"]} == {
        f"urn:uuid:{each['id']}" for each in members
    }
    for each in observed:
        assert each["derivedFrom"] == [{"reference": f"urn:uuid:{row.pk}"}]
        assert each["category"][0]["coding"][0]["code"] == "survey"
    assert [each["valueQuantity"]["value"] for each in members if "valueQuantity" in each] == [row.total]


def test_the_form_carries_its_owners_notice(cast: Cast, phq9: QuestionnaireResponse) -> None:
    (form,) = of_type(exported(cast.patient), "Questionnaire")
    assert form["copyright"] == of_row(phq9.instrument).notice
    assert "Pfizer" in form["copyright"]


def test_codes_are_those_of_the_pinned_table(cast: Cast, phq9: QuestionnaireResponse) -> None:
    found = set()
    for each in of_type(exported(cast.patient), "Observation"):
        found |= {one["code"] for one in each["code"].get("coding", []) if one["system"] == loinc.SYSTEM}
    assert {"44249-1", "44261-6", "44260-8"} <= found
    assert all(loinc.coding(code) for code in found)


def test_a_code_that_nobody_verified_leaves_as_words(
    cast: Cast, phq9: QuestionnaireResponse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loinc, "coding", lambda code: None)
    bundle = exported(cast.patient)
    assert loinc.SYSTEM not in {
        one["system"] for each in of_type(bundle, "Observation") for one in each["code"].get("coding", [])
    }
    assert all(each["code"]["text"] for each in of_type(bundle, "Observation"))
    assert faults(bundle) == []


def test_an_unanswered_question_leaves_no_answer_and_too_few_leave_no_total(cast: Cast) -> None:
    answered(cast, "phq8", missing=5)
    (response,) = of_type(exported(cast.patient), "QuestionnaireResponse")
    assert [each["linkId"] for each in response["item"]] == ["/44250-9", "/44255-8", "/44259-0"]


def test_language_mode_and_whether_it_is_validated_leave_too(cast: Cast, phq9: QuestionnaireResponse) -> None:
    (response,) = of_type(exported(cast.patient), "QuestionnaireResponse")
    said = {each["url"].rsplit(":", 1)[1]: each for each in response["extension"]}
    assert said["mode"]["valueCode"] == "self"
    assert said["answered-in"]["valueCode"] == "en"
    assert said["validated"]["valueBoolean"] is True


def test_no_estimate_stands_under_the_code_of_a_questionnaire(
    lived: Patient, cast: Cast, phq9: QuestionnaireResponse
) -> None:
    bundle = exported(lived)
    labelled = [each for each in resources(bundle) if "AIAST" in str(each.get("meta"))]
    assert labelled
    for each in labelled:
        assert "loinc" not in str(each)

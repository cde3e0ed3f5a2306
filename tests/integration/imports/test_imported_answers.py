"""Answered forms of other systems: counted once, read for danger, and nobody is called for what was said then."""

from pathlib import Path

import pytest

from clinic.models.observation import Observation
from clinic.models.questionnaire import QuestionnaireResponse, SafetyState
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety.alerts import is_paged
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.imports.bundles import Resource, bring, bundle, observation, person, phq9, phq9_total

pytestmark = ROLLED_BACK

FORM = "Consent form of 3 May, folder 12"
NINTH = observation(
    "44260-8",
    valueCodeableConcept={"coding": [{"system": "http://loinc.org", "code": "LA6569-3"}]},
)
IN_WORDS = phq9(*[0] * 9, item=[{"linkId": "n", "answer": [{"valueString": "I want to kill myself"}]}])
REPEATING = {"derivedFrom": [{"reference": "QuestionnaireResponse/phq-9"}]}


def test_a_panel_and_its_response_are_counted_once(cast: Cast, tmp_path: Path) -> None:
    form = phq9(2, 2, 2, 2, 1, 1, 2, 0, 0)
    text = bundle(person(), form, phq9_total(12, **REPEATING), NINTH | REPEATING)
    bring(tmp_path, text, consent_record=FORM)
    response = QuestionnaireResponse.objects.get()
    assert (response.total, response.missing, response.safety_state) == (12, 0, SafetyState.NOT_REPORTED)
    assert Observation.objects.get().response == response
    assert not SafetyAlert.objects.exists()


def test_a_total_that_came_before_its_form_gives_way_to_it(cast: Cast, tmp_path: Path) -> None:
    total = bundle(person(), phq9_total(12, **REPEATING))
    bring(tmp_path, total, consent_record=FORM)
    bring(tmp_path, bundle(person(), phq9(2, 2, 2, 2, 1, 1, 2, 0, 0)))
    standing = Observation.objects.get(superseded_at=None)
    assert standing.response is not None
    assert Observation.objects.count() == 2


def test_an_unanswered_ninth_question_is_never_zero(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, bundle(person(), phq9(*[1] * 8, None)), consent_record=FORM)
    response = QuestionnaireResponse.objects.get()
    assert response.instrument.key == "phq9"
    assert (response.total, response.missing, response.safety_state) == (None, 1, SafetyState.UNANSWERED)


@pytest.mark.parametrize(
    "resource",
    [
        phq9(*[0] * 8, 1),
        NINTH,
        phq9(*[0] * 9, item=[{"linkId": "n", "answer": [{"valueString": "I want to kill myself"}]}]),
    ],
    ids=["in the form", "on its own", "in words"],
)
@pytest.mark.parametrize("consent_record", ["", FORM])
def test_danger_in_what_came_is_an_unpaged_line_with_its_own_date(
    cast: Cast, tmp_path: Path, resource: Resource, consent_record: str
) -> None:
    text = bundle(person(), resource)
    bring(tmp_path, text, consent_record=consent_record)
    alert = SafetyAlert.objects.get()
    assert alert.level == AlertLevel.CONCERN
    assert not is_paged(alert)
    assert alert.happened_at.isoformat() == "2022-03-04T08:00:00+00:00"
    bring(tmp_path, text, consent_record=consent_record)
    assert SafetyAlert.objects.count() == 1


def test_a_form_that_is_not_finished_or_not_known_stays_history(cast: Cast, tmp_path: Path) -> None:
    other = phq9(
        *[0] * 9, item=[{"linkId": "1", "answer": [{"valueInteger": 3}]}], questionnaire="http://x.example/q"
    )
    text = bundle(person(), phq9(*[1] * 9, status="in-progress"), other)
    taken = bring(tmp_path, text, consent_record=FORM)
    assert taken.new["QuestionnaireResponse"] == 2
    assert not QuestionnaireResponse.objects.exists()


@pytest.mark.parametrize(
    "total",
    [
        phq9_total(40),
        phq9_total(12, status="entered-in-error"),
        phq9_total(12, when="2022-03"),
        phq9_total(12, when="2999-01-01T00:00:00Z"),
    ],
    ids=["out of range", "an error", "half a date", "in the future"],
)
def test_a_number_without_a_sure_meaning_stays_history(cast: Cast, tmp_path: Path, total: Resource) -> None:
    taken = bring(tmp_path, bundle(person(), total), consent_record=FORM)
    assert taken.new["Observation"] == 1
    assert not Observation.objects.exists()

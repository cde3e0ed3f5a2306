"""An open safety alert is an acute crisis for the rules of the catalogue, whatever was recorded before."""

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from clinic import crisis, screening
from clinic.actor import Actor
from clinic.crisis import Because
from clinic.models.consent import Purpose, Source
from clinic.models.outbox import OutboxMessage
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.models.screening import ScreeningState
from clinic.safety import alerts
from recommendations import catalogue, contraindications, permissions, pipeline
from recommendations.models.suggestion import Suggestion
from recommendations.review import ReviewRefused
from tests import answering
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_in, check_ins, open_drafts, screened
from tests.forms import adding_up_to, filled

pytestmark = ROLLED_BACK

LATER, DAY = NOW + dt.timedelta(hours=1), dt.timedelta(days=1)
URGENT = "I want to kill myself"
OF_A_CRISIS = {"problem_solving", "thought_record"}


def state(cast: Cast) -> ScreeningState:
    of_one = contraindications.states_of(cast.patient)[crisis.CONDITION]
    of_many = contraindications.states_of_patients([cast.patient.pk]).get(cast.patient.pk, {})
    assert of_many.get(crisis.CONDITION, ScreeningState.UNKNOWN) == of_one
    return of_one


def closed(cast: Cast, outcome: AlertOutcome, *, at: dt.datetime = LATER) -> None:
    for alert in SafetyAlert.objects.filter(closed_at=None):
        alerts.take(alert=alert, by=cast.treating, at=at)
        answering.closed(alert, cast.treating, outcome, at=at)


def many_forms(cast: Cast, *, last: int = 0) -> None:
    filled(cast.patient, "phq9", adding_up_to("phq9", 14, last=last), at=NOW)


def test_an_open_alert_is_present_and_a_concern_makes_an_absent_answer_unknown(cast: Cast) -> None:
    screened(cast.patient, cast.treating, at=NOW - 120 * DAY)
    assert state(cast) == ScreeningState.ABSENT
    check_in(cast.patient, note=URGENT, at=NOW)
    assert state(cast) == ScreeningState.PRESENT
    assert crisis.held(ScreeningState.ABSENT, 1) == (ScreeningState.UNKNOWN, Because.OPEN_CONCERN)


def test_without_any_screening_an_open_alert_is_present_all_the_same(cast: Cast) -> None:
    check_in(cast.patient, note=URGENT, at=NOW)
    assert state(cast) == ScreeningState.PRESENT


def test_a_positive_item_9_after_the_answer_makes_it_unknown_until_somebody_asks_again(cast: Cast) -> None:
    screened(cast.patient, cast.treating, at=NOW - DAY)
    many_forms(cast, last=2)
    assert state(cast) == ScreeningState.PRESENT
    closed(cast, AlertOutcome.NO_DANGER)
    filled(cast.patient, "phq9", at=LATER)  # says nothing of it now, which takes nothing back
    assert state(cast) == ScreeningState.UNKNOWN
    assert screening.standing(cast.patient)[crisis.CONDITION].because is Because.REPORTED
    screened(cast.patient, cast.treating, at=LATER + DAY)
    assert state(cast) == ScreeningState.ABSENT


@pytest.mark.parametrize(
    ("outcome", "then"),
    [(AlertOutcome.SPOKE, ScreeningState.UNKNOWN), (AlertOutcome.NO_DANGER, ScreeningState.ABSENT)],
)
def test_after_an_alert_the_old_answer_holds_only_where_no_danger_was_meant(
    cast: Cast, outcome: AlertOutcome, then: ScreeningState
) -> None:
    screened(cast.patient, cast.treating, at=NOW - DAY)
    check_in(cast.patient, note=URGENT, at=NOW)
    closed(cast, outcome)
    assert state(cast) == then


def test_what_was_recorded_as_present_stays_present(cast: Cast) -> None:
    screened(cast.patient, cast.treating, acute_crisis=ScreeningState.PRESENT)
    for gravest, reported in product((0, 1, 2, 3), (None, LATER)):
        recorded = crisis.since(ScreeningState.PRESENT, NOW, reported)
        assert crisis.held(recorded, gravest)[0] == ScreeningState.PRESENT


def test_in_a_crisis_only_what_the_matrix_names_is_not_drafted(cast: Cast) -> None:
    """Two people with the same answers; one of them wrote of suicide before scoring."""
    permissions_of_forms(cast)
    for patient in (cast.patient, cast.other_patient):
        check_ins(patient)
        screened(patient, cast.treating, at=NOW - DAY)
        filled(patient, "phq9", adding_up_to("phq9", 14), at=NOW)
        filled(patient, "phq9", adding_up_to("phq9", 4), at=NOW - 30 * DAY)
    check_in(cast.patient, mood=2, note=URGENT, at=NOW)
    pipeline.score([cast.patient.pk, cast.other_patient.pk], at=NOW)
    drafted = {
        patient: set(Suggestion.objects.filter(patient=patient).values_list("code", flat=True))
        for patient in (cast.patient, cast.other_patient)
    }
    assert OF_A_CRISIS & drafted[cast.other_patient]
    assert not OF_A_CRISIS & drafted[cast.patient]
    assert drafted[cast.patient]


def permissions_of_forms(cast: Cast) -> None:
    for patient in (cast.patient, cast.other_patient):
        for purpose in Purpose:
            permissions.give_consent(
                patient=patient,
                source=Source.QUESTIONNAIRE,
                purpose=purpose,
                by=Actor(patient.user, "patient"),
                at=NOW - 60 * DAY,
            )


def test_a_waiting_draft_that_the_rule_blocks_is_withdrawn_and_the_rest_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    blocked = drafts[0].code
    real = catalogue.of_body
    names = catalogue.Contraindication(crisis.CONDITION, must_be_known=False)

    def with_rule(body: dict[str, object]) -> catalogue.CatalogueEntry:
        entry = real(body)
        return replace(entry, contraindications=(names,)) if entry.code == blocked else entry

    monkeypatch.setattr(catalogue, "of_body", with_rule)
    check_in(cast.patient, note=URGENT, at=LATER)
    with pytest.raises(ReviewRefused, match="contraindication stands"):
        approved(drafts[0], cast.treating, at=LATER)
    asked = OutboxMessage.objects.filter(task="recommendations.tasks.look_again")
    assert asked.exists()
    assert permissions.look_again(patient=cast.patient, by=cast.treating, at=LATER) == 1
    states = dict(Suggestion.objects.filter(patient=cast.patient).values_list("code", "state"))
    assert states.pop(blocked) == "withdrawn"
    assert set(states.values()) == {"open"}

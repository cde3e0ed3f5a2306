"""Ending care: nothing is drafted or scored any more, and what is the patient's own stays theirs."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic import access, ai, appointments, intake
from clinic.access import NotAllowed
from clinic.actor import SOFTWARE
from clinic.models.assignment import Assignment
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import DischargeReason, Patient, TurnTo
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires import assign, due
from clinic.safety import alerts
from recommendations import handover, pipeline, publications, standing
from recommendations.handover import Ending, HandoverRefused
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_in, check_ins, open_drafts
from tests.forms import assigned, filled
from tests.integration.recommendations.test_handover import booked, user_of

pytestmark = ROLLED_BACK

LATER = NOW + dt.timedelta(hours=1)


def end(cast: Cast, *, stop_plans: bool = False) -> None:
    ending = Ending(DischargeReason.COMPLETED, TurnTo.FAMILY_DOCTOR, stop_plans)
    handover.discharge(patient=cast.patient, ending=ending, by=cast.treating, at=LATER)
    cast.patient.refresh_from_db()


def test_all_care_ends_drafts_are_withdrawn_and_appointments_cancelled(cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    booked(cast)
    end(cast)
    assert not access.relationships(at=LATER).filter(patient=cast.patient).exists()
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not appointments.upcoming(cast.patient, at=LATER).exists()
    assert cast.patient.discharged_by == cast.treating.user


@pytest.mark.parametrize("stop", [True, False])
def test_signed_plans_stop_or_stand_as_chosen(cast: Cast, stop: bool) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    end(cast, stop_plans=stop)
    assert publications.standing(at=LATER).exists() is not stop


def test_scoring_leaves_out_whoever_is_discharged(cast: Cast) -> None:
    check_ins(cast.patient)
    end(cast)
    scored = pipeline.score([cast.patient.pk], at=LATER)
    assert (scored.patients, scored.readings, scored.drafts) == (0, 0, 0)
    assert not MoodReading.objects.exists()


def test_planted_fault_without_the_discharge_the_same_person_is_scored(cast: Cast) -> None:
    check_ins(cast.patient)
    end(cast)
    Patient.objects.update(discharged_at=None, discharged_by=None, discharge_reason="", turn_to="")
    assert pipeline.score([cast.patient.pk], at=LATER).patients == 1


def test_the_page_and_the_pipeline_answer_the_same_about_ai(cast: Cast) -> None:
    for discharged in (False, True):
        if discharged:
            end(cast)
        allowed = ai.ai_allowed(ai.Function.MOOD_READING, cast.patient)
        assert allowed is standing.of_patient(cast.patient).ai_allowed is not discharged


def test_the_patient_keeps_their_diary_and_danger_is_still_noticed(cast: Cast) -> None:
    end(cast)
    outcome = check_in(cast.patient, note="I want to kill myself", at=LATER)
    assert isinstance(outcome, intake.Outcome)
    assert outcome.check_in is not None
    assert outcome.notice.alert is not None


def test_while_an_alert_is_open_care_does_not_end(cast: Cast) -> None:
    check_in(cast.patient, note="I want to kill myself")
    with pytest.raises(HandoverRefused, match="safety alert of this person is open"):
        end(cast)
    assert CareRelationship.objects.get(patient=cast.patient).ends_at is None
    assert alerts.open_alerts().exists()


def test_nothing_is_asked_of_a_discharged_person_and_what_was_answered_stays(cast: Cast) -> None:
    assigned(cast.patient, cast.treating)
    assigned(cast.patient, cast.treating, "gad7", every_weeks=2, until=NOW.date() + dt.timedelta(days=90))
    filled(cast.patient)
    end(cast)
    assert due.standing(cast.patient, at=LATER) == []
    assert set(Assignment.objects.values_list("ended_at", "ended_by")) == {(LATER, user_of(cast.treating).pk)}
    assert QuestionnaireResponse.objects.count() == 1
    facts = AuditEntry.objects.get(action="patient_discharged").facts
    assert facts["questionnaires"] == 2
    assert AuditEntry.objects.filter(action="questionnaire_ended").count() == 2


def asked_again(cast: Cast) -> list[str]:
    """What a person who was discharged and is treated again is asked for."""
    access.start_care(
        patient=cast.patient,
        user=user_of(cast.treating),
        kind=CareKind.TREATING,
        by=cast.administrator,
        at=LATER,
    )
    cast.patient.refresh_from_db()
    return [each.assignment.key for each in due.standing(cast.patient, at=LATER)]


def test_whoever_comes_back_is_asked_for_nothing_old(cast: Cast) -> None:
    assigned(cast.patient, cast.treating)
    end(cast)
    assert asked_again(cast) == []


def test_planted_fault_without_the_ending_the_old_form_is_asked_for_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assigned(cast.patient, cast.treating)
    monkeypatch.setattr(assign, "end_all", lambda **_given: 0)
    end(cast)
    assert asked_again(cast) == ["phq9"]


def test_nothing_new_is_assigned_to_somebody_whose_care_has_ended(cast: Cast) -> None:
    stale = Patient.objects.get(pk=cast.patient.pk)
    end(cast)
    with pytest.raises(assign.NotAssigned, match="the care of this person has ended"):
        assigned(stale, cast.treating, at=LATER)


def test_only_who_treats_ends_care(cast: Cast) -> None:
    ending = Ending(DischargeReason.COMPLETED, TurnTo.FAMILY_DOCTOR, False)
    for by in (cast.other_psychologist, cast.administrator):
        with pytest.raises(NotAllowed):
            handover.discharge(patient=cast.patient, ending=ending, by=by, at=LATER)


def test_whoever_is_treated_again_is_not_discharged_any_more(cast: Cast) -> None:
    end(cast)
    assert cast.other_psychologist.user
    access.start_care(
        patient=cast.patient,
        user=cast.other_psychologist.user,
        kind=CareKind.TREATING,
        by=SOFTWARE,
        at=LATER,
    )
    cast.patient.refresh_from_db()
    assert cast.patient.discharged_at is None
    assert ai.ai_allowed(ai.Function.MOOD_READING, cast.patient)

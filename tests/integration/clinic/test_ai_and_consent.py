"""Whether AI may be used: one person stops it, two start it again, and the patient's consent comes before both."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from clinic import ai, consent
from clinic.ai import Function, RestartRefused
from clinic.models.ai_stop import AiStop
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState
from clinic.screening import CONDITIONS, record_facts, standing
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast, patient_of
from tests.database import COMMITTED, ROLLED_BACK

FUNCTIONS = tuple(Function)


def allowed(patient: Patient) -> bool:
    answers = {ai.ai_allowed(function, patient) for function in FUNCTIONS}
    assert len(answers) == 1
    return answers.pop()


@ROLLED_BACK
@pytest.mark.parametrize("given", list(product([True, False], repeat=3)))
def test_ai_needs_consent_to_sharing_and_to_ai_readings(cast: Cast, given: tuple[bool, ...]) -> None:
    purposes = tuple(purpose for purpose, yes in zip(Purpose, given, strict=True) if yes)
    patient, _ring = patient_of(cast.treating, "Noor Aziz", sign_in_name="noor", purposes=purposes)
    assert allowed(patient) == {Purpose.SHARE, Purpose.AI_READINGS}.issubset(purposes)


@ROLLED_BACK
def test_one_person_stops_ai_for_one_patient_and_nobody_else(cast: Cast) -> None:
    ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    assert (allowed(cast.patient), allowed(cast.other_patient)) == (False, True)


@ROLLED_BACK
def test_one_person_stops_ai_for_everybody(cast: Cast) -> None:
    ai.stop(patient=None, by=cast.administrator, at=NOW)
    assert (allowed(cast.patient), allowed(cast.other_patient)) == (False, False)


@ROLLED_BACK
@pytest.mark.parametrize("everybody", [True, False])
def test_two_people_start_ai_again(cast: Cast, everybody: bool) -> None:
    patient = None if everybody else cast.patient
    stop = ai.stop(patient=patient, by=cast.treating, at=NOW)
    with pytest.raises(RestartRefused, match="nobody has asked"):
        ai.confirm_restart(stop=stop, by=cast.administrator, at=NOW)
    ai.ask_restart(stop=stop, by=cast.treating, at=NOW)
    with pytest.raises(RestartRefused, match="second person"):
        ai.confirm_restart(stop=stop, by=cast.treating, at=NOW)
    assert not allowed(cast.patient)
    ai.confirm_restart(stop=stop, by=cast.administrator, at=NOW)
    assert allowed(cast.patient)
    codes = AuditEntry.objects.filter(action__startswith="ai_").order_by("id")
    assert list(codes.values_list("action", flat=True)) == ["ai_stopped", "ai_restart_asked", "ai_restarted"]


@ROLLED_BACK
def test_the_database_too_wants_two_people(cast: Cast) -> None:
    stop = ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    once = {"restart_asked_by": cast.treating.user, "restart_asked_at": NOW}
    for forged in ({}, {"restarted_by": cast.treating.user}, {"restarted_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AiStop.objects.filter(pk=stop.pk).update(**once, restarted_at=NOW, **forged)
    assert not allowed(cast.patient)


@ROLLED_BACK
def test_a_stop_for_one_outlasts_the_restart_for_everybody(cast: Cast) -> None:
    ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    general = ai.stop(patient=None, by=cast.treating, at=NOW)
    ai.ask_restart(stop=general, by=cast.treating, at=NOW)
    ai.confirm_restart(stop=general, by=cast.administrator, at=NOW)
    assert (allowed(cast.patient), allowed(cast.other_patient)) == (False, True)


@ROLLED_BACK
def test_the_second_request_to_start_again_does_not_take_the_firsts_place(cast: Cast) -> None:
    stop = ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    ai.ask_restart(stop=stop, by=cast.treating, at=NOW)
    ai.ask_restart(stop=stop, by=cast.administrator, at=NOW)
    stop.refresh_from_db()
    assert stop.restart_asked_by == cast.treating.user


@ROLLED_BACK
def test_stopping_twice_is_one_stop(cast: Cast) -> None:
    assert ai.stop(patient=None, by=cast.treating, at=NOW) == ai.stop(
        patient=None, by=cast.administrator, at=NOW
    )
    assert AuditEntry.objects.filter(action="ai_stopped").count() == 1


@COMMITTED
def test_two_who_confirm_at_once_start_ai_once(cast: Cast) -> None:
    stop = ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    ai.ask_restart(stop=stop, by=cast.treating, at=NOW)
    confirming = (cast.administrator, cast.other_psychologist)
    answers = at_once(*[lambda by=by: ai.confirm_restart(stop=stop, by=by, at=NOW) for by in confirming])
    assert errors(answers) == []
    assert AuditEntry.objects.filter(action="ai_restarted").count() == 1


@ROLLED_BACK
def test_a_consent_names_its_text_and_a_withdrawal_ends_it_and_keeps_the_row(cast: Cast) -> None:
    grant = ConsentGrant.objects.get(patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE)
    assert (grant.text_version, grant.text_language, len(grant.text_digest)) == ("2026-11", "en", 64)
    scope = {"patient": cast.patient, "source": Source.CHECK_IN, "purpose": Purpose.SHARE}
    consent.withdraw(**scope, by=cast.as_patient, at=NOW)  # type: ignore[arg-type]
    grant.refresh_from_db()
    assert (grant.withdrawn_at, grant.withdrawn_by) == (NOW, cast.patient.user)
    assert not consent.agreed(cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE)
    again = consent.give(**scope, by=cast.as_patient, at=NOW)  # type: ignore[arg-type]
    assert again.pk != grant.pk
    assert all(choice.given for choice in consent.choices(cast.patient))


@ROLLED_BACK
def test_the_newest_screening_fact_holds_and_unknown_is_not_absent(cast: Cast) -> None:
    assert {each.state for each in standing(cast.patient).values()} == {ScreeningState.UNKNOWN}
    for state in (ScreeningState.PRESENT, ScreeningState.ABSENT, ScreeningState.UNKNOWN):
        record_facts(
            patient=cast.patient,
            answers={"mania": state},
            source=ScreeningSource.INTERVIEW,
            by=cast.treating,
            at=NOW,
        )
        assert standing(cast.patient)["mania"].state == state
    assert ScreeningFact.objects.count() == 3


@ROLLED_BACK
def test_only_answers_that_are_news_are_recorded(cast: Cast) -> None:
    everything_unknown = dict.fromkeys(CONDITIONS, ScreeningState.UNKNOWN)
    for answers, news in (
        (everything_unknown, 0),
        (everything_unknown | {"mania": ScreeningState.ABSENT}, 1),
        (everything_unknown | {"mania": ScreeningState.ABSENT}, 0),
    ):
        made = record_facts(
            patient=cast.patient,
            answers=answers,
            source=ScreeningSource.RECORD,
            by=cast.treating,
            at=NOW,
        )
        assert len(made) == news

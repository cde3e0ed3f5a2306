"""From filled forms and nights in the record to drafts: consent to each source, corrections, and stale answers."""

import datetime as dt

import pytest

from clinic import consent, intake
from clinic.actor import Actor
from clinic.intake import NewNumber
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Observation, Signal
from clinic.models.outbox import OutboxMessage
from recommendations import indications, permissions, pipeline
from recommendations.models.suggestion import Suggestion
from recommendations.readings import latest
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_ins, screened
from tests.forms import adding_up_to, filled

pytestmark = ROLLED_BACK

STEADY = (6, 7, 6, 6, 7, 6, 5) * 5


@pytest.fixture(autouse=True)
def _steady(cast: Cast) -> None:
    """Nothing in the mood points to any step, and nothing stands against one."""
    check_ins(cast.patient, STEADY)
    screened(cast.patient, cast.treating)


def drafted(cast: Cast) -> set[str]:
    pipeline.score([cast.patient.pk], at=NOW)
    return set(Suggestion.objects.filter(state="open").values_list("code", flat=True))


def answered(
    cast: Cast, key: str, total: int, *, days_ago: int = 0, source: Source = Source.QUESTIONNAIRE
) -> None:
    filled(cast.patient, key, adding_up_to(key, total), at=NOW - dt.timedelta(days=days_ago), source=source)


def slept(cast: Cast, *, source: Source = Source.DEVICE) -> None:
    """Four weeks of eight hours, then a week of six."""
    numbers = [
        NewNumber(Signal.SLEEP, 6.0 if ago < 7 else 8.0, NOW - dt.timedelta(days=ago)) for ago in range(35)
    ]
    intake.record_observations(
        patient=cast.patient, numbers=numbers, source=source, by=cast.as_patient, at=NOW
    )


def without(cast: Cast, source: Source, purpose: Purpose) -> None:
    consent.withdraw(patient=cast.patient, source=source, purpose=purpose, by=cast.as_patient, at=NOW)


@pytest.mark.parametrize(
    ("key", "total", "steps"),
    [
        ("phq9", 9, set()),
        ("phq9", 10, {"social_contact"}),
        ("phq8", 9, set()),
        ("phq8", 10, {"social_contact"}),
        ("gad7", 9, set()),
        ("gad7", 10, {"worry_time"}),
    ],
)
def test_a_filled_form_drafts_the_gentlest_step_from_caseness_on(
    cast: Cast, key: str, total: int, steps: set[str]
) -> None:
    answered(cast, key, total)
    assert drafted(cast) == steps


@pytest.mark.parametrize(("days", "steps"), [(28, {"social_contact"}), (29, set())])
def test_an_answer_that_is_older_than_four_weeks_drafts_nothing(
    cast: Cast, days: int, steps: set[str]
) -> None:
    answered(cast, "phq9", 20, days_ago=days)
    assert drafted(cast) == steps


def test_short_nights_of_a_device_draft_sleep_habits_and_those_from_elsewhere_do_not(cast: Cast) -> None:
    slept(cast, source=Source.IMPORTED)
    assert drafted(cast) == set()
    slept(cast)
    assert drafted(cast) == {"sleep_habits"}


@pytest.mark.parametrize("purpose", [Purpose.SHARE, Purpose.AI_READINGS])
def test_without_consent_to_a_source_it_is_not_read_whatever_it_says(cast: Cast, purpose: Purpose) -> None:
    answered(cast, "phq9", 20)
    slept(cast)
    without(cast, Source.QUESTIONNAIRE, purpose)
    assert drafted(cast) == {"sleep_habits"}
    Suggestion.objects.update(state="withdrawn")
    without(cast, Source.DEVICE, purpose)
    assert drafted(cast) == set()


@pytest.mark.parametrize("purpose", [Purpose.SHARE, Purpose.AI_READINGS])
def test_a_form_from_elsewhere_needs_the_agreement_about_records_from_elsewhere(
    cast: Cast, purpose: Purpose
) -> None:
    """Agreeing to forms that are filled in here says nothing about those that came with a record."""
    answered(cast, "phq9", 20, source=Source.IMPORTED)
    assert Observation.objects.filter(signal=Signal.PHQ9, source=Source.IMPORTED).exists()
    without(cast, Source.QUESTIONNAIRE, purpose)
    assert drafted(cast) == {"social_contact"}
    Suggestion.objects.update(state="withdrawn")
    without(cast, Source.IMPORTED, purpose)
    assert drafted(cast) == set()


def test_consent_that_was_never_given_keeps_a_source_out(cast: Cast) -> None:
    """Check-ins may be read; nobody was ever asked about the forms."""
    patient, _ring = patient_of(cast.treating, "Rosa Lind", sign_in_name="rosa", purposes=(Purpose.KEEP,))
    for purpose in (Purpose.SHARE, Purpose.AI_READINGS):
        by = Actor(patient.user, "patient")
        consent.give(patient=patient, source=Source.CHECK_IN, purpose=purpose, by=by, at=NOW)
    check_ins(patient, STEADY)
    screened(patient, cast.treating)
    filled(patient, "gad7", adding_up_to("gad7", 15), at=NOW)
    assert pipeline.score([patient.pk], at=NOW) == pipeline.Scored(patients=1, readings=1, drafts=0)


def test_what_was_superseded_does_not_count(cast: Cast) -> None:
    answered(cast, "phq9", 20)
    Observation.objects.filter(signal=Signal.PHQ9).update(superseded_at=NOW)
    assert drafted(cast) == set()


def test_when_consent_to_a_source_ends_the_drafts_with_its_evidence_are_withdrawn_and_scored_anew(
    cast: Cast,
) -> None:
    answered(cast, "phq9", 20)
    slept(cast)
    assert drafted(cast) == {"social_contact", "sleep_habits"}
    permissions.withdraw_consent(
        patient=cast.patient,
        source=Source.QUESTIONNAIRE,
        purpose=Purpose.AI_READINGS,
        by=cast.as_patient,
        at=NOW,
    )
    assert not Suggestion.objects.filter(state="open").exists()
    assert OutboxMessage.objects.filter(task="recommendations.tasks.score_patients").exists()
    assert drafted(cast) == {"sleep_habits"}
    facts = Suggestion.objects.get(state="open").facts
    assert not any("form" in piece["figures"] for piece in facts)


def test_planted_fault_reading_forms_without_asking_for_consent_is_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast, "phq9", 20)
    without(cast, Source.QUESTIONNAIRE, Purpose.AI_READINGS)
    monkeypatch.setattr(consent, "for_readings", lambda rows: rows)
    assert drafted(cast) == {"social_contact"}


def test_the_signals_of_many_people_are_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    answered(cast, "phq9", 12)
    pipeline.score([cast.patient.pk], at=NOW)
    readings = list(latest([cast.patient.pk]).values())
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert indications.of_patients(readings)[cast.patient.pk].forms

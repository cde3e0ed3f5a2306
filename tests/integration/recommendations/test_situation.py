"""What voids a signature in the making, and what only warns."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import translation

from clinic import consent, intake
from clinic.activities import Mark, Verdict
from clinic.fact_rows import NewFact
from clinic.models.consent import Purpose, Source
from clinic.models.observation import CheckIn
from clinic.models.profile import Origin, Topic
from clinic.models.screening import ScreeningSource, ScreeningState
from clinic.safety import alerts
from recommendations import permissions, pipeline, situation
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided
from recommendations.situation import PARTS, SituationChanged
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_in, open_drafts, screened
from tests.signing import OWN_WORDS, opened, signed, written

pytestmark = ROLLED_BACK

Change = Callable[[Cast, Suggestion], object]


def a_fact_is_recorded(cast: Cast, draft: Suggestion) -> None:
    permissions.record_screening(
        patient=cast.patient,
        answers={"panic_breathing": ScreeningState.PRESENT},
        source=ScreeningSource.INTERVIEW,
        by=cast.treating,
        at=NOW,
    )


def a_fact_says_what_helps(cast: Cast, draft: Suggestion) -> None:
    code = Mark("breathing", Verdict.HELPED).code
    fact = NewFact(topic=Topic.HELPS, origin=Origin.STAFF, words="…", code=code)
    permissions.record_fact(patient=cast.patient, fact=fact, by=cast.treating, at=NOW)


def an_alert_opens(cast: Cast, draft: Suggestion) -> None:
    check_in(cast.patient, note="I want to kill myself")


def an_alert_opens_and_is_closed(cast: Cast, draft: Suggestion) -> None:
    an_alert_opens(cast, draft)
    alert = alerts.take(alert=alerts.open_alerts().get(), by=cast.treating, at=NOW)
    closed(alert, cast.treating)


def a_check_in_is_corrected(cast: Cast, draft: Suggestion) -> None:
    supersedes = CheckIn.objects.filter(patient=cast.patient).latest("happened_at")
    entry = intake.NewCheckIn(uuid4(), 7, (), "", happened_at=supersedes.happened_at, supersedes=supersedes)
    intake.record_check_in(patient=cast.patient, entry=entry, by=cast.as_patient, at=NOW)


def ai_is_switched_off(cast: Cast, draft: Suggestion) -> None:
    """By the patient, straight through `clinic`: the draft stays open and the permission alone differs."""
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.AI_READINGS, by=cast.as_patient, at=NOW
    )


def the_draft_is_opened_anew(cast: Cast, draft: Suggestion) -> None:
    Suggestion.objects.filter(pk=draft.pk).update(round=2)


VOIDING: dict[str, list[Change]] = {
    "draft": [the_draft_is_opened_anew],
    "screening": [a_fact_is_recorded],
    "profile": [a_fact_says_what_helps],
    "alerts": [an_alert_opens, an_alert_opens_and_is_closed],
    "evidence": [a_check_in_is_corrected],
    "permission": [ai_is_switched_off],
}


def test_every_part_of_the_situation_is_tried() -> None:
    assert VOIDING.keys() == PARTS.keys()


@pytest.mark.parametrize(
    ("part", "change"), [(part, change) for part, changes in VOIDING.items() for change in changes]
)
def test_a_signature_is_void_once_the_situation_differs_and_the_answer_names_the_part(
    cast: Cast, part: str, change: Change
) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = opened(draft, cast.treating)
    change(cast, draft)
    with pytest.raises(SituationChanged) as refused:
        signed(page, cast.treating)
    assert refused.value.sentences == [PARTS[part]]
    assert not Publication.objects.exists()


@pytest.mark.parametrize("change", [a_fact_is_recorded, an_alert_opens])
def test_a_plan_written_without_a_draft_is_void_by_a_new_fact_or_alert_too(
    cast: Cast, change: Change
) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = written(cast.patient, cast.treating)
    change(cast, draft)
    with pytest.raises(SituationChanged):
        signed(page, cast.treating)
    assert not Publication.objects.exists()


def test_nothing_is_void_while_nothing_happens(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    assert len(signed(opened(draft, cast.treating), cast.treating)) == 1


def test_newer_check_ins_and_readings_only_warn(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = opened(draft, cast.treating)
    check_in(cast.patient, mood=1, at=NOW + dt.timedelta(hours=2))
    later = NOW + dt.timedelta(days=1)
    check_in(cast.patient, mood=1, at=later)
    assert pipeline.score([cast.patient.pk], at=later).readings == 1
    assert len(signed(page, cast.treating, at=later)) == 1


def test_another_patients_alert_and_facts_change_nothing(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = opened(draft, cast.treating)
    screened(cast.other_patient, cast.other_psychologist)
    check_in(cast.other_patient, note="I want to kill myself")
    assert len(signed(page, cast.treating)) == 1


def test_a_sibling_that_was_signed_changes_nothing(cast: Cast) -> None:
    first, second = open_drafts(cast.patient, cast.treating)
    page = opened(second, cast.treating)
    approved(first, cast.treating)
    assert len(signed(page, cast.treating)) == 1


def test_a_decided_draft_answers_with_the_decision_before_anything_else(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = opened(draft, cast.treating)
    approved(draft, cast.treating)
    a_fact_is_recorded(cast, draft)
    with pytest.raises(AlreadyDecided) as refused:
        signed(page, cast.treating)
    assert refused.value.review is not None
    assert refused.value.review.decided_by == cast.treating.user


@pytest.mark.parametrize("seen", ["", "0", "a.b.c.d.e", "....", "x" * 10_000])
def test_a_form_without_a_proper_token_signs_nothing(cast: Cast, seen: str) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = opened(draft, cast.treating)
    with pytest.raises(SituationChanged):
        signed(replace(page, seen=seen), cast.treating)


def test_the_token_of_one_patient_fits_no_other(cast: Cast) -> None:
    tokens = [
        situation.of_patient(patient, cast.ring).token for patient in (cast.patient, cast.other_patient)
    ]
    assert not set(tokens[0].split(".")) & set(tokens[1].split("."))


def test_the_token_does_not_depend_on_the_readers_language(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page = opened(draft, cast.treating, words=OWN_WORDS)
    with translation.override("ru"):
        assert len(signed(page, cast.treating)) == 1

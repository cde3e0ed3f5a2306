"""A draft that was put aside stays undecided, keeps its waiting time, and comes back; nobody hides a late one."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from audit.models import AuditEntry
from clinic import access, keys
from clinic.access import NotAllowed
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from recommendations import permissions, pipeline, queue, review, waiting
from recommendations.models.pause import Answer, Pause
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided, ReviewRefused
from recommendations.waiting import turn
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_in, open_drafts

pytestmark = ROLLED_BACK

LONDON = "Europe/London"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    return open_drafts(cast.patient, cast.treating)[0]


def defer(cast: Cast, draft: Suggestion, *, at: dt.datetime = NOW, which: int = 0) -> dt.datetime:
    """Deferred to one of the days that are offered; the moment at which it comes back."""
    day = waiting.return_days(at=at, zone=LONDON)[which]
    made = waiting.defer(suggestion=draft, reason="needs_time", until=day, by=cast.treating, at=at)
    assert made.until is not None
    return made.until


def ask_colleague(cast: Cast, draft: Suggestion) -> Pause:
    colleague = cast.other_psychologist.user
    assert colleague is not None
    access.start_care(patient=cast.patient, user=colleague, kind=CareKind.SECOND_READER, by=SOFTWARE, at=NOW)
    question = "Did walks help in spring?"
    return waiting.ask(
        suggestion=draft,
        kind="colleague",
        question=question,
        colleague=colleague,
        by=cast.treating,
        at=NOW,
    )


def waits_for(cast: Cast, at: dt.datetime) -> list[Any]:
    assert cast.treating.user is not None
    return list(queue.drafts_for(cast.treating.user, at=at).values_list("pk", flat=True))


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_deferred_draft_leaves_the_queue_and_returns_by_itself_with_its_waiting_time(
    cast: Cast, draft: Suggestion
) -> None:
    back = defer(cast, draft)
    assert draft.pk not in waits_for(cast, NOW)
    assert draft.pk not in waits_for(cast, back - MINUTE)
    assert draft.pk in waits_for(cast, back)
    draft.refresh_from_db()
    assert (draft.state, draft.waiting_since) == ("deferred", NOW)


def test_planted_fault_a_clock_that_stood_still_would_keep_it_away_for_ever(
    cast: Cast, draft: Suggestion
) -> None:
    back = defer(cast, draft)
    one = Suggestion.objects.filter(pk=draft.pk)
    assert not turn.with_turn(one, at=NOW).filter(Q(is_turn=True)).exists()
    assert turn.with_turn(one, at=back).filter(Q(is_turn=True)).exists()


def test_a_second_shorter_deferral_counts_and_not_the_first(cast: Cast, draft: Suggestion) -> None:
    defer(cast, draft, which=2)
    waiting.bring_back(suggestion=draft, by=cast.treating, at=NOW + MINUTE)
    back = defer(cast, draft, at=NOW + 2 * MINUTE, which=0)
    assert draft.pk in waits_for(cast, back)


def test_a_draft_that_has_come_back_is_decided_and_both_moves_stand_in_the_log(
    cast: Cast, draft: Suggestion
) -> None:
    back = defer(cast, draft)
    review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating, at=back + MINUTE)
    moves = [each for each in actions() if each.startswith("suggestion_") and each != "suggestion_drafted"]
    assert moves == ["suggestion_deferred", "suggestion_returned", "suggestion_rejected"]


def test_what_is_put_aside_cannot_be_decided_before_it_is_brought_back(cast: Cast, draft: Suggestion) -> None:
    defer(cast, draft)
    with pytest.raises(ReviewRefused, match="put aside"):
        review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating, at=NOW + MINUTE)
    assert waiting.bring_back(suggestion=draft, by=cast.treating, at=NOW + MINUTE)
    assert not waiting.bring_back(suggestion=draft, by=cast.treating, at=NOW + MINUTE)
    review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating, at=NOW + MINUTE)


def test_a_late_draft_that_is_put_aside_is_counted(cast: Cast, draft: Suggestion) -> None:
    assert cast.treating.user is not None
    later = NOW + dt.timedelta(hours=80)
    defer(cast, draft, at=later, which=2)
    figures = queue.summary(cast.treating.user, at=later + MINUTE, aim=dt.timedelta(hours=72))
    assert (figures.deferred, figures.late_aside) == (1, 1)
    assert queue.summary(cast.treating.user, at=later + MINUTE, aim=dt.timedelta(hours=100)).late_aside == 0


@pytest.mark.parametrize(("reason", "days"), [("", 1), ("because", 1), ("needs_time", 0), ("needs_time", 12)])
def test_a_deferral_needs_a_known_reason_and_an_offered_day(
    cast: Cast, draft: Suggestion, reason: str, days: int
) -> None:
    until = NOW.date() + dt.timedelta(days=days)
    with pytest.raises(ReviewRefused):
        waiting.defer(suggestion=draft, reason=reason, until=until, by=cast.treating, at=NOW)
    assert not Pause.objects.exists()


def test_only_working_days_are_offered_and_no_more_than_the_clinic_allows(settings: Any) -> None:
    friday = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
    settings.DEFER_WORKING_DAYS = 2
    days = waiting.return_days(at=friday, zone=LONDON)
    assert days == [dt.date(2026, 11, 30), dt.date(2026, 12, 1)]


def test_withdrawing_consent_withdraws_what_is_put_aside_and_it_never_comes_back(
    cast: Cast, draft: Suggestion
) -> None:
    back = defer(cast, draft)
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW + MINUTE)
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert waits_for(cast, back) == []


def test_no_second_draft_of_the_same_step_is_made_while_one_is_put_aside(
    cast: Cast, draft: Suggestion
) -> None:
    defer(cast, draft)
    later = NOW + dt.timedelta(hours=20)
    check_in(cast.patient, 2, at=later)
    pipeline.score([cast.patient.pk], at=later, history=True)
    assert Suggestion.objects.filter(patient=cast.patient, code=draft.code).count() == 1


def test_a_colleague_sees_the_question_answers_it_and_the_draft_is_back(
    cast: Cast, draft: Suggestion
) -> None:
    colleague = cast.other_psychologist
    assert colleague.user is not None
    asked = ask_colleague(cast, draft)
    assert list(turn.questions_to(colleague.user, at=NOW + MINUTE)) == [asked]
    assert draft.pk not in waits_for(cast, NOW + MINUTE)
    waiting.answer(pause=asked, words="They did, with her sister.", by=colleague, at=NOW + MINUTE)
    assert not turn.questions_to(colleague.user, at=NOW + 2 * MINUTE).exists()
    assert draft.pk in waits_for(cast, NOW + MINUTE)
    ring = keys.ring([cast.patient.pk])
    assert Answer.objects.get().unseal(ring, "words") == "They did, with her sister."
    assert "sister" not in str(bytes(Answer.objects.get().words))


def test_nobody_outside_the_care_team_is_asked_and_nobody_else_answers(cast: Cast, draft: Suggestion) -> None:
    outsider = cast.other_psychologist.user
    with pytest.raises(ReviewRefused, match="care team"):
        waiting.ask(
            suggestion=draft, kind="colleague", question="?", colleague=outsider, by=cast.treating, at=NOW
        )
    asked = ask_colleague(cast, draft)
    with pytest.raises(ReviewRefused, match="somebody else"):
        waiting.answer(pause=asked, words="Yes.", by=cast.treating, at=NOW)


def test_a_colleague_whose_care_has_ended_neither_sees_nor_answers(cast: Cast, draft: Suggestion) -> None:
    asked = ask_colleague(cast, draft)
    colleague = cast.other_psychologist
    assert colleague.user is not None
    care = colleague.user
    for each in access.relationships(at=NOW).filter(user=care, patient=cast.patient):
        access.end_care(care=each, by=SOFTWARE, at=NOW + MINUTE)
    assert not turn.questions_to(care, at=NOW + 2 * MINUTE).exists()
    with pytest.raises(NotAllowed):
        waiting.answer(pause=asked, words="Yes.", by=colleague, at=NOW + 2 * MINUTE)


def test_a_question_that_was_brought_back_is_answered_by_nobody(cast: Cast, draft: Suggestion) -> None:
    asked = ask_colleague(cast, draft)
    waiting.bring_back(suggestion=draft, by=cast.treating, at=NOW + MINUTE)
    with pytest.raises(ReviewRefused, match="Nobody waits"):
        waiting.answer(pause=asked, words="Yes.", by=cast.other_psychologist, at=NOW + 2 * MINUTE)


def test_the_next_scoring_run_brings_a_draft_back(cast: Cast, draft: Suggestion) -> None:
    waiting.ask(suggestion=draft, kind="scoring", question="", by=cast.treating, at=NOW)
    later = NOW + dt.timedelta(hours=20)
    assert draft.pk not in waits_for(cast, later)
    check_in(cast.patient, 2, at=later)
    pipeline.score([cast.patient.pk], at=later, history=True)
    assert draft.pk in waits_for(cast, later)


def test_what_is_decided_cannot_be_put_aside(cast: Cast, draft: Suggestion) -> None:
    approved(draft, cast.treating)
    with pytest.raises(AlreadyDecided):
        defer(cast, draft)
    with pytest.raises(AlreadyDecided):
        waiting.bring_back(suggestion=draft, by=cast.treating, at=NOW)


def test_a_pause_that_mixes_two_patients_cannot_be_written(cast: Cast, draft: Suggestion) -> None:
    pause = Pause(
        patient=cast.other_patient,
        suggestion=draft,
        kind="deferred",
        reason="needs_time",
        until=NOW,
        paused_by=cast.treating.user,
        paused_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        written_at_once(pause)


def written_at_once(pause: Pause) -> None:
    """Save, and ask what is asked at the end of a transaction now."""
    pause.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

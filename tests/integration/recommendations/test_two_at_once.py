"""Two at the same moment, each on a connection of their own: exactly one decision, whatever the order."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from audit.models import AuditEntry
from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from recommendations import permissions, pipeline, publications, review, suggest
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.reading import MoodReading
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided
from tests.at_once import at_once, errors
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import check_ins, open_drafts, screened
from tests.signing import OWN_WORDS, opened, signed
from tests.waiting import until

pytestmark = COMMITTED

Moves = tuple[Callable[[], object], Callable[[], object]]


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    """A draft that two psychologists may decide about."""
    assert cast.other_psychologist.user is not None
    access.start_care(
        patient=cast.patient, user=cast.other_psychologist.user, kind=CareKind.COVERING, by=SOFTWARE, at=NOW
    )
    return open_drafts(cast.patient, cast.treating)[0]


def both_sign(cast: Cast, draft: Suggestion) -> Moves:
    pages = [opened(draft, by) for by in (cast.treating, cast.other_psychologist)]
    return (lambda: signed(pages[0], cast.treating)), (lambda: signed(pages[1], cast.other_psychologist))


def one_signs_one_amends(cast: Cast, draft: Suggestion) -> Moves:
    page = opened(draft, cast.treating)
    other = opened(draft, cast.other_psychologist, words=OWN_WORDS)
    return (lambda: signed(page, cast.treating)), (lambda: signed(other, cast.other_psychologist))


def one_signs_one_rejects(cast: Cast, draft: Suggestion) -> Moves:
    page = opened(draft, cast.treating)
    return (
        lambda: signed(page, cast.treating),
        lambda: review.reject(
            suggestion=draft, reasons=["wrong_time"], note="", by=cast.other_psychologist, at=NOW
        ),
    )


def one_form_is_sent_twice(cast: Cast, draft: Suggestion) -> Moves:
    page = opened(draft, cast.treating, with_estimate=True)
    return (lambda: signed(page, cast.treating)), (lambda: signed(page, cast.treating))


@pytest.mark.parametrize(
    "moves", [both_sign, one_signs_one_amends, one_signs_one_rejects, one_form_is_sent_twice]
)
def test_of_two_decisions_at_once_exactly_one_is_written_and_the_other_is_told_which(
    cast: Cast, draft: Suggestion, moves: Callable[[Cast, Suggestion], Moves]
) -> None:
    answers = at_once(*moves(cast, draft))
    (late,) = errors(answers)
    assert isinstance(late, AlreadyDecided)
    assert late.review == Review.objects.get(suggestion=draft)
    decisions = ("suggestion_approved", "suggestion_amended", "suggestion_rejected")
    assert AuditEntry.objects.filter(action__in=decisions).count() == 1
    shown = publications.of_patient(cast.patient, cast.ring, at=NOW)
    assert len(shown.plan) == (0 if late.review.verdict == "rejected" else 1)


def test_a_form_sent_again_later_finds_the_first_decision(cast: Cast, draft: Suggestion) -> None:
    page = opened(draft, cast.treating)
    signed(page, cast.treating)
    with pytest.raises(AlreadyDecided):
        signed(page, cast.treating)
    with pytest.raises(AlreadyDecided):
        review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating, at=NOW)
    assert Review.objects.get().verdict == "approved"


def test_siblings_may_be_signed_at_the_same_moment(cast: Cast, draft: Suggestion) -> None:
    sibling = Suggestion.objects.exclude(pk=draft.pk).get()
    pages = [opened(draft, cast.treating), opened(sibling, cast.other_psychologist)]
    answers = at_once(
        lambda: signed(pages[0], cast.treating), lambda: signed(pages[1], cast.other_psychologist)
    )
    assert errors(answers) == []
    assert Publication.objects.count() == 2


def test_a_plan_stopped_twice_at_once_is_stopped_once(cast: Cast, draft: Suggestion) -> None:
    (publication,) = signed(opened(draft, cast.treating), cast.treating)
    answers = at_once(
        *[
            lambda by=by: review.withdraw(publication_id=publication.pk, reason="unsafe", by=by, at=NOW)
            for by in (cast.treating, cast.other_psychologist)
        ]
    )
    assert errors(answers) == []
    assert PublicationStop.objects.count() == 1
    assert AuditEntry.objects.filter(action="publication_withdrawn").count() == 1


def test_taken_back_twice_at_once_the_draft_is_opened_once(cast: Cast, draft: Suggestion) -> None:
    cast.clinic.publication_delay = dt.timedelta(minutes=10)
    cast.clinic.save()
    (publication,) = signed(opened(draft, cast.treating), cast.treating)
    answers = at_once(
        *[
            lambda by=by: review.take_back(publication_id=publication.pk, by=by, at=NOW)
            for by in (cast.treating, cast.other_psychologist)
        ]
    )
    assert errors(answers) == []
    draft.refresh_from_db()
    assert (draft.state, draft.round) == ("open", 2)


def test_two_workers_with_the_same_patients_store_and_draft_once(cast: Cast) -> None:
    for patient, by in ((cast.patient, cast.treating), (cast.other_patient, cast.other_psychologist)):
        check_ins(patient)
        screened(patient, by)
    ids = [cast.patient.pk, cast.other_patient.pk]
    answers = at_once(lambda: pipeline.score(ids, at=NOW), lambda: pipeline.score(reversed(ids), at=NOW))
    assert errors(answers) == []
    assert sorted(each.readings for each in answers) == [0, 2]
    assert MoodReading.objects.count() == 2
    drafts = Suggestion.objects.values_list("patient", "code")
    assert len(drafts) == len(set(drafts)) > 0


def stopped_in_the_middle_of_scoring(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, *, everybody: bool
) -> list[object]:
    """Scoring pauses once it has asked whether AI may be used, until the stop has ended or waits for it."""
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    asked, stopped, draft = threading.Event(), threading.Event(), suggest.draft

    def slow_draft(*args: Any, **kwargs: Any) -> Any:
        asked.set()
        until(lambda: stopped.is_set() or somebody_waits(), seconds=10, what="the stop was tried")
        return draft(*args, **kwargs)

    def stop() -> None:
        assert asked.wait(10)
        permissions.stop_ai(patient=None if everybody else cast.patient, by=cast.treating, at=NOW)
        stopped.set()

    monkeypatch.setattr(suggest, "draft", slow_draft)
    return at_once(lambda: pipeline.score([cast.patient.pk], at=NOW), stop)


def somebody_waits() -> bool:
    """Whether another connection waits for this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("everybody", [True, False])
def test_no_scoring_run_overtakes_a_stop(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, everybody: bool
) -> None:
    assert errors(stopped_in_the_middle_of_scoring(cast, monkeypatch, everybody=everybody)) == []
    assert Suggestion.objects.filter(state="withdrawn").exists()
    assert not Suggestion.objects.filter(state="open").exists()


@pytest.mark.parametrize("everybody", [True, False])
def test_without_its_lock_a_stop_would_be_overtaken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, everybody: bool
) -> None:
    monkeypatch.setattr(permissions, "_lock", lambda patient: None)
    assert errors(stopped_in_the_middle_of_scoring(cast, monkeypatch, everybody=everybody)) == []
    assert Suggestion.objects.filter(state="open").exists()

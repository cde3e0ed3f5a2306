"""The queue's pages are asked by a query that is written once: its answers are those of the query written each time."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from clinic.models.patient import Patient
from clinic.models.user import User
from clinic.prepared import Prepared
from recommendations import queue
from recommendations.models.suggestion import Suggestion
from recommendations.queue import Cursor
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts

pytestmark = ROLLED_BACK


def written_each_time(user: User, at: dt.datetime) -> list[Suggestion]:
    return list(queue.drafts_for(user, at=at))


def person_of(actor_user: User | None) -> User:
    assert actor_user is not None
    return actor_user


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    """The drafts of two patients of one psychologist."""
    treating = person_of(cast.treating.user)
    access.start_care(patient=cast.other_patient, user=treating, kind=CareKind.TREATING, by=SOFTWARE, at=NOW)
    return [*open_drafts(cast.patient, cast.treating), *open_drafts(cast.other_patient, cast.treating)]


def test_each_person_is_answered_with_their_own_drafts_whoever_asked_before(
    cast: Cast, drafts: list[Suggestion]
) -> None:
    people = [person_of(each.user) for each in (cast.treating, cast.other_psychologist, cast.administrator)]
    for person in [*people, *reversed(people)]:
        assert queue.page(person, at=NOW, limit=50) == written_each_time(person, NOW)
    assert len(queue.page(people[0], at=NOW, limit=50)) == len(drafts)


def test_care_that_has_ended_at_the_moment_asked_for_gives_nothing(
    cast: Cast, drafts: list[Suggestion]
) -> None:
    treating = person_of(cast.treating.user)
    before = NOW - dt.timedelta(days=3_650)
    assert queue.page(treating, at=NOW, limit=50)
    assert queue.page(treating, at=before, limit=50) == written_each_time(treating, before) == []


def test_pages_follow_each_other_without_a_gap_or_a_repetition(cast: Cast, drafts: list[Suggestion]) -> None:
    treating, found, cursor = person_of(cast.treating.user), list[Suggestion](), None
    while page := queue.page(treating, at=NOW, limit=1, after=cursor):
        found += page
        cursor = Cursor(page[-1].waiting_since, page[-1].pk)
    assert found == written_each_time(treating, NOW)


def test_a_page_is_one_query_and_a_row_asks_nothing_more(cast: Cast, drafts: list[Suggestion]) -> None:
    treating = person_of(cast.treating.user)
    queue.page(treating, at=NOW, limit=50)
    with CaptureQueriesContext(connection) as captured:
        shown = queue.page(treating, at=NOW, limit=50)
        assert all(row.patient.record_number and row.reading.direction for row in shown)
    assert len(captured) == 1


def test_a_value_that_does_not_reach_the_sql_is_refused_before_it_answers_everybody_alike(cast: Cast) -> None:
    def forgets_the_person(*, user: UUID) -> QuerySet[Patient]:
        return Patient.objects.all()

    with pytest.raises(ValueError, match="user"):
        Prepared(forgets_the_person, user=UUID).rows(user=cast.patient.pk)


def test_a_value_that_was_not_given_is_an_error_and_not_the_sample(cast: Cast) -> None:
    def one(*, patient: UUID) -> QuerySet[Patient]:
        return Patient.objects.filter(pk=patient)

    prepared = Prepared(one, patient=UUID)
    assert prepared.rows(patient=cast.patient.pk) == [cast.patient]
    with pytest.raises(KeyError):
        prepared.rows()

"""The lists beside the queue: what stands in each, with its count; and the search from everywhere."""

import datetime as dt

import pytest
from django.test import Client

from clinic import access
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareKind
from recommendations import waiting
from recommendations.models.suggestion import Suggestion
from recommendations.waiting import turn
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.integration.dashboard.caseload.conftest import More
from tests.integration.dashboard.queries import counted
from tests.pages import get, post

pytestmark = ROLLED_BACK

LISTS = ("questions", "waiting", "deferred", "signed")


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    return open_drafts(cast.patient, cast.treating)


def deferred(draft: Suggestion, by: Actor, *, at: dt.datetime = NOW) -> None:
    """Until the last day that is offered now, so that it waits at the moment of the page too."""
    now = at + dt.timedelta(days=1)
    day = waiting.return_days(at=now, zone="Europe/London")[-1]
    waiting.defer(suggestion=draft, reason="see_first", until=day, by=by, at=now)


def test_each_list_says_how_many_stand_in_it_and_a_late_one_that_is_put_aside_is_counted(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    deferred(drafts[0], cast.treating)
    cast.clinic.waiting_aim_hours = 1
    cast.clinic.save()
    page = get(treating, "/queue/")
    assert f"Your turn {len(drafts) - 1} Questions to you 0 Waiting on others 0 Deferred 1" in page.words
    assert "1 late draft is put aside." in page.words
    listed = get(treating, "/queue/deferred/").words
    assert "I see or ring the person first. It comes back on" in listed
    assert "Amara Nwosu" in listed


def test_a_list_shows_nobody_of_another_caseload(
    outsider: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    deferred(drafts[0], cast.treating)
    assert "Amara" not in get(outsider, "/queue/deferred/").words


def test_what_one_has_signed_stands_without_a_name_once_the_care_has_ended(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    approved(drafts[0], cast.treating)
    assert "Amara Nwosu" in get(treating, "/queue/signed/").words
    for care in access.relationships(at=NOW).filter(patient=cast.patient):
        access.end_care(care=care, by=SOFTWARE, at=NOW)
    after = get(treating, "/queue/signed/")
    assert "Amara" not in after.html
    assert cast.patient.record_number in after.words


def put_everything_aside(cast: Cast) -> None:
    """Of every patient one draft deferred and one asked about; what is left is signed."""
    colleague, me = cast.other_psychologist, cast.treating
    assert colleague.user is not None
    assert me.user is not None
    at = NOW + dt.timedelta(days=1)
    for draft in turn.your_turn(me.user, at=at).select_related("patient"):
        code = draft.code
        if code == "behavioural_activation":
            deferred(draft, me)
        elif code == "planned_walk":
            access.start_care(
                patient=draft.patient, user=colleague.user, kind=CareKind.COVERING, by=SOFTWARE, at=NOW
            )
            waiting.ask(
                suggestion=draft, kind="colleague", question="?", colleague=me.user, by=colleague, at=at
            )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_makes_as_few_queries_with_many_patients_as_with_one(
    treating: Client, cast: Cast, drafts: list[Suggestion], more: More, name: str
) -> None:
    put_everything_aside(cast)
    one = counted(treating, f"/queue/{name}/", cast.treating)
    more(6)
    put_everything_aside(cast)
    many = counted(treating, f"/queue/{name}/", cast.treating)
    assert one == many
    assert many.own <= 10


def test_a_whole_record_number_opens_the_record_and_one_of_another_caseload_does_not(
    treating: Client, cast: Cast
) -> None:
    number = cast.patient.record_number
    assert post(treating, "/patients/", {"q": f" {number.lower()} "}).follow().path == f"/patients/{number}/"
    foreign = post(treating, "/patients/", {"q": cast.other_patient.record_number})
    assert foreign.status == 200
    assert "Nobody in your care begins like that" in foreign.words

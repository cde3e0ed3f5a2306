"""Records that nobody attends to: found whatever the reason, by record number, with the way out."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import access, clock, people, staff, unattended
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind, CareRelationship
from clinic.models.patient import DischargeReason, TurnTo
from clinic.models.user import Role, User
from dashboard.governance.context import unattended as listing
from recommendations import handover
from recommendations.handover import Ending
from tests.cast import Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of, text_of
from tests.pages import get

pytestmark = ROLLED_BACK

NOBODY = "/manage/teams/nobody/"
TEAMS = "/manage/teams/"


def treating(cast: Cast) -> User:
    assert cast.treating.user is not None
    return cast.treating.user


def listed(desk: Client) -> list[str]:
    return re.findall(r'class="record-number">(CS-\d+)<', html_of(desk, NOBODY))


def row(desk: Client, cast: Cast) -> str:
    return html_of(desk, NOBODY).split(cast.patient.record_number)[1].split("</tr>")[0]


def ended_licence(cast: Cast) -> None:
    yesterday = clock.now().date() - dt.timedelta(days=2)
    staff.set_licence(user=treating(cast), valid_until=yesterday, by=cast.administrator, at=clock.now())


def ended_care(cast: Cast) -> None:
    care = CareRelationship.objects.get(patient=cast.patient)
    access.end_care(care=care, by=cast.administrator, at=clock.now())


def left(cast: Cast) -> None:
    people.deactivate(user=treating(cast), by=cast.administrator, at=clock.now())


def lost_role(cast: Cast) -> None:
    access.end_role(user=treating(cast), role=Role.PSYCHOLOGIST, by=cast.administrator, at=clock.now())


def no_licence(cast: Cast) -> None:
    staff.set_licence(user=treating(cast), valid_until=None, by=cast.administrator, at=clock.now())


def test_nobody_is_listed_while_everybody_has_somebody_who_can_act(desk: Client, cast: Cast) -> None:
    page = html_of(desk, NOBODY)
    assert "Everybody in care has somebody who can act" in page
    assert listed(desk) == []


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (ended_licence, "The licence of Dr Maya Okonkwo ended"),
        (ended_care, "Care by Dr Maya Okonkwo ended"),
        (left, "Dr Maya Okonkwo cannot sign in any more"),
        (lost_role, "Dr Maya Okonkwo is no psychologist here any more"),
        (no_licence, "No licence of Dr Maya Okonkwo is recorded"),
    ],
)
def test_a_record_is_listed_with_why_its_last_psychologist_cannot_act(
    desk: Client, cast: Cast, happens: object, why: str
) -> None:
    happens(cast)  # type: ignore[operator]
    assert listed(desk) == [cast.patient.record_number]
    assert why in row(desk, cast)


def test_a_record_from_elsewhere_is_listed_until_somebody_is_put_in_care(desk: Client, cast: Cast) -> None:
    came, _ring = people.register_patient(
        person=people.NewPatient("From Elsewhere", "", None, "", "UTC", "en"),
        user=None,
        by=cast.administrator,
        at=clock.now(),
    )
    page = get(desk, NOBODY)
    assert "Nobody has been put in care yet" in page.words
    assert "Care teams 1" in page.words
    teams = get(desk, f"{TEAMS}?record={came.record_number}")
    assert teams.field(TEAMS, "record_number") == came.record_number
    done = teams.send(TEAMS, {"psychologist": str(treating(cast).pk), "kind": "treating"}).follow()
    assert f"Dr Maya Okonkwo may open {came.record_number} from now on." in done.words
    assert listed(desk) == []


def test_a_second_colleague_who_treats_is_enough_and_one_who_covers_is_named(
    desk: Client, cast: Cast
) -> None:
    ended_licence(cast)
    other = cast.other_psychologist.user
    assert other is not None
    at = clock.now()
    access.start_care(patient=cast.patient, user=other, kind=CareKind.COVERING, by=SOFTWARE, at=at)
    assert "Dr Elias Ruiz, Covering" in row(desk, cast)
    access.start_care(patient=cast.patient, user=other, kind=CareKind.TREATING, by=SOFTWARE, at=at)
    assert listed(desk) == []


def test_whoever_was_discharged_is_not_listed(desk: Client, cast: Cast) -> None:
    ending = Ending(DischargeReason.COMPLETED, TurnTo.FAMILY_DOCTOR, stop_plans=False)
    handover.discharge(patient=cast.patient, ending=ending, by=cast.treating, at=clock.now())
    assert listed(desk) == []


def test_nobody_attends_to_their_own_record(desk: Client, cast: Cast) -> None:
    ended_care(cast)
    access.start_care(
        patient=cast.patient,
        user=treating(cast),
        kind=CareKind.TREATING,
        by=SOFTWARE,
        at=clock.now(),
    )
    assert listed(desk) == []
    type(cast.patient).objects.filter(pk=cast.patient.pk).update(user=treating(cast))
    assert listed(desk) == [cast.patient.record_number]


def test_the_name_of_nobody_in_care_is_on_the_page(desk: Client, cast: Cast) -> None:
    ended_care(cast)
    assert not any(word in html_of(desk, NOBODY) for word in ("Amara", "Nwosu", "960001"))


def test_the_list_is_read_page_by_page_and_loses_nothing(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    numbers = {
        patient_of(None, f"Person {number}", sign_in_name=f"person-{number}")[0].record_number
        for number in range(5)
    }
    seen: list[str] = []
    path: str | None = NOBODY
    while path:
        page = html_of(desk, path)
        seen += re.findall(r'class="record-number">(CS-\d+)<', page)
        more = re.search(r'href="([^"]*)" rel="next"', page)
        path = more[1] if more else None
    assert seen == sorted(numbers)
    assert "5 records" in html_of(desk, NOBODY)


def test_the_list_costs_as_many_queries_for_many_as_for_few(desk: Client, cast: Cast) -> None:
    ended_care(cast)
    html_of(desk, NOBODY)
    with CaptureQueriesContext(connection) as few:
        html_of(desk, NOBODY)
    for number in range(8):
        patient_of(None, f"Person {number}", sign_in_name=f"person-{number}")
    with CaptureQueriesContext(connection) as many:
        html_of(desk, NOBODY)
    assert len(many) == len(few) <= 18


def test_planted_fault_a_list_that_forgets_licences_misses_whose_ended(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended_licence(cast)
    monkeypatch.setattr(unattended, "able", lambda *, at, today: access.psychologists(at=at))
    assert listed(desk) == []


def test_what_is_searched_for_is_the_start_of_a_number(desk: Client, cast: Cast) -> None:
    ended_care(cast)
    start = cast.patient.record_number[:4].lower()
    assert cast.patient.record_number in text_of(desk.get(NOBODY, {"q": start}))
    assert "No record in this list begins" in text_of(desk.get(NOBODY, {"q": "CS-X"}))

"""Care teams: access begins and ends here, at once, by record number."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from clinic import access, clock
from clinic.models.care import CareKind, CareRelationship
from clinic.models.user import User
from dashboard.governance.context import care as listing
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import html_of, text_of
from tests.integration.dashboard.safety.raised import raised, taken

pytestmark = ROLLED_BACK

TEAMS = "/manage/teams/"


def filled(cast: Cast, **changes: str) -> dict[str, str]:
    """The form that lets the other psychologist into the patient's record."""
    assert cast.other_psychologist.user is not None
    form = {
        "record_number": cast.patient.record_number,
        "psychologist": str(cast.other_psychologist.user.pk),
        "kind": "covering",
        "last_day": "",
    }
    return form | changes


def rights_of(cast: Cast, user: User | None, *, at: dt.datetime | None = None) -> frozenset[str]:
    assert user is not None
    return access.rights(user, cast.patient, at=at or clock.now())


def care_of(cast: Cast, user: User | None) -> CareRelationship:
    return CareRelationship.objects.get(patient=cast.patient, user=user)


def test_care_is_listed_by_record_number_with_kind(desk: Client, cast: Cast) -> None:
    row = html_of(desk, TEAMS).split(f">{cast.patient.record_number}<")[1].split("</tr>")[0]
    assert "Dr Maya Okonkwo" in row
    assert "Treating" in row
    assert "No end set" in row


def test_started_care_opens_the_record_at_once(desk: Client, cast: Cast) -> None:
    assert rights_of(cast, cast.other_psychologist.user) == frozenset()
    page = text_of(desk.post(TEAMS, filled(cast), follow=True))
    assert f"Dr Elias Ruiz may open {cast.patient.record_number} from now on." in page
    assert access.REVIEW in rights_of(cast, cast.other_psychologist.user)
    started = AuditEntry.objects.filter(action="care_started").order_by("-id")[0]
    assert (started.actor_role, started.reason) == ("administrator", "covering")


def test_ended_care_closes_the_record_at_once(desk: Client, cast: Cast) -> None:
    care = care_of(cast, cast.treating.user)
    page = text_of(desk.post(f"{TEAMS}{care.pk}/end/", follow=True))
    assert f"Dr Maya Okonkwo can no longer open {cast.patient.record_number}." in page
    assert rights_of(cast, cast.treating.user) == frozenset()


def test_an_act_that_ended_nothing_says_so(desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "end_care", lambda *, care, by, at: None)
    care = care_of(cast, cast.treating.user)
    page = text_of(desk.post(f"{TEAMS}{care.pk}/end/", follow=True))
    assert f"It did not end: Dr Maya Okonkwo can still open {cast.patient.record_number}." in page


def test_a_last_day_ends_access_with_that_day_of_the_clinic(desk: Client, cast: Cast) -> None:
    last = clock.now().date() + dt.timedelta(days=3)
    desk.post(TEAMS, filled(cast, last_day=last.isoformat()))
    ends_at = care_of(cast, cast.other_psychologist.user).ends_at
    assert ends_at is not None
    assert rights_of(cast, cast.other_psychologist.user, at=ends_at - dt.timedelta(seconds=1))
    assert not rights_of(cast, cast.other_psychologist.user, at=ends_at)
    assert clock.local_date(at=ends_at, zone="Europe/London") == last + dt.timedelta(days=1)


def test_care_with_a_planned_end_can_be_ended_earlier(desk: Client, cast: Cast) -> None:
    last = clock.now().date() + dt.timedelta(days=3)
    desk.post(TEAMS, filled(cast, last_day=last.isoformat()))
    desk.post(f"{TEAMS}{care_of(cast, cast.other_psychologist.user).pk}/end/")
    assert not rights_of(cast, cast.other_psychologist.user)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record_number", "CS-00000"),
        ("psychologist", ""),
        ("kind", "safety"),
        ("kind", "break_glass"),
        ("last_day", "2020-01-01"),
    ],
)
def test_what_does_not_fit_is_refused_beside_the_field(
    desk: Client, cast: Cast, field: str, value: str
) -> None:
    page = text_of(desk.post(TEAMS, filled(cast, **{field: value})), status=422)
    assert f'id="id_{field}_error"' in page
    assert not rights_of(cast, cast.other_psychologist.user)


def test_only_psychologists_who_can_sign_in_are_offered(desk: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.other_psychologist.user.pk).update(is_active=False)  # type: ignore[union-attr]
    choices = html_of(desk, TEAMS).split('id="id_psychologist"')[1].split("</select>")[0]
    assert "Dr Maya Okonkwo" in choices
    assert "Dr Elias Ruiz" not in choices
    assert "Ines Carvalho" not in choices


def test_care_of_kind_safety_ends_with_its_alert_and_not_here(desk: Client, cast: Cast) -> None:
    taken(raised(cast.patient), cast.other_psychologist)
    care = care_of(cast, cast.other_psychologist.user)
    assert f"{care.pk}/end/" not in html_of(desk, TEAMS)
    desk.post(f"{TEAMS}{care.pk}/end/")
    assert rights_of(cast, cast.other_psychologist.user)


def test_ended_care_stands_in_a_list_of_its_own_with_who_ended_it(desk: Client, cast: Cast) -> None:
    desk.post(f"{TEAMS}{care_of(cast, cast.treating.user).pk}/end/")
    assert f'<th scope="row" class="record-number">{cast.patient.record_number}<' not in html_of(desk, TEAMS)
    row = html_of(desk, f"{TEAMS}?ended=1").split(cast.patient.record_number)[1].split("</tr>")[0]
    assert "by Ines Carvalho" in row


def test_the_list_is_read_page_by_page_and_loses_nothing(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for number in range(5):
        patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")
    seen: list[str] = []
    path: str | None = TEAMS
    while path:
        page = html_of(desk, path)
        seen += re.findall(r'class="record-number">(CS-\d+)<', page)
        more = re.search(r'href="([^"]*)" rel="next"', page)
        path = more[1] if more else None
    assert len(seen) == len(set(seen)) == CareRelationship.objects.count()


def test_the_list_costs_as_many_queries_for_many_as_for_few(desk: Client, cast: Cast) -> None:
    html_of(desk, TEAMS)
    with CaptureQueriesContext(connection) as few:
        html_of(desk, TEAMS)
    for number in range(8):
        patient, _ring = patient_of(None, f"Person {number}", sign_in_name=f"person-{number}")
        assert cast.treating.user is not None
        access.start_care(
            patient=patient, user=cast.treating.user, kind=CareKind.COVERING, by=cast.administrator, at=NOW
        )
    with CaptureQueriesContext(connection) as many:
        html_of(desk, TEAMS)
    assert len(many) == len(few) <= 21

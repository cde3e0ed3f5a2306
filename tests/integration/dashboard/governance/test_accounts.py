"""One account: roles, access that ends at once, licences, a new password."""

import datetime as dt
import re

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import access, clock
from clinic.models.user import Role, StaffProfile, User
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import address, html_of, newest, sign_in, text_of
from tests.integration.dashboard.safety.raised import raised, taken
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


def test_ended_access_ends_every_session_at_once(desk: Client, cast: Cast) -> None:
    client = sign_in("treating", PASSWORD)
    assert client.get("/safety/").status_code == 200
    desk.post(address(cast.treating.user, "access/end/"))
    assert client.get("/safety/").status_code == 302
    page = text_of(Client().post("/sign-in/", {"username": "treating", "password": PASSWORD}))
    assert "do not fit together" in page
    assert cast.treating.user is not None
    ended = AuditEntry.objects.get(action="person_deactivated")
    assert (ended.subject_id, ended.actor_role) == (str(cast.treating.user.pk), "administrator")


def test_access_given_back_wakes_no_old_session(desk: Client, cast: Cast) -> None:
    client = sign_in("treating", PASSWORD)
    desk.post(address(cast.treating.user, "access/end/"))
    desk.post(address(cast.treating.user, "access/give/"))
    assert newest().action == "person_reactivated"
    assert client.get("/safety/").status_code == 302
    assert sign_in("treating", PASSWORD).get("/safety/").status_code == 200


def test_sessions_of_others_go_on(desk: Client, cast: Cast) -> None:
    client = sign_in("other", PASSWORD)
    desk.post(address(cast.treating.user, "access/end/"))
    assert client.get("/safety/").status_code == 200


def test_nobody_ends_their_own_access_or_administration(desk: Client, cast: Cast) -> None:
    page = text_of(desk.post(address(cast.administrator.user, "access/end/"), follow=True))
    assert "You cannot end your own access" in page
    desk.post(address(cast.administrator.user, "role/end/"), {"role": "administrator"})
    assert html_of(desk, "/manage/people/")


def test_an_ended_role_closes_its_pages_at_once(desk: Client, cast: Cast) -> None:
    client = signed_in(Client(), cast.treating)
    assert client.get("/safety/").status_code == 200
    desk.post(address(cast.treating.user, "role/end/"), {"role": "psychologist"})
    assert newest().action == "role_ended"
    assert client.get("/safety/").status_code == 302


def test_a_given_role_stands_in_the_log_with_who_gave_it(desk: Client, cast: Cast) -> None:
    desk.post(address(cast.treating.user, "role/give/"), {"role": "administrator"})
    assert cast.treating.user is not None
    assert Role.ADMINISTRATOR in access.roles_of(cast.treating.user, at=clock.now())
    assert (newest().action, newest().reason) == ("role_granted", "administrator")
    assert cast.administrator.user is not None
    assert newest().actor_id == cast.administrator.user.pk


def test_nobody_gives_themselves_a_role(desk: Client, cast: Cast) -> None:
    desk.post(address(cast.administrator.user, "role/give/"), {"role": "psychologist"})
    assert cast.administrator.user is not None
    assert access.roles_of(cast.administrator.user, at=clock.now()) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", ["psychologist", "administrator"])
def test_a_patients_account_becomes_no_account_of_staff(desk: Client, cast: Cast, role: str) -> None:
    desk.post(address(cast.patient.user, "role/give/"), {"role": role})
    assert cast.patient.user is not None
    assert access.roles_of(cast.patient.user, at=clock.now()) == {Role.PATIENT}


@pytest.mark.parametrize("who", ["treating", "amara"])
def test_a_link_for_a_new_password_is_shown_once_and_can_be_taken_back(
    desk: Client, cast: Cast, who: str
) -> None:
    user = User.objects.get(sign_in_name=who)
    page = text_of(desk.post(address(user, "password/")), status=201)
    code = re.findall(r'class="secret__words">([^<]+)<', page)[0]
    assert f"/password/{code}/" in page
    assert "Amara" not in page
    sign_in(who, PASSWORD)
    person = html_of(desk, address(user))
    assert code not in person
    assert "Ines Carvalho made a link today" in person
    taken_back = text_of(desk.post(address(user, "password/back/"), follow=True))
    assert "Its code opens nothing any more." in taken_back
    assert "made a link" not in taken_back
    assert text_of(Client().get(f"/password/{code}/"), status=410)
    assert "No link was waiting" in text_of(desk.post(address(user, "password/back/"), follow=True))


def test_nobody_makes_a_link_for_themselves(desk: Client, cast: Cast) -> None:
    page = text_of(desk.post(address(cast.administrator.user, "password/"), follow=True))
    assert "nobody gives a password to themselves" in page
    assert "Another administrator makes a link for you" in page


def test_a_licence_is_recorded_with_its_date(desk: Client, cast: Cast) -> None:
    desk.post(address(cast.treating.user, "licence/"), {"licence_valid_until": "2031-04-30"})
    profile = StaffProfile.objects.get(user=cast.treating.user)
    assert profile.licence_valid_until == dt.date(2031, 4, 30)
    assert (newest().action, newest().facts) == ("licence_changed", {"valid_until": "2031-04-30"})


def test_a_date_that_is_none_is_refused_beside_the_field(desk: Client, cast: Cast) -> None:
    typed = {"licence_valid_until": "soon"}
    page = text_of(desk.post(address(cast.treating.user, "licence/"), typed), status=422)
    assert 'id="id_licence_valid_until_error"' in page


def test_alerts_that_somebody_has_taken_are_named_before_their_access_ends(desk: Client, cast: Cast) -> None:
    words = "Has taken safety alerts that are still open"
    assert words not in html_of(desk, address(cast.treating.user))
    taken(raised(cast.patient), cast.treating)
    assert words in html_of(desk, address(cast.treating.user))


def test_an_act_that_is_opened_like_a_page_leads_to_the_person(desk: Client, cast: Cast) -> None:
    response = desk.get(address(cast.treating.user, "access/end/"))
    assert (response.status_code, response["Location"]) == (302, address(cast.treating.user))

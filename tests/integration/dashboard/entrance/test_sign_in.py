"""Coming in: one sentence for whatever does not fit, ten tries, addresses of ours only."""

import pytest
from django.conf import settings
from django.test import Client

from audit.models import AuditEntry
from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.clinic import Clinic
from clinic.models.user import Role, User
from recommendations import demo
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.entrance.door import SIGN_IN, enter, entered, text_of

pytestmark = ROLLED_BACK

REFUSED = "That name and password do not fit together."


@pytest.mark.parametrize(
    ("name", "home"), [("treating", "/queue/"), ("administrator", "/manage/people/"), ("amara", "/my/")]
)
def test_whoever_signs_in_comes_to_the_first_page_of_their_role(cast: Cast, name: str, home: str) -> None:
    response = enter(name)
    assert (response.status_code, response["Location"]) == (302, home)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.action, entry.actor_id) == ("signed_in", User.objects.get(sign_in_name=name).pk)


@pytest.mark.parametrize(
    ("name", "password"), [("treating", "wrong"), ("no-such-name", PASSWORD), ("treating", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nobody(
    cast: Cast, name: str, password: str
) -> None:
    page = text_of(enter(name, password))
    assert (REFUSED in page) is bool(password)
    assert "_auth_user_id" not in Client().session


def test_somebody_whose_access_has_ended_reads_the_same_sentence(cast: Cast) -> None:
    User.objects.filter(sign_in_name="treating").update(is_active=False)
    assert REFUSED in text_of(enter("treating"))


def test_somebody_without_a_role_stays_outside(cast: Cast) -> None:
    assert "You have no role here at the moment" in text_of(enter("stranger"))
    user = User.objects.get(sign_in_name="stranger")
    access.grant_role(user=user, role=Role.PATIENT, by=SOFTWARE, at=NOW)
    access.end_role(user=user, role=Role.PATIENT, by=SOFTWARE, at=NOW)
    assert "You have no role here at the moment" in text_of(enter("stranger"))


def test_after_ten_wrong_tries_the_right_password_waits_too(cast: Cast) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        assert REFUSED in text_of(enter("treating", "wrong"))
    page = text_of(enter("treating", "wrong"), status=429)
    assert "Too many tries" in page
    assert 'href="/help/"' in page
    assert "Too many tries" in text_of(enter("treating"), status=429)


def test_nine_wrong_tries_and_then_the_right_password_let_one_in(cast: Cast) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        enter("treating", "wrong")
    assert enter("treating").status_code == 302


def test_one_persons_wrong_tries_lock_nobody_else_out(cast: Cast) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        enter("treating", "wrong")
    assert enter("other").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\elsewhere.example"],
)
def test_afterwards_one_is_sent_to_no_strange_address(cast: Cast, elsewhere: str) -> None:
    assert enter("treating", next=elsewhere)["Location"] == "/queue/"


def test_afterwards_one_comes_back_to_the_page_that_was_asked_for(cast: Cast) -> None:
    client = Client()
    response = client.get("/safety/")
    assert response["Location"] == f"{SIGN_IN}?next=/safety/"
    page = text_of(client.get(response["Location"]))
    assert 'name="next" value="/safety/"' in page
    assert enter("treating", next="/safety/")["Location"] == "/safety/"


def test_signing_in_changes_the_sessions_key(cast: Cast) -> None:
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    enter("treating", client=client)
    assert client.session.session_key != before


def test_the_front_door_leads_to_sign_in_or_to_the_first_page(cast: Cast) -> None:
    assert Client().get("/")["Location"] == SIGN_IN
    assert entered("administrator").get("/")["Location"] == "/manage/people/"


def test_help_stands_on_the_sign_in_page_and_opens_without_signing_in(cast: Cast) -> None:
    assert 'href="/help/"' in text_of(Client().get(SIGN_IN))
    assert 'class="help-card' in text_of(Client().get("/help/"))


def test_a_real_clinic_lists_no_sign_ins(cast: Cast) -> None:
    assert "demonstration" not in text_of(Client().get(SIGN_IN))


def test_the_demonstration_prints_sign_ins_and_says_that_they_are_fictional(cast: Cast) -> None:
    Clinic.objects.update(is_demonstration=True)
    for page in (text_of(Client().get(SIGN_IN)), text_of(enter("treating", "wrong"))):
        assert "Everybody here is fictional" in page
        assert [
            each for each in demo.sign_ins() if each.sign_in_name not in page or each.password not in page
        ] == []


def test_an_address_with_several_parameters_survives_the_way_through_sign_in(cast: Cast) -> None:
    client = Client()
    wanted = "/manage/audit/?record=CS-10000&action=key_made"
    page = client.get(client.get(wanted)["Location"])
    assert page.context["next"] == wanted


def test_a_failed_sign_in_stands_in_the_log_without_the_name_that_was_tried(cast: Cast) -> None:
    enter("amara", "not the password")
    entry = AuditEntry.objects.get(action="sign_in_failed")
    assert (entry.actor_id, entry.subject_id, entry.facts) == (None, "", {})

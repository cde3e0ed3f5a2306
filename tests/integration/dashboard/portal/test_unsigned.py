"""Forms that name their patient by a token alone, because the session has ended: help always, and bounds."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import User
from dashboard.entrance import resume
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from dashboard.portal import unsigned
from tests.cast import Cast
from tests.database import COMMITTED
from tests.forms import adding_up_to, assigned
from tests.integration.dashboard.portal.asked import PHQ9, form
from tests.integration.dashboard.portal.pages import CHECK_IN, URGENT, html_of, of_owner, text_of
from tests.paging import EMERGENCY, staffed
from tests.sign_in import signed_in

pytestmark = COMMITTED

REPORTED = adding_up_to("phq9", 4, last=1)
FORMS: dict[str, dict[str, Any]] = {
    CHECK_IN: {"mood": 6, "note": URGENT},
    "/my/messages/": {"words": "I will hang myself tonight"},
    "/my/ask/": {},
    PHQ9: form(REPORTED),
}


def flood(client: Client, cast: Cast, times: int, words: str = URGENT) -> list[str]:
    return [text_of(client.post(CHECK_IN, of_owner(cast.patient, note=words))) for _each in range(times)]


def test_a_token_alone_opens_few_alerts_within_an_hour_and_each_answer_is_help(
    client: Client, cast: Cast
) -> None:
    pages = flood(client, cast, 8)
    assert SafetyAlert.objects.count() == unsigned.MOST
    assert all('class="help-card' in page for page in pages)
    assert "These words were not added: sign in to send them." in pages[-1]
    assert "These words were not added" not in pages[0]


def test_graver_words_always_open_another(client: Client, cast: Cast) -> None:
    flood(client, cast, 7)
    flood(client, cast, 1, EMERGENCY)
    assert SafetyAlert.objects.filter(level=AlertLevel.EMERGENCY).count() == 1


def test_the_first_test_fails_without_the_bound(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsigned, "standing", lambda *_args, **_more: None)
    flood(client, cast, 8)
    assert SafetyAlert.objects.count() == 8


def test_the_token_of_somebody_whose_access_has_ended_names_nobody(client: Client, cast: Cast) -> None:
    assert cast.patient.user
    User.objects.filter(pk=cast.patient.user.pk).update(is_active=False)
    [page] = flood(client, cast, 1)
    assert "Nobody was told, because this page cannot know whose words these are." in page
    asked: dict[str, Any] = {OWNER_FIELD: owner_token(cast.patient.user)}
    client.post("/my/ask/", asked | {"submission": str(uuid4())})
    assert not SafetyAlert.objects.exists()


def test_the_page_says_who_was_told_and_nothing_that_speaks_against_it(client: Client, cast: Cast) -> None:
    staffed(cast)
    [page] = flood(client, cast, 1)
    assert "The psychologist on call is being told now." in page
    assert "what was passed on stands above" in page
    assert "Nothing was stored yet" not in page
    assert "You can keep writing" not in page
    [quiet] = flood(client, cast, 1, "Soup.")
    assert "Nothing was stored yet" in quiet


def new_password(cast: Cast, _client: Client) -> None:
    assert cast.patient.user
    cast.patient.user.set_password("another-river-9317")
    cast.patient.user.save(update_fields=["password"])


def sessions_ended_elsewhere(cast: Cast, _client: Client) -> None:
    signed_in(Client(), cast.as_patient).post("/sessions/")


def signed_out(_cast: Cast, client: Client) -> None:
    client.post("/sign-out/")


def others_ended(_cast: Cast, client: Client) -> None:
    client.post("/sessions/")
    client.logout()


ENDS = {"password": new_password, "elsewhere": sessions_ended_elsewhere}


def posted_after(cast: Cast, then: Callable[[Cast, Client], None]) -> dict[str, tuple[str, int]]:
    """A page is drawn, something happens, and forms are posted with its token: what was answered, what opened."""
    assigned(cast.patient, cast.treating)
    client = signed_in(Client(), cast.as_patient)
    token = re.findall(rf'name="{OWNER_FIELD}" value="([^"]+)"', html_of(client, CHECK_IN))[0]
    then(cast, client)
    found = {}
    for path, fields in FORMS.items():
        before = SafetyAlert.objects.count()
        page = text_of(Client().post(path, {"submission": str(uuid4()), **fields, OWNER_FIELD: token}))
        found[path] = (page, SafetyAlert.objects.count() - before)
    return found


@pytest.mark.parametrize("how", ENDS)
def test_a_token_speaks_for_nobody_once_its_person_said_so_and_help_and_words_stay(
    cast: Cast, how: str
) -> None:
    for path, (page, opened) in posted_after(cast, ENDS[how]).items():
        assert opened == 0, path
        assert 'class="help-card' in page, path
        assert "Nobody was told, because this page cannot know" in page, path
        assert re.search(r'name="resume" value="[^"]{40,}"', page), path


@pytest.mark.parametrize("then", [signed_out, others_ended])
def test_a_page_that_stayed_open_in_a_session_that_was_left_or_kept_still_tells_the_clinic(
    cast: Cast, then: Callable[[Cast, Client], None]
) -> None:
    assert [opened for _page, opened in posted_after(cast, then).values()] == [1] * len(FORMS)


def test_planted_fault_a_token_that_nothing_ends_would_be_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resume, "speaks_for", lambda *_args: True)
    assert [opened for _page, opened in posted_after(cast, new_password).values()] == [1] * len(FORMS)


def test_forms_with_a_question_about_danger_are_bounded_too(client: Client, cast: Cast) -> None:
    assigned(cast.patient, cast.treating)
    assert cast.patient.user
    token = {OWNER_FIELD: owner_token(cast.patient.user)}
    pages = [text_of(client.post(PHQ9, form(REPORTED) | token)) for _each in range(7)]
    assert SafetyAlert.objects.count() == unsigned.MOST
    assert all('class="help-card' in page for page in pages)
    assert "These words were not added" in pages[-1]


@pytest.mark.parametrize("address", FORMS)
def test_what_was_passed_on_is_said_in_the_language_of_the_card_after_a_session_too(
    client: Client, cast: Cast, address: str
) -> None:
    assigned(cast.patient, cast.treating)
    cast.patient.language = "ru"
    cast.patient.save()
    page = text_of(client.post(address, of_owner(cast.patient, **FORMS[address])))
    told = page.split('class="help-card__passed-on"')[1].split("</p>")[0]
    assert "линике" in told
    assert "The " not in told
    assert "Можно писать ещё" not in page

"""Forms that name their patient by a token alone, because the session has ended: help always, and bounds."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import User
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from dashboard.portal import unsigned
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.dashboard.portal.pages import CHECK_IN, URGENT, of_owner, text_of
from tests.paging import EMERGENCY, staffed

pytestmark = COMMITTED


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
    assert cast.patient.user_id
    User.objects.filter(pk=cast.patient.user_id).update(is_active=False)
    [page] = flood(client, cast, 1)
    assert "Nobody was told, because this page cannot know whose words these are." in page
    asked: dict[str, Any] = {OWNER_FIELD: owner_token(UUID(str(cast.patient.user_id)))}
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

"""The AI switches: one person stops, two start again."""

import pytest
from django.test import Client

from clinic import ai, reauth
from clinic.actor import Actor
from clinic.models.ai_stop import AiStop
from clinic.reauth import Proof
from recommendations import permissions
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts
from tests.integration.dashboard.governance.desk import html_of, newest, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

SWITCH = "/manage/switch/"
GIVEN = {"password": PASSWORD}


def test_stopping_holds_for_everybody_at_once_and_withdraws_open_drafts(desk: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    assert ai.ai_allowed(ai.Function.SUGGESTION, cast.patient)
    page = text_of(desk.post(f"{SWITCH}stop/", GIVEN, follow=True))
    assert "AI is stopped for everybody." in page
    assert not ai.ai_allowed(ai.Function.SUGGESTION, cast.patient)
    assert not ai.ai_allowed(ai.Function.MOOD_READING, cast.other_patient)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize("password", ["", "not the password"])
def test_without_ones_own_password_nothing_stops(desk: Client, cast: Cast, password: str) -> None:
    page = text_of(desk.post(f"{SWITCH}stop/", {"password": password}), status=422)
    assert 'id="id_password_error"' in page
    assert ai.standing_stop(None) is None


def test_a_page_that_believed_every_password_would_stop_it(
    desk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reauth, "confirm", lambda request, *, user, password, at: Proof(user=user, at=at))
    desk.post(f"{SWITCH}stop/", {"password": "not the password"})
    assert ai.standing_stop(None) is not None


def test_stopping_stands_in_the_log(desk: Client, cast: Cast) -> None:
    desk.post(f"{SWITCH}stop/", GIVEN)
    assert (newest().action, newest().actor_role) == ("ai_stopped", "administrator")


def test_one_person_alone_does_not_start_it_again(desk: Client, cast: Cast) -> None:
    desk.post(f"{SWITCH}stop/", GIVEN)
    page = text_of(desk.post(f"{SWITCH}start/", GIVEN, follow=True))
    assert "nobody has asked to start it again yet" in page
    page = text_of(desk.post(f"{SWITCH}ask/", follow=True))
    assert "Somebody else must confirm" in page
    page = text_of(desk.post(f"{SWITCH}start/", GIVEN, follow=True))
    assert "a second person must confirm" in page
    assert ai.standing_stop(None) is not None


def test_two_people_start_it_again(desk: Client, cast: Cast, second: Actor) -> None:
    desk.post(f"{SWITCH}stop/", GIVEN)
    desk.post(f"{SWITCH}ask/")
    other = signed_in(Client(), second)
    assert "Ines Carvalho asked to start it again." in html_of(other, SWITCH)
    text_of(other.post(f"{SWITCH}start/", {"password": "wrong"}), status=422)
    assert ai.standing_stop(None) is not None
    assert "AI is on again." in text_of(other.post(f"{SWITCH}start/", GIVEN, follow=True))
    assert ai.ai_allowed(ai.Function.SUGGESTION, cast.patient)


def test_the_page_says_what_stays(desk: Client, cast: Cast) -> None:
    words = "Care goes on without it. Crisis help and signed plans stay."
    assert words in html_of(desk, SWITCH)
    desk.post(f"{SWITCH}stop/", GIVEN)
    assert words in html_of(desk, SWITCH)


def test_records_for_which_ai_is_stopped_are_listed_by_number(desk: Client, cast: Cast) -> None:
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    row = html_of(desk, SWITCH).split(cast.patient.record_number)[1].split("</tr>")[0]
    assert "Dr Maya Okonkwo" in row
    assert "Nobody has asked" in row


def test_an_administrator_starts_nothing_again_for_a_single_record(desk: Client, cast: Cast) -> None:
    stop = permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    desk.post(f"{SWITCH}ask/", {"stop": str(stop.pk)})
    desk.post(f"{SWITCH}start/", GIVEN | {"stop": str(stop.pk)})
    stop = AiStop.objects.get(pk=stop.pk)
    assert (stop.restart_asked_by, stop.restarted_at) == (None, None)

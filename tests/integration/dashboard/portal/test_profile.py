"""What patients want to be known: their own words, read for danger, seen by them and by nobody who does not care."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic import keys, profile
from clinic.fact_rows import NewFact
from clinic.models.profile import Origin, ProfileFact, Topic
from clinic.models.safety import SafetyAlert
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.pages import get
from tests.sign_in import signed_in

PATH = "/my/about/profile/"
DANGER = "I want to kill myself"


def sent(client: Client, **fields: str) -> str:
    return client.post(PATH, {"submission": str(uuid4()), **fields}, follow=True).content.decode()


@pytest.fixture
def me(cast: Cast) -> Client:
    return signed_in(Client(), cast.as_patient)


@ROLLED_BACK
def test_my_words_are_kept_and_stand_under_what_they_are_about(me: Client, cast: Cast) -> None:
    assert "Saved." in sent(me, topic="helps", note="Walking by the water")
    fact = ProfileFact.objects.get()
    assert (fact.topic, fact.origin, fact.patient) == ("helps", "patient", cast.patient)
    assert "What helps me, or does not Walking by the water You wrote this today" in get(me, PATH).words


@ROLLED_BACK
def test_words_of_danger_are_saved_and_answered_with_help_and_what_was_passed_on(
    me: Client, cast: Cast
) -> None:
    answer = sent(me, topic="goal", note=DANGER)
    assert "What was passed on" in answer
    assert SafetyAlert.objects.get().patient == cast.patient
    assert ProfileFact.objects.count() == 1


@ROLLED_BACK
@pytest.mark.parametrize("topic", ["", "diagnosis"])
def test_words_of_danger_in_a_form_that_does_not_fit_are_read_all_the_same(me: Client, topic: str) -> None:
    answer = sent(me, topic=topic, note=DANGER)
    assert "What was passed on" in answer
    assert SafetyAlert.objects.count() == 1
    assert not ProfileFact.objects.exists()
    assert f"{DANGER}</textarea>" in answer


@ROLLED_BACK
def test_when_my_session_has_ended_the_words_are_read_and_come_back(me: Client, cast: Cast) -> None:
    form = me.get(PATH).content.decode()
    owner = form.split('name="form_owner" value="')[1].split('"')[0]
    fields = {"submission": str(uuid4()), "topic": "goal", "note": DANGER, "form_owner": owner}
    answer = Client().post(PATH, fields)
    assert answer.status_code == 401
    assert SafetyAlert.objects.get().patient == cast.patient
    assert not ProfileFact.objects.exists()


@ROLLED_BACK
def test_with_the_key_store_away_nothing_is_stored_and_the_words_stay(
    me: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_ids: object) -> keys.Ring:
        raise keys.KeysUnavailable

    monkeypatch.setattr(keys, "ring", away)
    answer = sent(me, topic="goal", note="Back to choir")
    assert "key store does not answer" in answer
    assert "Back to choir</textarea>" in answer
    assert not ProfileFact.objects.exists()


@ROLLED_BACK
def test_i_can_take_out_my_own_words_and_nobody_elses(me: Client, cast: Cast) -> None:
    sent(me, topic="helps", note="Walking")
    mine = ProfileFact.objects.get()
    theirs = profile.record(
        patient=cast.patient,
        fact=NewFact(topic=Topic.HELPS, origin=Origin.STAFF, words="Lists do not help"),
        by=cast.treating,
        at=NOW,
    )
    assert me.post(PATH, {"act": "end", "fact": str(theirs.pk)}).status_code == 404
    assert "Taken out." in sent(me, act="end", fact=str(mine.pk))
    assert [fact.pk for fact in profile.standing(cast.patient)] == [theirs.pk]


@ROLLED_BACK
def test_what_staff_recorded_is_not_shown_here(me: Client, cast: Cast) -> None:
    profile.record(
        patient=cast.patient,
        fact=NewFact(topic=Topic.DIAGNOSIS, origin=Origin.STAFF, words="Depressive episode"),
        by=cast.treating,
        at=NOW,
    )
    assert "Depressive episode" not in get(me, PATH).words

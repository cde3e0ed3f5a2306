"""The patient's safety plan in the portal: read whole, written section by section, help in the same answer."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clinic import ai, safety_plan
from clinic.models.safety import SafetyAlert
from clinic.models.safety_plan import SafetyPlanEntry, Section
from clinic.safety_plan import NewWords
from recommendations import correspondence
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import URGENT, html_of, keys_away, text_of
from tests.integration.dashboard.portal.test_check_in_ended import sealed_in
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

WHOLE = "/my/safety-plan/"
COPING = "/my/safety-plan/coping/"


def form(words: str, seen: int = 0) -> dict[str, Any]:
    return {"note": words, "seen": str(seen), "submission": str(uuid4())}


def shows_help(response: Any) -> bool:
    return b'role="alert"' in response.content


def test_a_saved_section_stands_in_the_plan_with_who_wrote_it(portal: Client) -> None:
    answer = portal.post(COPING, form("Sing one song"))
    assert answer.headers["Location"] == f"{WHOLE}#coping"
    page = html_of(portal, WHOLE)
    assert page.index("What I can do myself") < page.index("Sing one song")
    assert "You wrote this today at" in page


def test_the_psychologist_writes_with_me_and_it_says_so(portal: Client, cast: Cast) -> None:
    new = NewWords(Section.SUPPORT, "Ife, my sister", 0, uuid4())
    correspondence.write_safety_plan(patient=cast.patient, new=new, by=cast.treating, at=NOW)
    safety_plan.review(patient=cast.patient, by=cast.treating, at=NOW)
    page = html_of(portal, WHOLE)
    assert "Written with you by Dr Maya Okonkwo" in page
    assert "Dr Maya Okonkwo looked at it with you" in page


def test_a_number_in_the_plan_dials_when_it_is_tapped(portal: Client) -> None:
    portal.post("/my/safety-plan/support/", form("Ife <my sister>: 01632 960 771"))
    page = portal.get(WHOLE).content.decode()
    assert 'Ife &lt;my sister&gt;: <a class="dial" href="tel:01632960771">' in page


def test_the_clinics_numbers_stand_under_the_plan(portal: Client) -> None:
    assert "Call your local emergency number" in html_of(portal, WHOLE)


def test_words_of_danger_are_saved_and_answered_with_help_and_one_can_keep_writing(portal: Client) -> None:
    response = portal.post(COPING, form(URGENT))
    page = text_of(response)
    assert shows_help(response)
    assert "Your words were saved. You can keep writing." in page
    assert f">\n{URGENT}</textarea>" in page
    assert 'name="seen" value="1"' in page
    assert SafetyAlert.objects.count() == SafetyPlanEntry.objects.count() == 1


def test_what_is_too_long_is_kept_in_the_form_and_read_for_danger(portal: Client) -> None:
    words = f"{URGENT}. {'x' * 1_500}"
    response = portal.post(COPING, form(words))
    assert (response.status_code, shows_help(response)) == (422, True)
    assert words in text_of(response)
    assert not SafetyPlanEntry.objects.exists()


def test_over_what_somebody_wrote_meanwhile_both_are_shown(portal: Client, cast: Cast) -> None:
    portal.post(COPING, form("Sing one song"))
    new = NewWords(Section.COPING, "Sing two songs", 1, uuid4())
    correspondence.write_safety_plan(patient=cast.patient, new=new, by=cast.treating, at=NOW)
    response = portal.post(COPING, form("Walk to the river", seen=1))
    page = text_of(response)
    assert response.status_code == 422
    assert page.index("Sing two songs") < page.index("Walk to the river</textarea>")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    portal.post(COPING, form("Walk to the river", seen=int(seen[1])))
    assert "Walk to the river" in html_of(portal, WHOLE)


def test_with_the_key_store_away_help_is_shown_and_the_words_stay(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    response = portal.post(COPING, form(URGENT))
    assert shows_help(response)
    assert f">\n{URGENT}</textarea>" in text_of(response)
    assert portal.get(WHOLE).status_code == 503
    assert "Numbers that are always there" in text_of(portal.get(WHOLE))


def test_when_my_session_has_ended_the_words_are_read_and_come_back(portal: Client, cast: Cast) -> None:
    owner = html_of(portal, COPING).split('name="form_owner" value="')[1].split('"')[0]
    response = Client().post(COPING, form(URGENT) | {"form_owner": owner})
    assert (response.status_code, shows_help(response)) == (401, True)
    assert SafetyAlert.objects.get().patient == cast.patient
    assert not SafetyPlanEntry.objects.exists()
    back = signed_in(Client(), cast.as_patient)
    session = back.session
    session["resume"] = sealed_in(response)
    session.save()
    assert f">\n{URGENT}</textarea>" in html_of(back, COPING)


def test_a_section_that_does_not_exist_is_none(portal: Client) -> None:
    assert portal.get("/my/safety-plan/anything/").status_code == 404


def test_no_stop_of_ai_takes_a_word_of_it(portal: Client, cast: Cast) -> None:
    portal.post(COPING, form("Sing one song"))
    ai.stop(patient=None, by=cast.administrator, at=NOW)
    assert "Sing one song" in html_of(portal, WHOLE)


@pytest.mark.parametrize("words", ["Leave this page", "Get help"])
def test_help_and_leaving_are_one_press_away(portal: Client, words: str) -> None:
    assert words in html_of(portal, WHOLE)

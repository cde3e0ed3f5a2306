"""A check-in whose session had ended, or whose page stayed open over a sign-in: read, answered with help, not lost."""

import re
from typing import Any

from django.test import Client

from clinic.models.safety import SafetyAlert
from dashboard.entrance.resume import OWNER_FIELD
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import (
    CHECK_IN,
    URGENT,
    check_ins_of,
    filled,
    html_of,
    moods_of,
    of_owner,
    text_of,
)
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

WORDS = "Written while the session ended. العربية"


def sealed_in(response: Any) -> str:
    found = re.search(r'name="resume" value="([^"]*)"', response.content.decode())
    return found.group(1) if found else ""


def sign_in(client: Client, response: Any, name: str = "amara") -> Any:
    form = {"username": name, "password": PASSWORD, "resume": sealed_in(response), "next": CHECK_IN}
    return client.post("/sign-in/", form)


def test_words_come_back_sealed_and_are_stored_only_after_sign_in_and_save(
    client: Client, cast: Cast
) -> None:
    form = of_owner(cast.patient, mood=4, note=WORDS, feelings=["tired"])
    response = client.post(CHECK_IN, form)
    assert response.status_code == 401
    assert WORDS not in text_of(response)
    assert check_ins_of(cast.patient) == []
    assert sign_in(client, response)["Location"] == CHECK_IN
    page = html_of(client, CHECK_IN)
    assert WORDS in page
    assert 'value="tired" checked' in page
    assert 'value="4" checked' in page
    assert form["submission"] in page
    assert "You were signed out" in page
    assert check_ins_of(cast.patient) == []
    client.post(CHECK_IN, form)
    assert moods_of(cast.patient) == [4]


def test_words_come_back_once(client: Client, cast: Cast) -> None:
    response = client.post(CHECK_IN, of_owner(cast.patient, note=WORDS))
    sign_in(client, response)
    html_of(client, CHECK_IN)
    assert WORDS not in html_of(client, CHECK_IN)


def test_words_do_not_come_back_to_somebody_else(client: Client, cast: Cast) -> None:
    response = client.post(CHECK_IN, of_owner(cast.patient, note=WORDS))
    sign_in(client, response, name="henrik")
    assert WORDS not in html_of(client, CHECK_IN)


def test_urgent_words_after_the_end_show_help_and_open_an_alert_for_their_owner(
    client: Client, cast: Cast
) -> None:
    response = client.post(CHECK_IN, of_owner(cast.patient, note=URGENT))
    assert response.status_code == 401
    assert b'class="help-card' in response.content
    page = text_of(response)
    assert "The clinic was told the sentences that suggest danger, and no others." in page
    assert "want to die" not in page
    [alert] = SafetyAlert.objects.all()
    assert alert.patient == cast.patient
    assert check_ins_of(cast.patient) == []


def test_saving_the_same_form_after_sign_in_opens_no_second_alert(client: Client, cast: Cast) -> None:
    form = of_owner(cast.patient, note=URGENT)
    sign_in(client, client.post(CHECK_IN, form))
    client.post(CHECK_IN, form)
    assert SafetyAlert.objects.count() == 1


def test_urgent_words_without_a_valid_token_show_help_and_tell_nobody(client: Client, cast: Cast) -> None:
    for token in ("", "false:token"):
        response = client.post(CHECK_IN, filled(note=URGENT) | {OWNER_FIELD: token})
        page = text_of(response)
        assert b'class="help-card' in response.content
        assert "Nobody was told, because this page cannot know whose words these are." in page
        assert sealed_in(response) == ""
    assert not SafetyAlert.objects.exists()


def test_quiet_words_after_the_end_show_no_card(client: Client, cast: Cast) -> None:
    response = client.post(CHECK_IN, of_owner(cast.patient, note="Soup."))
    assert b'class="help-card' not in response.content


def test_a_correction_whose_session_had_ended_is_read_for_danger_too(client: Client, cast: Cast) -> None:
    signed_in(client, cast.as_patient).post(CHECK_IN, filled(4))
    [kept] = check_ins_of(cast.patient)
    client.logout()
    response = client.post(f"{CHECK_IN}{kept.pk}/", of_owner(cast.patient, note=URGENT))
    assert b'class="help-card' in response.content
    assert sign_in(client, response)["Location"] == f"{CHECK_IN}{kept.pk}/"
    assert URGENT in html_of(client, f"{CHECK_IN}{kept.pk}/")


def strict(cast: Cast) -> Client:
    """A signed-in browser whose forms need their token, as in production."""
    return signed_in(Client(enforce_csrf_checks=True), cast.as_patient)


def test_a_page_that_stayed_open_over_a_sign_in_keeps_its_words_and_stores_nothing_yet(cast: Cast) -> None:
    form = of_owner(cast.patient, mood=4, note=WORDS)
    response = strict(cast).post(CHECK_IN, form)
    page = text_of(response)
    assert response.status_code == 200
    assert "You signed in again while this page was open." in page
    assert WORDS in page
    assert 'value="4" checked' in page
    assert check_ins_of(cast.patient) == []


def test_urgent_words_on_such_a_page_show_help_and_open_an_alert(cast: Cast) -> None:
    response = strict(cast).post(CHECK_IN, of_owner(cast.patient, note=URGENT))
    assert b'class="help-card' in response.content
    assert SafetyAlert.objects.get().patient == cast.patient


def test_a_form_from_another_place_without_both_tokens_opens_no_alert(cast: Cast) -> None:
    response = strict(cast).post(CHECK_IN, filled(note=URGENT))
    assert b'class="help-card' in response.content
    assert not SafetyAlert.objects.exists()
    assert check_ins_of(cast.patient) == []


def test_with_its_token_the_form_is_stored(cast: Cast) -> None:
    client = strict(cast)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html_of(client, CHECK_IN))
    assert token is not None
    response = client.post(CHECK_IN, filled(4) | {"csrfmiddlewaretoken": token.group(1)})
    assert response.status_code == 302
    assert moods_of(cast.patient) == [4]

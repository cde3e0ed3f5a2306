"""Words that suggest danger: help in the same answer, an alert, and honesty about what was passed on."""

from typing import Any

import pytest
from django.test import Client

from clinic import consent
from clinic.models.consent import Purpose, Source
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.safety import alerts
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import (
    CHECK_IN,
    CONCERN,
    URGENT,
    check_ins_of,
    filled,
    keys_away,
    text_of,
)

pytestmark = ROLLED_BACK

TOLD = "The clinic was told these words:"
NOTED = "Your psychologist will see a note about these words:"
QUIET = "An ordinary day. Soup."


def shows_help(response: Any) -> bool:
    return response.status_code == 200 and b'class="help-card' in response.content


def opened() -> list[SafetyAlert]:
    return list(SafetyAlert.objects.order_by("recorded_at"))


def test_urgent_words_show_help_in_the_same_answer_and_say_what_the_clinic_was_told(
    portal: Client, cast: Cast
) -> None:
    response = portal.post(CHECK_IN, filled(2, f"Bad night. {URGENT}. Made tea."))
    page = text_of(response)
    assert shows_help(response)
    assert TOLD in page
    assert "“I want to die.”" in page
    assert "Made tea" not in page
    assert "This page is not watched live" in page
    assert "Your check-in was saved." in page
    [alert] = opened()
    assert (alert.patient, alert.level) == (cast.patient, AlertLevel.URGENT)
    assert len(check_ins_of(cast.patient)) == 1


def test_words_of_concern_show_a_card_and_say_that_the_psychologist_will_see_a_note(portal: Client) -> None:
    response = portal.post(CHECK_IN, filled(3, CONCERN))
    page = text_of(response)
    assert shows_help(response)
    assert NOTED in page
    assert TOLD not in page
    assert [alert.level for alert in opened()] == [AlertLevel.CONCERN]


def test_quiet_words_show_no_help_and_open_nothing(portal: Client) -> None:
    response = portal.post(CHECK_IN, filled(6, QUIET))
    assert response.status_code == 302
    assert opened() == []


def test_a_double_click_on_urgent_words_opens_one_alert_and_gives_the_same_answer(portal: Client) -> None:
    form = filled(2, URGENT)
    pages = [text_of(portal.post(CHECK_IN, form)) for _ in range(2)]
    assert all(TOLD in page and "Your check-in was saved." in page for page in pages)
    assert len(opened()) == 1


@pytest.mark.parametrize("mood", ["11", ""])
def test_urgent_words_in_a_refused_form_show_help_and_open_an_alert(portal: Client, mood: str) -> None:
    response = portal.post(CHECK_IN, filled(mood, URGENT))
    page = text_of(response)
    assert shows_help(response)
    assert TOLD in page
    assert "Your check-in is not saved yet. Your words are below." in page
    assert page.index("help-card") < page.index("<textarea")
    assert len(opened()) == 1


def test_urgent_words_at_the_end_of_a_note_of_2_mb_are_found(portal: Client) -> None:
    response = portal.post(CHECK_IN, filled(4, "Long words. " * 175_000 + URGENT))
    assert shows_help(response)
    assert len(opened()) == 1


def test_saving_after_a_refusal_opens_no_second_alert(portal: Client, cast: Cast) -> None:
    refused = filled("", URGENT)
    portal.post(CHECK_IN, refused)
    portal.post(CHECK_IN, refused | {"mood": 2})
    assert len(opened()) == 1
    assert len(check_ins_of(cast.patient)) == 1


def test_other_words_that_meet_the_same_rules_are_passed_on_and_said_to_be(
    portal: Client, cast: Cast
) -> None:
    refused = filled("", URGENT)
    portal.post(CHECK_IN, refused)
    page = text_of(portal.post(CHECK_IN, refused | {"note": "I would rather be dead"}))
    held = [alert.unseal(cast.ring, "words") for alert in opened()]
    assert len(held) == 2
    assert "would rather be dead" in held[1]
    assert "would rather be dead”" in page


def test_other_words_in_a_form_that_goes_on_are_passed_on_too(portal: Client) -> None:
    refused = filled("", URGENT)
    portal.post(CHECK_IN, refused)
    page = text_of(portal.post(CHECK_IN, refused | {"note": "I am going to hurt my daughter"}))
    assert "“I am going to hurt my daughter”" in page
    assert [alert.categories for alert in opened()][1:] == [["harm_to_others"]]


def test_without_any_consent_help_is_shown_the_alert_opens_and_nothing_is_kept(
    portal: Client, cast: Cast
) -> None:
    for purpose in Purpose:
        consent.withdraw(
            patient=cast.patient, source=Source.CHECK_IN, purpose=purpose, by=cast.as_patient, at=NOW
        )
    response = portal.post(CHECK_IN, filled(2, URGENT))
    page = text_of(response)
    assert shows_help(response)
    assert TOLD in page
    assert "Your check-in was not saved. Your words are below." in page
    assert URGENT in page
    assert len(opened()) == 1
    assert check_ins_of(cast.patient) == []


def test_with_the_key_store_away_help_is_shown_and_the_alert_opens_without_words(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    response = portal.post(CHECK_IN, filled(2, URGENT))
    page = text_of(response)
    assert shows_help(response)
    assert "The clinic was told that you may be in danger. Your words were not passed on." in page
    assert TOLD not in page
    [alert] = opened()
    assert alert.words is None
    assert check_ins_of(cast.patient) == []


def test_a_view_that_forgot_to_read_refused_forms_would_be_found(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the words of a refused form are read as if they were empty."""
    read = alerts.notice
    monkeypatch.setattr(alerts, "notice", lambda **given: read(**given | {"text": ""}))
    response = portal.post(CHECK_IN, filled(11, URGENT))
    assert not shows_help(response)
    assert opened() == []

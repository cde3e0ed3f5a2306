"""Item 9: help in the same answer, an alert in the same transaction, whatever else is away."""

from typing import Any

import pytest
from django.test import Client

from clinic import consent
from clinic.models.consent import Purpose, Source
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.models.safety import AlertLevel, SafetyAlert
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from dashboard.portal.asked import posted
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.forms import ITEM_9, adding_up_to, answers, assigned
from tests.integration.dashboard.portal.asked import PHQ9, QUESTION_9, TOLD, form
from tests.integration.dashboard.portal.pages import html_of, keys_away, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

REPORTED = adding_up_to("phq9", 4, last=1)
ONLY_ITEM_9 = {ITEM_9: 2}


@pytest.fixture(autouse=True)
def due(cast: Cast) -> None:
    """The PHQ-9 is asked for since yesterday."""
    assigned(cast.patient, cast.treating)


def shows_help(response: Any) -> bool:
    return b'class="help-card' in response.content


def alerts() -> list[SafetyAlert]:
    return list(SafetyAlert.objects.order_by("recorded_at"))


def owned(cast: Cast, **more: Any) -> dict[str, Any]:
    assert cast.patient.user
    return form(REPORTED, **more) | {OWNER_FIELD: owner_token(cast.patient.user)}


def test_item_9_with_a_total_of_4_shows_help_and_says_exactly_what_the_clinic_was_told(
    portal: Client, cast: Cast
) -> None:
    response = portal.post(PHQ9, form(REPORTED))
    page = text_of(response)
    assert response.status_code == 200
    assert shows_help(response)
    assert TOLD in page
    assert f"“{QUESTION_9}: Several days”" in page
    assert "This page is not watched live" in page
    assert "Your answers were sent." in page
    [alert] = alerts()
    assert (alert.patient, alert.level) == (cast.patient, AlertLevel.URGENT)
    assert QuestionnaireResponse.objects.get().total == 4


def test_a_double_click_opens_one_alert(portal: Client) -> None:
    fields = form(REPORTED)
    assert all(shows_help(portal.post(PHQ9, fields)) for _ in range(2))
    assert len(alerts()) == 1


@pytest.mark.parametrize("step", ["autosave", "later"])
def test_item_9_answered_and_then_left_is_not_unseen(portal: Client, step: str) -> None:
    fields = form(ONLY_ITEM_9, step=step)
    response = portal.post(PHQ9, fields)
    assert shows_help(response)
    assert TOLD in text_of(response)
    assert len(alerts()) == 1
    assert not QuestionnaireResponse.objects.exists()
    assert shows_help(portal.post(PHQ9, form(REPORTED, submission=fields["submission"])))
    assert len(alerts()) == 1


def test_a_draft_that_is_read_only_when_it_is_sent_would_leave_it_unseen(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the answers arrive without the one that matters."""
    read = posted.read

    def without_item_9(fields: Any, key: str) -> Any:
        copy = fields.copy()
        copy.pop(f"q-{ITEM_9}", None)
        return read(copy, key)

    monkeypatch.setattr("dashboard.portal.asked.fill.read", without_item_9)
    assert not shows_help(portal.post(PHQ9, form(ONLY_ITEM_9, step="autosave")))
    assert alerts() == []


def test_item_9_of_0_shows_no_help_and_never_says_that_there_is_no_danger(portal: Client, cast: Cast) -> None:
    response = portal.post(PHQ9, form(adding_up_to("phq9", 24)))
    assert response.status_code == 302
    assert alerts() == []
    page = html_of(portal, response["Location"]).lower()
    assert "no risk" not in page
    assert "low risk" not in page


def test_item_9_left_out_shows_a_card_and_says_that_the_psychologist_sees_a_note(portal: Client) -> None:
    response = portal.post(PHQ9, form(answers("phq9", [1] * 8 + [None])))
    assert shows_help(response)
    assert "Your psychologist will see a note that this question was not answered:" in text_of(response)
    assert [alert.level for alert in alerts()] == [AlertLevel.CONCERN]


def test_a_form_that_is_refused_is_read_all_the_same(portal: Client) -> None:
    response = portal.post(PHQ9, form(ONLY_ITEM_9) | {"q-44250-9": "7"})
    assert response.status_code == 422
    assert shows_help(response)
    assert "Your answers are not sent yet." in text_of(response)
    assert len(alerts()) == 1


def test_whatever_is_shared_or_kept_help_is_shown_and_the_alert_opens(portal: Client, cast: Cast) -> None:
    for purpose in Purpose:
        consent.withdraw(
            patient=cast.patient, source=Source.QUESTIONNAIRE, purpose=purpose, by=cast.as_patient, at=NOW
        )
    response = portal.post(PHQ9, form(REPORTED))
    assert shows_help(response)
    assert len(alerts()) == 1
    assert not QuestionnaireResponse.objects.exists()


@pytest.mark.parametrize("step", ["send", "later", "autosave"])
def test_with_the_key_store_away_help_is_shown_and_the_alert_opens_without_words(
    portal: Client, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keys_away(monkeypatch)
    response = portal.post(PHQ9, form(REPORTED, step=step))
    assert shows_help(response)
    assert "no other answer" in text_of(response)
    [alert] = alerts()
    assert alert.words is None


def test_after_the_session_ended_help_is_shown_the_clinic_is_told_and_the_answers_come_back(
    client: Client, cast: Cast
) -> None:
    response = client.post(PHQ9, owned(cast))
    assert response.status_code == 401
    assert shows_help(response)
    assert len(alerts()) == 1
    sealed = text_of(response).split('name="resume" value="', 1)[1].split('"', 1)[0]
    signing_in = {"username": "amara", "password": PASSWORD, "resume": sealed, "next": PHQ9}
    client.post("/sign-in/", signing_in)
    page = html_of(client, PHQ9)
    assert "You were signed out" in page
    assert page.count("checked>") == 9
    assert not QuestionnaireResponse.objects.exists()


def test_what_the_page_saves_after_the_session_ended_gets_help_as_its_part(
    client: Client, cast: Cast
) -> None:
    response = client.post(PHQ9, owned(cast, step="autosave"))
    assert response.status_code == 401
    assert shows_help(response)
    assert "<html" not in text_of(response)
    assert len(alerts()) == 1


def test_answers_of_nobody_show_help_and_tell_nobody(client: Client) -> None:
    response = client.post(PHQ9, form(REPORTED))
    assert shows_help(response)
    assert "Nobody was told" in text_of(response)
    assert alerts() == []


def test_a_forged_form_tells_nobody_anything_and_stores_nothing(cast: Cast) -> None:

    strict = signed_in(Client(enforce_csrf_checks=True), cast.as_patient)
    response = strict.post(PHQ9, form(REPORTED))
    assert response.status_code == 422
    assert shows_help(response)
    assert "Nobody was told" in text_of(response)
    assert alerts() == []
    assert not QuestionnaireResponse.objects.exists()


def test_it_needs_neither_redis_nor_celery(portal: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("something was published or enqueued")

    monkeypatch.setattr("celery.Celery.send_task", refuse)
    monkeypatch.setattr("clinic.outbox.enqueue", refuse)
    assert shows_help(portal.post(PHQ9, form(REPORTED)))
    assert len(alerts()) == 1


def test_what_was_passed_on_is_said_in_the_language_of_the_card(portal: Client, cast: Cast) -> None:
    cast.patient.language = "uz"
    cast.patient.save()
    page = text_of(portal.post(PHQ9, form(REPORTED)))
    assert "Klinikaga shu javob aytildi:" in page
    assert TOLD not in page

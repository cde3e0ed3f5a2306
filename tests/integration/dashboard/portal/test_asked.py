"""Questionnaires in the portal: what is due, answering, leaving out, saving for later, the own answers."""

import datetime as dt
import re

import pytest
from django.test import Client

from clinic import consent
from clinic.models.assignment import AnswersDraft
from clinic.models.consent import Purpose, Source
from clinic.models.questionnaire import QuestionnaireResponse
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.forms import adding_up_to, answers, assigned, filled, shipped
from tests.integration.dashboard.portal.asked import GAD7, LIST, PHQ9, form
from tests.integration.dashboard.portal.pages import html_of, keys_away, text_of

pytestmark = ROLLED_BACK


@pytest.fixture(autouse=True)
def due(cast: Cast) -> None:
    """Both questionnaires are asked for since yesterday."""
    assigned(cast.patient, cast.treating)
    assigned(cast.patient, cast.treating, "gad7")


def sent() -> list[QuestionnaireResponse]:
    return list(QuestionnaireResponse.objects.order_by("recorded_at"))


def withdraw(cast: Cast, purpose: Purpose) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.QUESTIONNAIRE, purpose=purpose, by=cast.as_patient, at=NOW
    )


@COMMITTED
def test_today_shows_what_is_due_and_no_more_once_it_was_sent(portal: Client) -> None:
    assert "Questions for you" in html_of(portal, "/my/")
    portal.post(PHQ9, form())
    portal.post(GAD7, form(adding_up_to("gad7", 3)))
    assert "Questions for you" not in html_of(portal, "/my/")
    assert "Nobody asks you for anything just now." in html_of(portal, LIST)


def test_the_form_shows_every_question_its_notice_and_who_reads_it_and_nothing_is_ticked(
    portal: Client,
) -> None:
    page = html_of(portal, PHQ9)
    for question in shipped("phq9").questions:
        assert question.text in page
    assert shipped("phq9").notice in page
    assert "Over the last 2 weeks" in page
    assert "Your psychologist can read your answers" in page
    assert "the clinic is told that answer at once" in page
    assert page.count('type="radio"') == 9 * 5
    assert not re.search(r'type="radio"[^>]*checked', page)


def test_answers_that_are_sent_are_stored_once_and_shown_with_their_sum_and_no_judgement(
    portal: Client,
) -> None:
    fields = form(adding_up_to("phq9", 16))
    first, again = portal.post(PHQ9, fields), portal.post(PHQ9, fields)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    [row] = sent()
    assert (row.total, row.mode, row.source) == (16, "self", "questionnaire")
    page = html_of(portal, first["Location"])
    assert "They add up to 16 of 27." in page
    assert "no diagnosis" in page
    for word in ("severe", "moderate", "improvement", "deterioration", "recovered", "risk"):
        assert word not in page.lower()


def test_the_same_form_with_other_answers_becomes_a_correction_that_one_confirms(portal: Client) -> None:
    fields = form(adding_up_to("gad7", 3))
    portal.post(GAD7, fields)
    page = text_of(portal.post(GAD7, fields | form(adding_up_to("gad7", 9), submission=fields["submission"])))
    assert "You had sent this already, with other answers" in page
    assert f'action="/my/questionnaires/answers/{sent()[0].pk}/correct/"' in page
    assert len(sent()) == 1


def test_questions_may_be_left_out_but_not_all_of_them(portal: Client) -> None:
    assert portal.post(GAD7, form(answers("gad7", [1, None, 1, 1, 1, 1, 1]))).status_code == 302
    assert (sent()[0].total, sent()[0].missing) == (None, 1)
    blank = portal.post(PHQ9, form({}))
    assert blank.status_code == 422
    assert "Answer at least one question" in text_of(blank)
    assert len(sent()) == 1


def test_an_answer_that_is_not_offered_is_said_beside_its_question_and_the_others_are_kept(
    portal: Client,
) -> None:
    response = portal.post(GAD7, form(adding_up_to("gad7", 6)) | {"q-69725-0": "9"})
    page = text_of(response)
    assert response.status_code == 422
    assert "Choose one of these answers, or none." in page
    assert len(re.findall(r'type="radio"[^>]*checked', page)) == 6
    assert sent() == []


def test_saved_for_later_it_comes_back_sealed_and_sending_ends_it(portal: Client, cast: Cast) -> None:
    begun = answers("phq9", [2, 1, *[None] * 7])
    response = portal.post(PHQ9, form(begun, step="later"))
    assert (response.status_code, response["Location"]) == (302, LIST)
    [draft] = AnswersDraft.objects.all()
    assert b"44250" not in bytes(draft.answers)
    page = html_of(portal, PHQ9)
    assert len(re.findall(r'type="radio"[^>]*checked', page)) == 2
    assert "2 of 9 answered" in page
    assert f'name="submission" value="{draft.pk}"' in page
    assert "Begun, not sent yet" in html_of(portal, LIST)
    portal.post(PHQ9, form(submission=str(draft.pk)))
    assert not AnswersDraft.objects.exists()
    assert [row.pk for row in sent()] == [draft.pk]


def test_what_the_page_saves_by_itself_is_answered_with_a_part_of_a_page(portal: Client) -> None:
    response = portal.post(PHQ9, form(answers("phq9", [1, *[None] * 8]), step="autosave"))
    assert response.status_code == 200
    assert "Saved for later, not sent yet." in text_of(response)
    assert "<html" not in text_of(response)
    assert AnswersDraft.objects.count() == 1


def test_an_answer_saved_late_brings_no_draft_back_after_the_form_was_sent(portal: Client) -> None:
    fields = form()
    portal.post(PHQ9, fields)
    portal.post(PHQ9, fields | {"step": "autosave"})
    assert not AnswersDraft.objects.exists()


def test_without_consent_it_is_asked_first_with_boxes_of_their_own_and_nothing_is_stored(
    portal: Client, cast: Cast
) -> None:
    withdraw(cast, Purpose.KEEP)
    withdraw(cast, Purpose.SHARE)
    page = html_of(portal, GAD7)
    assert page.index("Before you begin") < page.index("Question 1 of 7")
    assert page.count('type="checkbox"') == 2
    refused = portal.post(GAD7, form(adding_up_to("gad7", 5)))
    assert refused.status_code == 422
    assert "Nothing was stored. Tick this box" in text_of(refused)
    assert sent() == []
    portal.post(GAD7, form(adding_up_to("gad7", 5), agree_keep="yes"))
    assert len(sent()) == 1
    given = {
        each.purpose
        for each in consent.choices(cast.patient)
        if each.given and each.source == "questionnaire"
    }
    assert given == {Purpose.KEEP, Purpose.AI_READINGS}


def test_with_the_key_store_away_nothing_is_stored_and_the_answers_stay_in_the_form(
    portal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    page = text_of(portal.post(GAD7, form(adding_up_to("gad7", 7))))
    assert "key store does not answer" in page
    assert len(re.findall(r'type="radio"[^>]*checked', page)) == 7
    assert sent() == []


def test_own_answers_can_be_corrected_and_what_was_before_stays(portal: Client, cast: Cast) -> None:
    before = filled(cast.patient, "gad7", adding_up_to("gad7", 3), at=NOW - dt.timedelta(days=9)).response
    assert before is not None
    address = f"/my/questionnaires/answers/{before.pk}/correct/"
    assert "Correct my answers" in html_of(portal, address)
    response = portal.post(address, form(adding_up_to("gad7", 8)))
    after = QuestionnaireResponse.objects.get(supersedes=before)
    assert (after.total, after.happened_at) == (8, before.happened_at)
    assert f"/answers/{after.pk}/" in response["Location"]
    assert "They add up to 8 of 21." in html_of(portal, f"/my/questionnaires/answers/{before.pk}/")


def test_another_patients_answers_do_not_exist_for_me(portal: Client, cast: Cast) -> None:
    theirs = filled(cast.other_patient, "gad7", adding_up_to("gad7", 3)).response
    assert theirs is not None
    for address in ("", "correct/"):
        assert portal.get(f"/my/questionnaires/answers/{theirs.pk}/{address}").status_code == 404
    portal.post(GAD7, form(adding_up_to("gad7", 3), submission=str(theirs.pk)))
    mine = QuestionnaireResponse.objects.get(patient=cast.patient)
    assert mine.pk != theirs.pk


def test_what_nobody_asks_for_leads_back_to_the_list_and_what_is_unknown_does_not_exist(
    portal: Client,
) -> None:
    response = portal.get("/my/questionnaires/phq8/")
    assert (response.status_code, response["Location"]) == (302, LIST)
    for unknown in ("nothing", "cssrs_screener"):
        assert portal.get(f"/my/questionnaires/{unknown}/").status_code == 404
        assert portal.post(f"/my/questionnaires/{unknown}/", form()).status_code == 404

"""Putting a draft aside through the pages; what taking back takes; the new fact behind a withdrawn draft."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from clinic.models.clinic import Clinic
from clinic.models.screening import ScreeningState
from recommendations import permissions, waiting
from recommendations.models.pause import Pause
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.review.steps import NOT_SIGNED, address, approve, read, sign
from tests.pages import get, post
from tests.sign_in import signed_in
from tests.signing import opened, signed

pytestmark = ROLLED_BACK

QUESTION = "Do the good days follow nights without sleep?"


def asked(cast: Cast, draft: Suggestion) -> Pause:
    colleague = cast.other_psychologist.user
    assert colleague is not None
    access.start_care(patient=cast.patient, user=colleague, kind=CareKind.SECOND_READER, by=SOFTWARE, at=NOW)
    return waiting.ask(
        suggestion=draft,
        kind="colleague",
        question=QUESTION,
        colleague=colleague,
        by=cast.treating,
        at=NOW,
    )


def question_of(pause: Pause) -> str:
    return reverse("question", args=[pause.patient.record_number, pause.pk])


@pytest.mark.parametrize("step", ["defer", "ask"])
def test_an_incomplete_form_comes_back_with_what_was_typed_and_puts_nothing_aside(
    treating: Client, draft: Suggestion, step: str
) -> None:
    fields = {"step": step, "reason": "needs_time", "question": QUESTION}
    page = post(treating, address(draft, f"{step}/"), fields)
    assert page.status == 422
    kept = 'value="needs_time"' if step == "defer" else QUESTION
    assert kept in page.html
    assert "field__error" in page.html
    assert not Pause.objects.exists()


def test_a_draft_that_is_put_aside_says_why_and_offers_no_decision_before_it_is_back(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    asked(cast, draft)
    page = read(treating, draft)
    assert "It waits for Dr Elias Ruiz." in page.words
    assert QUESTION in page.words
    assert 'class="decision"' not in page.html
    post(treating, address(draft, "back/"), {})
    assert 'class="decision"' in read(treating, draft).html


def test_the_next_draft_opens_after_one_was_put_aside(treating: Client, drafts: list[Suggestion]) -> None:
    first, second = sorted(drafts, key=lambda each: (each.waiting_since, each.pk))[:2]
    fields = {"step": "ask", "to": "session", "question": QUESTION}
    after = post(treating, address(first, "ask/"), fields)
    assert after.follow().path == address(second)


def test_only_whoever_was_asked_finds_the_question_and_the_answer_needs_words(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    pause = asked(cast, draft)
    assert treating.get(question_of(pause)).status_code == 404
    theirs = signed_in(Client(), cast.other_psychologist)
    assert QUESTION in get(theirs, "/queue/questions/").words
    assert QUESTION in get(theirs, question_of(pause)).words
    assert post(theirs, question_of(pause), {"step": "answer", "words": " "}).status == 422
    post(theirs, question_of(pause), {"step": "answer", "words": "They do."})
    told = read(treating, draft).words
    assert "They do." in told
    assert "Dr Elias Ruiz answered" in told


def test_an_answer_whose_session_had_ended_comes_back_in_its_form(cast: Cast, draft: Suggestion) -> None:
    pause = asked(cast, draft)
    theirs = signed_in(Client(), cast.other_psychologist)
    page = get(theirs, question_of(pause))
    theirs.logout()
    ended = page.send(f"/{pause.pk}/", {"step": "answer", "words": "They do, I think."})
    assert ended.status == 401
    back = ended.send("/sign-in/", {"username": "other", "password": PASSWORD}).follow()
    assert "They do, I think." in back.html
    draft.refresh_from_db()
    assert draft.state == "asked"


def test_who_signs_while_somebody_defers_is_told_so_and_nothing_is_signed(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    day = waiting.return_days(at=NOW, zone="Europe/London")[-1]
    waiting.defer(suggestion=draft, reason="see_first", until=day, by=cast.treating, at=NOW)
    after = sign(page)
    assert NOT_SIGNED in after.words or "put aside" in after.words
    draft.refresh_from_db()
    assert draft.state == "deferred"


def test_a_draft_withdrawn_while_it_is_signed_names_the_new_fact(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    page = approve(read(treating, draft))
    permissions.record_screening(
        patient=cast.patient,
        answers={"mania": ScreeningState.PRESENT},
        source="interview",  # type: ignore[arg-type]
        by=cast.treating,
        at=NOW,
    )
    draft.refresh_from_db()
    after = sign(page)
    assert draft.state == "withdrawn"
    assert NOT_SIGNED in after.words
    assert "mania" in after.words.lower()
    assert "A screening fact was recorded." in after.words


def test_taking_back_says_that_the_whole_signature_goes_and_lists_it(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    Clinic.objects.update(publication_delay=dt.timedelta(days=2))
    plan, _estimate = signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    page = get(treating, f"/patients/{cast.patient.record_number}/")
    assert "Take back all of it" in page.words
    assert "together with Mood estimate: all of it is taken back" in page.words
    path = f"/patients/{cast.patient.record_number}/publications/{plan.pk}/take-back/"
    told = post(treating, path, {}).follow().words
    assert "Taken back: the plan item and the mood estimate." in told


def test_one_thing_alone_is_taken_back_without_more_words(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    Clinic.objects.update(publication_delay=dt.timedelta(days=2))
    signed(opened(draft, cast.treating), cast.treating)
    assert "all of it" not in get(treating, f"/patients/{cast.patient.record_number}/").words

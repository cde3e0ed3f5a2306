"""The page of one draft: evidence first, then the draft, then the decision; and what becomes of it afterwards."""

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic.models.safety import SafetyAlert
from clinic.safety import alerts
from recommendations import permissions, pipeline, review
from recommendations.models.suggestion import Opening, Suggestion
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK, guards_off, owner_cursor
from tests.factories import approved, check_in, check_ins
from tests.integration.dashboard.review.steps import address, read
from tests.pages import get
from tests.sign_in import signed_in


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here uses the database; each names how."""


@ROLLED_BACK
def test_evidence_stands_before_the_draft_and_the_decision_after_it(
    treating: Client, draft: Suggestion
) -> None:
    page = read(treating, draft).html
    places = [
        page.index(mark) for mark in ('id="mood"', 'id="evidence"', 'id="draft-title"', 'class="decision"')
    ]
    assert places == sorted(places)


@ROLLED_BACK
def test_opening_a_draft_is_recorded_with_what_was_shown(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    read(treating, draft)
    opening = Opening.objects.get()
    assert (opening.user, opening.evidence, opening.shown_digest) == (cast.treating.user, "", draft.digest)
    assert AuditEntry.objects.filter(action="draft_opened", patient_id=cast.patient.pk).count() == 1


@ROLLED_BACK
@pytest.mark.parametrize("step", ["sign/", "reject/", "edit/"])
def test_a_step_that_is_opened_by_its_address_is_recorded_as_a_reading(
    treating: Client, draft: Suggestion, step: str
) -> None:
    get(treating, address(draft, step))
    assert AuditEntry.objects.filter(action="draft_opened", subject_id=str(draft.pk)).count() == 1


@ROLLED_BACK
def test_what_is_newer_than_the_draft_is_said_and_stops_nothing(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    assert "newer than this draft" not in read(treating, draft).words
    check_in(cast.patient, 7)
    pipeline.score([cast.patient.pk], at=NOW)
    page = read(treating, draft)
    assert "A newer reading, as of" in page.words
    assert "Approve" in page.words


@ROLLED_BACK
def test_the_patients_other_drafts_stand_as_tabs(treating: Client, drafts: list[Suggestion]) -> None:
    page = read(treating, drafts[0])
    assert address(drafts[1]) in page.html
    assert (
        "1 Behavioural activation 2 Planned walk" in page.words
        or "1 Planned walk 2 Behavioural" in page.words
    )
    assert "1 of 2" in page.words or "2 of 2" in page.words


@ROLLED_BACK
def test_a_decided_draft_says_who_decided_when_and_why(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    review.reject(suggestion=draft, reasons=["wrong_time", "other"], note="Exams.", by=cast.treating, at=NOW)
    words = read(treating, draft).words
    assert "Dr Maya Okonkwo, yesterday 09:00: Rejected" in words
    assert "The time is wrong" in words
    assert "Exams." in words
    assert "Approve" not in words


@ROLLED_BACK
def test_an_approved_draft_offers_no_decision(treating: Client, cast: Cast, draft: Suggestion) -> None:
    approved(draft, cast.treating)
    assert 'class="decision"' not in read(treating, draft).html


@ROLLED_BACK
def test_with_ai_stopped_no_word_of_the_draft_is_shown(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    title = draft_words(draft, cast.ring).title
    assert title in read(treating, draft).words
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    for step in ("", "sign/", "edit/", "reject/"):
        answer = treating.get(address(draft, step), follow=True)
        assert title not in answer.content.decode()
    page = read(treating, draft)
    assert "AI is switched off for this person." in page.words
    assert "Withdrawn before a decision" in page.words
    assert "Write a plan yourself" in page.words


@ROLLED_BACK
def test_only_psychologists_open_drafts(cast: Cast, draft: Suggestion) -> None:
    for actor in (cast.administrator, cast.as_patient):
        assert get(signed_in(Client(), actor), address(draft)).status == 404


@ROLLED_BACK
def test_the_draft_before_and_after_lead_through_the_queue_in_its_order(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    first, second = sorted(drafts, key=lambda each: (each.waiting_since, each.pk))[:2]
    assert f'href="{address(second)}" title="Next in the queue"' in read(treating, first).html
    assert f'href="{address(first)}" title="Previous in the queue"' in read(treating, second).html


@COMMITTED
def test_a_draft_that_was_changed_in_the_database_is_not_shown(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    title = draft_words(draft, cast.ring).title
    with owner_cursor() as cursor, guards_off(cursor, "recommendations_suggestion"):
        cursor.execute("UPDATE recommendations_suggestion SET facts = '[]' WHERE id = %s", [draft.pk])
    page = read(treating, draft)
    assert "This draft does not fit its digest and is not shown." in page.words
    assert title not in page.words
    assert get(treating, address(draft, "sign/")).status == 302


@ROLLED_BACK
def test_little_data_shows_check_ins_and_no_invented_line(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    check_ins(cast.patient, [2, 2], last=NOW)
    assert "Check-ins on" in read(treating, draft).words


@ROLLED_BACK
def test_what_is_signed_already_stands_beside_the_draft(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    assert "Nothing is signed for this person at present." in read(treating, drafts[1]).words
    approved(drafts[0], cast.treating)
    page = read(treating, drafts[1])
    assert (
        f"In the plan now {draft_words(drafts[0], cast.ring).title} Signed by Dr Maya Okonkwo" in page.words
    )


@ROLLED_BACK
@pytest.mark.parametrize("step", ["", "edit/", "sign/", "reject/"])
def test_an_open_safety_alert_stands_over_every_page_of_a_decision(
    treating: Client, cast: Cast, draft: Suggestion, step: str
) -> None:
    assert "Safety alert, open" not in get(treating, address(draft, step)).words
    alerts.notice(patient=cast.patient, text="I want to die", submission=draft.pk, at=NOW)
    page = get(treating, address(draft, step))
    assert "Safety alert, open" in page.words
    assert f'href="/safety/{SafetyAlert.objects.get().pk}/"' in page.html

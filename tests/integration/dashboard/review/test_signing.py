"""From the draft's page to words that the patient reads: approve and amend, in two steps, without a script."""

import datetime as dt

from django.test import Client

from audit.models import AuditEntry
from clinic.clock import now
from clinic.models.clinic import Clinic
from recommendations import publications
from recommendations.models.publication import Publication
from recommendations.models.review import Review, Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.dashboard.review.steps import OWN, address, amended, approve, edit, read, sign
from tests.pages import get

pytestmark = COMMITTED


def test_an_approved_draft_reaches_the_patient_in_exactly_the_words_that_were_shown(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    words = draft_words(draft, cast.ring)
    before = approve(read(treating, draft))
    assert all(part in before.words for part in (words.title, words.words, words.dose, words.stop_rule))
    assert "Not signed yet. Will be signed by Dr Maya Okonkwo, Clinical psychologist." in before.words
    assert not Publication.objects.exists()
    after = sign(before)
    assert after.status == 302
    [item] = publications.of_patient(cast.patient, cast.ring, at=now()).plan
    assert (item.title, item.words, item.dose, item.stop_rule) == (
        words.title,
        words.words,
        words.dose,
        words.stop_rule,
    )
    assert item.signed.name == "Dr Maya Okonkwo"
    assert not item.signed.changed


def test_after_signing_the_next_draft_opens_with_a_word_that_names_the_person(
    treating: Client, drafts: list[Suggestion]
) -> None:
    oldest, next_one = sorted(drafts, key=lambda each: (each.waiting_since, each.pk))[:2]
    after = sign(approve(read(treating, oldest)))
    assert after.path == address(next_one)
    shown = after.follow()
    assert "Signed. Amara Nwosu can read it now." in shown.words
    assert "Signed." not in get(treating, after.path).words, "the word is said once"


def test_the_session_holds_no_name_of_a_patient(treating: Client, draft: Suggestion) -> None:
    sign(approve(read(treating, draft)))
    assert "Amara" not in str(dict(treating.session))


def test_changed_words_are_shown_as_a_difference_and_need_a_reason(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    before = amended(treating, draft)
    assert "[removed:" in before.words
    assert "[added:" in before.words
    assert OWN["words"] in before.words
    without = sign(before)
    assert "Say why you changed it: at least one reason." in without.words
    assert not Publication.objects.exists()
    assert sign(without, reasons=["smaller_step", "fits_this_life"]).status == 302
    [item] = publications.of_patient(cast.patient, cast.ring, at=now()).plan
    assert item.words == OWN["words"]
    assert item.signed.changed
    review = Review.objects.get()
    assert (review.verdict, review.reasons) == (Verdict.AMENDED, ["smaller_step", "fits_this_life"])
    assert draft_words(draft, cast.ring).words != OWN["words"], "the draft is kept as it was"


def test_words_that_were_opened_for_editing_and_left_alone_are_an_approval(
    treating: Client, draft: Suggestion
) -> None:
    before = edit(read(treating, draft)).send("/sign/", {"step": "preview"})
    assert "Approve as drafted" in before.words
    assert sign(before).status == 302
    assert Review.objects.get().verdict == Verdict.APPROVED


def test_the_estimate_goes_along_only_when_its_box_is_ticked(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    before = approve(read(treating, drafts[0]))
    assert before.field("/sign/", "with_estimate") == "", "the box is not ticked"
    day = drafts[0].reading.as_of
    told = f"In the days up to {day.day} {day:%B} your mood was lower than is usual for you."
    assert told in before.words, "read weeks later, the sentence still says which days it means"
    sign(before)
    assert publications.of_patient(cast.patient, cast.ring, at=now()).estimate is None
    sign(approve(read(treating, drafts[1])), with_estimate="on")
    estimate = publications.of_patient(cast.patient, cast.ring, at=now()).estimate
    assert estimate is not None
    assert estimate.as_of == drafts[1].reading.as_of


def test_what_was_opened_and_named_stays_with_the_decision(treating: Client, draft: Suggestion) -> None:
    page = read(treating, draft)
    treating.post(address(draft, "evidence/") + "?piece=below_usual")
    sign(approve(page), note="Low energy this week.")
    review = Review.objects.get()
    assert review.supporting == ["below_usual"]
    assert (review.evidence_opened, review.evidence_shown) == (1, len(draft.facts))
    assert review.opened_at is not None


def test_the_audit_log_holds_the_reading_and_the_signature(treating: Client, draft: Suggestion) -> None:
    sign(approve(read(treating, draft)))
    actions = list(AuditEntry.objects.filter(subject_id=str(draft.pk)).values_list("action", flat=True))
    assert actions.count("draft_opened") == 1
    assert actions.count("suggestion_approved") == 1


def test_while_it_is_held_it_can_be_taken_back_and_the_draft_is_open_again(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    Clinic.objects.update(publication_delay=dt.timedelta(minutes=10))
    before = approve(read(treating, draft))
    assert "Held for 10 minutes. You can take it back." in before.words
    shown = sign(before).follow()
    assert "Amara Nwosu sees it from" in shown.words
    taken = shown.send("/take-back/").follow()
    assert "Taken back. The patient saw nothing, and the draft is open again." in taken.words
    draft.refresh_from_db()
    assert (draft.state, draft.round) == ("open", 2)
    assert publications.of_patient(cast.patient, cast.ring, at=now()).plan == ()


def test_what_can_be_read_is_withdrawn_with_a_reason(treating: Client, cast: Cast, draft: Suggestion) -> None:
    sign(approve(read(treating, draft)))
    record = get(treating, f"/patients/{cast.patient.record_number}/")
    assert "Choose a reason for withdrawing it." in record.send("/withdraw/", {"reason": ""}).follow().words
    assert len(publications.of_patient(cast.patient, cast.ring, at=now()).plan) == 1
    record.send("/withdraw/", {"reason": "not_helping"})
    assert publications.of_patient(cast.patient, cast.ring, at=now()).plan == ()

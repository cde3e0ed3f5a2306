"""From a draft to words that the patient reads: the whole domain path on the real database."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic.models.patient import Patient
from clinic.reauth import NotConfirmed, Proof
from recommendations import publications, review
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.signature import Signature
from recommendations.models.suggestion import Opening, Suggestion
from recommendations.words import draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.signing import OWN_WORDS, opened, signed, written

pytestmark = COMMITTED


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    """A draft that waits for the treating psychologist."""
    return open_drafts(cast.patient, cast.treating)[0]


def shown(cast: Cast, patient: Patient | None = None) -> tuple[publications.PlanItem, ...]:
    return publications.of_patient(patient or cast.patient, cast.ring, at=NOW).plan


def actions(*codes: str) -> list[str]:
    return sorted(AuditEntry.objects.filter(action__in=codes).values_list("action", flat=True))


def test_an_approved_draft_reaches_the_patient_in_exactly_its_words(cast: Cast, draft: Suggestion) -> None:
    words = draft_words(draft, cast.ring)
    assert shown(cast) == ()
    approved(draft, cast.treating)
    (step,) = shown(cast)
    assert (step.title, step.words, step.dose, step.stop_rule) == (
        words.title,
        words.words,
        words.dose,
        words.stop_rule,
    )
    assert shown(cast, cast.other_patient) == ()


def test_a_signed_step_says_who_signed_when_and_that_ai_drafted_it(cast: Cast, draft: Suggestion) -> None:
    publication = approved(draft, cast.treating)
    (step,) = shown(cast)
    assert step.signed == publications.Signed(
        name="Dr Maya Okonkwo",
        title="Clinical psychologist",
        at=NOW,
        with_ai=True,
        changed=False,
        fingerprint=" ".join(publication.digest[start : start + 4] for start in range(0, 16, 4)),
        reading_by=f"{draft.reading.release.name} {draft.reading.release.version}",
        drafted_by=f"{draft.release.name} {draft.release.version}",
        catalogue=f"{draft.code} {draft.intervention.version}",
    )
    assert step.valid_until == NOW.date() + dt.timedelta(days=28)


def test_changed_words_reach_the_patient_and_the_draft_stays_as_it_was(cast: Cast, draft: Suggestion) -> None:
    before = draft_words(draft, cast.ring)
    signed(opened(draft, cast.treating, words=OWN_WORDS), cast.treating)
    (step,) = shown(cast)
    assert (step.title, step.words) == (OWN_WORDS.title, OWN_WORDS.words)
    assert (step.signed.with_ai, step.signed.changed) == (True, True)
    draft.refresh_from_db()
    assert draft_words(draft, cast.ring) == before
    assert (draft.state, Review.objects.get().reasons) == ("approved", ["tone"])
    assert actions("suggestion_approved", "suggestion_amended") == ["suggestion_amended"]


def test_a_plan_without_a_draft_names_no_ai(cast: Cast) -> None:
    signed(written(cast.patient, cast.treating), cast.treating)
    (step,) = shown(cast)
    assert step.words == OWN_WORDS.words
    assert (step.signed.with_ai, step.signed.drafted_by, step.signed.catalogue) == (False, "", "")
    assert actions("plan_authored", "publication_released") == ["plan_authored", "publication_released"]


def test_a_rejected_draft_never_reaches_the_patient_and_its_note_stays_inside(
    cast: Cast, draft: Suggestion
) -> None:
    decision = review.reject(suggestion=draft, reasons=["other"], note="Rain", by=cast.treating, at=NOW)
    published = publications.of_patient(cast.patient, cast.ring, at=NOW)
    assert published == publications.Published(plan=(), estimate=None, stopped=(), withheld=0)
    assert decision.unseal(cast.ring, "note") == "Rain"
    assert "Rain" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("verdict", ["approved", "amended", "authored"])
def test_the_signature_carries_name_title_time_and_meaning(
    cast: Cast, draft: Suggestion, verdict: str
) -> None:
    pages = {
        "approved": opened(draft, cast.treating),
        "amended": opened(draft, cast.treating, words=OWN_WORDS),
        "authored": written(cast.patient, cast.treating),
    }
    signed(pages[verdict], cast.treating)
    signature = Signature.objects.get()
    meanings = {"approved": "approval", "amended": "amendment", "authored": "authorship"}
    assert signature.meaning == meanings[verdict]
    assert (signature.printed_name, signature.title, signature.signed_at, signature.signed_by) == (
        "Dr Maya Okonkwo",
        "Clinical psychologist",
        NOW,
        cast.treating.user,
    )


def test_the_review_keeps_what_was_shown_opened_and_said(cast: Cast, draft: Suggestion) -> None:
    assert cast.treating.user is not None
    for evidence, minutes in (("", 5), ("level", 4), ("level", 3), ("below_usual", 2)):
        Opening.objects.create(
            suggestion=draft,
            user=cast.treating.user,
            evidence=evidence,
            shown_digest=draft.digest,
            happened_at=NOW - dt.timedelta(minutes=minutes),
        )
    page = opened(draft, cast.treating).choosing(note="Seen on Monday")
    signed(page, cast.treating)
    decision = Review.objects.get()
    assert (decision.opened_at, decision.decided_at) == (NOW - dt.timedelta(minutes=5), NOW)
    assert (decision.evidence_opened, decision.evidence_shown) == (2, len(draft.facts))
    assert decision.supporting == ["below_usual"]
    assert decision.unseal(cast.ring, "note") == "Seen on Monday"
    assert decision.situation == cast.ring.digest(
        page.seen.encode(), patient_id=cast.patient.pk, purpose="situation"
    )


def test_one_proof_is_good_for_one_signature(cast: Cast, draft: Suggestion) -> None:
    assert cast.treating.user is not None
    proof = Proof(user=cast.treating.user, at=NOW)
    sibling = Suggestion.objects.exclude(pk=draft.pk).get(state="open")
    page = opened(sibling, cast.treating)
    signed(opened(draft, cast.treating), cast.treating, proof=proof)
    with pytest.raises(NotConfirmed):
        signed(page, cast.treating, proof=proof)
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("age", [dt.timedelta(minutes=2, seconds=1), dt.timedelta(seconds=-1)])
def test_a_proof_is_good_for_two_minutes_and_not_before_it_was_given(
    cast: Cast, draft: Suggestion, age: dt.timedelta
) -> None:
    assert cast.treating.user is not None
    with pytest.raises(NotConfirmed):
        signed(
            opened(draft, cast.treating),
            cast.treating,
            proof=Proof(user=cast.treating.user, at=NOW - age),
        )
    assert shown(cast) == ()
    within = Proof(user=cast.treating.user, at=NOW - dt.timedelta(minutes=2))
    assert signed(opened(draft, cast.treating), cast.treating, proof=within)


def test_the_proof_of_somebody_else_signs_nothing(cast: Cast, draft: Suggestion) -> None:
    assert cast.other_psychologist.user is not None
    with pytest.raises(NotConfirmed):
        signed(
            opened(draft, cast.treating),
            cast.treating,
            proof=Proof(user=cast.other_psychologist.user, at=NOW),
        )
    assert not Review.objects.exists()


def test_a_refused_signature_spends_no_proof(cast: Cast, draft: Suggestion) -> None:
    assert cast.treating.user is not None
    proof, page = Proof(user=cast.treating.user, at=NOW), opened(draft, cast.treating)
    with pytest.raises(review.ReviewRefused):
        signed(page.choosing(supporting=()), cast.treating, proof=proof)
    assert signed(page, cast.treating, proof=proof)

"""Decisions that are not written, and why: each refusal leaves the draft open and the patient with nothing."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from audit.models import AuditEntry
from clinic import access
from clinic.access import NotAllowed
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareKind
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningState
from clinic.models.user import Role, StaffProfile
from recommendations import review
from recommendations.models.publication import Publication
from recommendations.models.review import Review
from recommendations.models.signature import Signature, SignedWords
from recommendations.models.suggestion import Suggestion
from recommendations.review import ReviewRefused
from recommendations.review.reasons import EDITS, REJECTIONS
from recommendations.review.rules import LONGEST
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts, screened
from tests.signing import OWN_WORDS, Page, opened, signed, written

pytestmark = ROLLED_BACK


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    """A draft that waits for the treating psychologist."""
    return open_drafts(cast.patient, cast.treating)[0]


@pytest.fixture(autouse=True)
def _nothing_was_written(cast: Cast, draft: Suggestion) -> Iterator[None]:
    """Whatever a test here tries: afterwards there is no decision, and the draft waits as before."""
    yield
    assert not any(model.objects.exists() for model in (Review, SignedWords, Signature, Publication))
    draft.refresh_from_db()
    assert (draft.state, draft.round) == ("open", 1)
    assert not AuditEntry.objects.filter(action__in=["suggestion_approved", "publication_released"]).exists()


def refused(page: Page, by: Actor, *, at: dt.datetime = NOW) -> str:
    with pytest.raises((ReviewRefused, NotAllowed)) as refusal:
        signed(page, by, at=at)
    return str(refusal.value)


CHOICES: dict[str, Callable[[Page], Page]] = {
    "the words are others than shown": lambda page: page.choosing(expected={"plan_item": "0" * 64}),
    "no words were shown": lambda page: page.choosing(expected={}),
    "the estimate was not shown": lambda page: page.choosing(with_estimate=True),
    "another end was shown": lambda page: page.choosing(
        valid_until=page.choice.valid_until + dt.timedelta(days=1)
    ),
    "it ends today": lambda page: page.choosing(valid_until=NOW.date()),
    "it ends in more than a year": lambda page: page.choosing(
        valid_until=NOW.date() + dt.timedelta(days=366)
    ),
    "no evidence is named": lambda page: page.choosing(supporting=()),
    "unknown evidence is named": lambda page: page.choosing(supporting=("moon",)),
    "known and unknown evidence is named": lambda page: page.choosing(supporting=("below_usual", "moon")),
    "what the model cannot see is named": lambda page: page.choosing(supporting=("only_check_ins",)),
}


@pytest.mark.parametrize("change", CHOICES.values(), ids=CHOICES.keys())
def test_nothing_is_signed_where_the_choice_does_not_hold(
    cast: Cast, draft: Suggestion, change: Callable[[Page], Page]
) -> None:
    assert refused(change(opened(draft, cast.treating)), cast.treating)


def test_words_that_changed_between_reading_and_signing_are_refused(cast: Cast, draft: Suggestion) -> None:
    page = opened(draft, cast.treating, words=OWN_WORDS)
    other = replace(page, words=replace(OWN_WORDS, dose="Ten times a day."))
    assert "Read them again" in refused(other, cast.treating)


def test_a_page_of_one_draft_signs_no_other_draft(cast: Cast, draft: Suggestion) -> None:
    sibling = Suggestion.objects.exclude(pk=draft.pk).get(state="open")
    page = opened(draft, cast.treating)
    seen = opened(sibling, cast.treating).seen
    assert "Read them again" in refused(replace(page, draft=sibling, seen=seen), cast.treating)


@pytest.mark.parametrize("reasons", [(), ("because",), ("tone", "because")])
def test_a_change_needs_reasons_that_are_known(
    cast: Cast, draft: Suggestion, reasons: tuple[str, ...]
) -> None:
    page = opened(draft, cast.treating, words=OWN_WORDS).choosing(reasons=reasons)
    assert "why you changed it" in refused(page, cast.treating)


@pytest.mark.parametrize("part", ["title", "words"])
def test_a_plan_without_title_or_words_is_not_signed(cast: Cast, draft: Suggestion, part: str) -> None:
    words = replace(OWN_WORDS, **{part: " \n "})
    assert "needs a title and words" in refused(opened(draft, cast.treating, words=words), cast.treating)


@pytest.mark.parametrize("part", LONGEST)
def test_overlong_words_are_not_signed(cast: Cast, draft: Suggestion, part: str) -> None:
    words = replace(OWN_WORDS, **{part: "x" * (LONGEST[part] + 1)})
    assert "too long" in refused(opened(draft, cast.treating, words=words), cast.treating)
    assert "too long" in refused(written(cast.patient, cast.treating, words=words), cast.treating)


LICENCES: dict[str, dt.date | None] = {
    "never recorded": None,
    "ended yesterday": NOW.date() - dt.timedelta(days=1),
}


@pytest.mark.parametrize("valid_until", LICENCES.values(), ids=LICENCES.keys())
def test_without_a_valid_licence_nothing_is_signed(
    cast: Cast, draft: Suggestion, valid_until: dt.date | None
) -> None:
    page, plan = opened(draft, cast.treating), written(cast.patient, cast.treating)
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=valid_until)
    assert "licence" in refused(page, cast.treating)
    assert "licence" in refused(plan, cast.treating)


def test_without_a_professional_name_nothing_is_signed(cast: Cast, draft: Suggestion) -> None:
    page = opened(draft, cast.treating)
    nameless = cast.stranger
    access.start_care(patient=cast.patient, user=nameless, kind=CareKind.TREATING, by=SOFTWARE, at=NOW)
    assert "professional name" in refused(page, Actor(nameless, Role.PSYCHOLOGIST))


def test_a_foreign_record_is_refused(cast: Cast, draft: Suggestion) -> None:
    assert "care team" in refused(opened(draft, cast.other_psychologist), cast.other_psychologist)
    assert "care team" in refused(written(cast.patient, cast.other_psychologist), cast.other_psychologist)


@pytest.mark.parametrize("kind", [CareKind.SECOND_READER, CareKind.SAFETY, CareKind.BREAK_GLASS])
def test_a_care_relationship_that_only_reads_does_not_sign(
    cast: Cast, draft: Suggestion, kind: CareKind
) -> None:
    reader = cast.other_psychologist
    assert reader.user is not None
    access.start_care(patient=cast.patient, user=reader.user, kind=kind, by=SOFTWARE, at=NOW)
    assert "care team" in refused(opened(draft, reader), reader)


def test_the_moment_care_ends_nothing_more_is_signed(cast: Cast, draft: Suggestion) -> None:
    page = opened(draft, cast.treating)
    care = access.relationships(at=NOW).get(patient=cast.patient, user=cast.treating.user)
    access.end_care(care=care, by=cast.administrator, at=NOW)
    assert "care team" in refused(page, cast.treating)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PATIENT, "software"])
def test_only_somebody_who_acts_as_psychologist_signs(cast: Cast, draft: Suggestion, role: str) -> None:
    assert "Only a psychologist" in refused(opened(draft, cast.treating), Actor(cast.treating.user, role))


def test_nobody_signs_in_their_own_record(cast: Cast, draft: Suggestion) -> None:
    """A psychologist who is also a patient here, and whom somebody put into their own care team."""
    own = cast.treating
    assert own.user is not None
    Patient.objects.filter(pk=cast.patient.pk).update(user=own.user)
    page = opened(Suggestion.objects.select_related("patient").get(pk=draft.pk), own)
    assert "care team" in refused(page, own)


def test_a_contraindication_that_came_after_the_draft_blocks_it(cast: Cast, draft: Suggestion) -> None:
    assert draft.code == "behavioural_activation"
    screened(cast.patient, cast.treating, mania=ScreeningState.PRESENT)
    assert "contraindication" in refused(opened(draft, cast.treating), cast.treating)


def test_unknown_where_it_must_be_known_blocks_too(cast: Cast, draft: Suggestion) -> None:
    screened(cast.patient, cast.treating, mania=ScreeningState.UNKNOWN)
    assert "contraindication" in refused(opened(draft, cast.treating), cast.treating)


@pytest.mark.parametrize(("reasons", "note"), [((), ""), (("moon",), ""), (("other",), " \n")])
def test_a_rejection_needs_a_reason_and_words_for_another_one(
    cast: Cast, draft: Suggestion, reasons: tuple[str, ...], note: str
) -> None:
    with pytest.raises(ReviewRefused):
        review.reject(suggestion=draft, reasons=reasons, note=note, by=cast.treating, at=NOW)


def test_a_stranger_rejects_nothing(cast: Cast, draft: Suggestion) -> None:
    with pytest.raises(NotAllowed):
        review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.other_psychologist, at=NOW)


def test_there_are_14_reasons_to_reject_and_5_to_change() -> None:
    assert (len(REJECTIONS), len(EDITS)) == (14, 5)

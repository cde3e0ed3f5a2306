"""Taking a signature back before the patient can read it, and withdrawing it afterwards."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from clinic.access import NotAllowed
from clinic.models.consent import Purpose, Source
from recommendations import permissions, publications, review
from recommendations.models.publication import Publication, PublicationStop, StopReason
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.review import ReviewRefused
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.signing import opened, signed, written

pytestmark = COMMITTED


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    """A draft that waits for the treating psychologist."""
    return open_drafts(cast.patient, cast.treating)[0]


@pytest.fixture
def _ten_minutes(cast: Cast) -> None:
    """The clinic's delay: ten minutes from signing to reading."""
    cast.clinic.publication_delay = dt.timedelta(minutes=10)
    cast.clinic.save()


def shown(cast: Cast) -> publications.Published:
    return publications.of_patient(cast.patient, cast.ring, at=NOW)


@pytest.mark.usefixtures("_ten_minutes")
def test_a_signature_taken_back_leaves_no_trace_for_the_patient_and_the_draft_waits_as_long_as_before(
    cast: Cast, draft: Suggestion
) -> None:
    publication = approved(draft, cast.treating)
    later = NOW + dt.timedelta(minutes=9)
    stopped = review.take_back(publication_id=publication.pk, by=cast.treating, at=later)
    assert [each.pk for each in stopped] == [publication.pk]
    waited = draft.waiting_since
    draft.refresh_from_db()
    assert (draft.state, draft.round, draft.waiting_since) == ("open", 2, waited)
    assert shown(cast) == publications.Published(plan=(), estimate=None, stopped=(), withheld=0)
    stop = PublicationStop.objects.get()
    assert (stop.reason, stop.stopped_by, stop.stopped_at) == ("taken_back", cast.treating.user, later)


@pytest.mark.usefixtures("_ten_minutes")
@pytest.mark.parametrize("end", ["stop", "consent"])
def test_a_signature_taken_back_opens_no_draft_where_ai_may_not_be_used_any_more(
    cast: Cast, draft: Suggestion, end: str
) -> None:
    publication = approved(draft, cast.treating)
    if end == "stop":
        permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    else:
        permissions.withdraw_consent(
            patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
        )
    assert review.take_back(publication_id=publication.pk, by=cast.treating, at=NOW)
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert not Suggestion.objects.filter(state="open").exists()


@pytest.mark.usefixtures("_ten_minutes")
def test_a_draft_taken_back_can_be_decided_again_and_both_decisions_stay(
    cast: Cast, draft: Suggestion
) -> None:
    publication = approved(draft, cast.treating)
    review.take_back(publication_id=publication.pk, by=cast.treating, at=NOW)
    cast.clinic.publication_delay = dt.timedelta(0)
    cast.clinic.save()
    draft.refresh_from_db()
    approved(draft, cast.treating, at=NOW + dt.timedelta(minutes=1))
    assert list(Review.objects.order_by("round").values_list("round", "verdict")) == [
        (1, "approved"),
        (2, "approved"),
    ]
    (step,) = shown(cast).plan
    assert step.publication_id != publication.pk


@pytest.mark.usefixtures("_ten_minutes")
def test_taking_back_stops_the_estimate_that_was_signed_with_the_plan(cast: Cast, draft: Suggestion) -> None:
    plan, estimate = signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    stopped = review.take_back(publication_id=estimate.pk, by=cast.treating, at=NOW)
    assert {each.pk for each in stopped} == {plan.pk, estimate.pk}
    assert PublicationStop.objects.count() == 2
    assert shown(cast) == publications.Published(plan=(), estimate=None, stopped=(), withheld=0)


@pytest.mark.usefixtures("_ten_minutes")
def test_a_plan_without_a_draft_can_be_taken_back_too(cast: Cast) -> None:
    (publication,) = signed(written(cast.patient, cast.treating), cast.treating)
    assert review.take_back(publication_id=publication.pk, by=cast.treating, at=NOW)
    assert review.take_back(publication_id=publication.pk, by=cast.treating, at=NOW) == []


def test_what_can_be_read_cannot_be_taken_back(cast: Cast, draft: Suggestion) -> None:
    publication = approved(draft, cast.treating)
    with pytest.raises(ReviewRefused, match="Withdraw it instead"):
        review.take_back(publication_id=publication.pk, by=cast.treating, at=NOW)
    assert len(shown(cast).plan) == 1


def test_a_withdrawn_plan_is_replaced_by_who_when_and_why(cast: Cast, draft: Suggestion) -> None:
    publication = approved(draft, cast.treating)
    [step] = shown(cast).plan
    later = NOW + dt.timedelta(hours=1)
    review.withdraw(publication_id=publication.pk, reason="not_helping", by=cast.treating, at=later)
    published = shown(cast)
    assert published.plan == ()
    assert published.stopped == (
        publications.Stopped(
            publication_id=publication.pk,
            kind="plan_item",
            name="Dr Maya Okonkwo",
            reason="not_helping",
            signed_at=NOW,
            stopped_at=later,
            item=step,
        ),
    )
    draft.refresh_from_db()
    assert draft.state == "approved"
    entry = AuditEntry.objects.get(action="publication_withdrawn")
    assert (entry.reason, entry.actor_id, entry.happened_at) == (
        "not_helping",
        cast.treating.user.pk if cast.treating.user else None,
        later,
    )


def test_a_plan_is_withdrawn_alone_and_the_estimate_stays(cast: Cast, draft: Suggestion) -> None:
    plan, _estimate = signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    review.withdraw(publication_id=plan.pk, reason="not_needed", by=cast.treating, at=NOW)
    published = shown(cast)
    assert published.plan == ()
    assert published.estimate is not None


@pytest.mark.parametrize("reason", ["", "moon", "taken_back", "replaced"])
def test_a_withdrawal_needs_one_of_its_reasons(cast: Cast, draft: Suggestion, reason: str) -> None:
    publication = approved(draft, cast.treating)
    with pytest.raises(ReviewRefused, match="Choose a reason"):
        review.withdraw(publication_id=publication.pk, reason=reason, by=cast.treating, at=NOW)
    assert len(shown(cast).plan) == 1


def test_the_reasons_that_can_be_chosen_are_those_that_are_accepted() -> None:
    codes = {code for code, _label in review.stop_choices()}
    assert codes == {"not_needed", "not_helping", "unsafe"}
    assert codes < set(StopReason.values)


def test_a_stranger_stops_nothing(cast: Cast, draft: Suggestion) -> None:
    publication = approved(draft, cast.treating)
    with pytest.raises(NotAllowed):
        review.withdraw(publication_id=publication.pk, reason="unsafe", by=cast.other_psychologist, at=NOW)
    with pytest.raises(NotAllowed):
        review.take_back(publication_id=publication.pk, by=cast.other_psychologist, at=NOW)
    assert not PublicationStop.objects.exists()


def test_nothing_starts_a_stopped_publication_again(cast: Cast, draft: Suggestion) -> None:
    publication = approved(draft, cast.treating)
    review.withdraw(publication_id=publication.pk, reason="unsafe", by=cast.treating, at=NOW)
    again = Publication.objects.get(pk=publication.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            patient=cast.patient,
            signature=again.signature,
            words=again.words,
            digest=again.digest,
            kind=again.kind,
            visible_from=NOW,
        )
    assert shown(cast).plan == ()

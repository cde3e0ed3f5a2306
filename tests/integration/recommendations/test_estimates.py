"""The mood estimate: released by a box that is not ticked, a snapshot that never updates."""

import datetime as dt

import pytest

from recommendations import pipeline, publications
from recommendations.models.publication import Publication
from recommendations.models.reading import MoodReading
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.review import ReviewRefused
from recommendations.review.sign import ESTIMATE_DAYS
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import check_in, open_drafts
from tests.signing import OWN_WORDS, opened, signed

pytestmark = COMMITTED


@pytest.fixture
def draft(cast: Cast) -> Suggestion:
    """A draft that waits for the treating psychologist."""
    return open_drafts(cast.patient, cast.treating)[0]


def shown(cast: Cast) -> publications.MoodEstimate | None:
    return publications.of_patient(cast.patient, cast.ring, at=NOW).estimate


def test_one_review_releases_the_plan_and_its_estimate_as_two_publications(
    cast: Cast, draft: Suggestion
) -> None:
    made = signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    assert [each.kind for each in made] == ["plan_item", "mood_estimate"]
    assert {each.signature.review_id for each in made} == {Review.objects.get().pk}
    published = publications.of_patient(cast.patient, cast.ring, at=NOW)
    assert len(published.plan) == 1
    assert published.estimate is not None


def test_unless_asked_for_no_estimate_is_released(cast: Cast, draft: Suggestion) -> None:
    signed(opened(draft, cast.treating), cast.treating)
    assert shown(cast) is None
    assert Publication.objects.get().kind == "plan_item"


def test_the_estimate_shows_the_readings_of_four_weeks_as_they_were_stored(
    cast: Cast, draft: Suggestion
) -> None:
    signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    estimate = shown(cast)
    assert estimate is not None
    stored = MoodReading.objects.filter(patient=cast.patient).order_by("as_of")
    last = stored.last()
    assert last is not None
    assert estimate.as_of == draft.reading.as_of == last.as_of
    assert len(estimate.days) == ESTIMATE_DAYS
    for day in estimate.days:
        reading = stored.get(as_of=day.day)
        figures = (reading.level, reading.lower, reading.upper)
        assert (day.level, day.lower, day.upper) == tuple(
            None if figure is None else round(figure, 1) for figure in figures
        )
    assert (
        estimate.sentence
        == f"In the days up to {last.as_of.day} {last.as_of:%B} your mood was lower than is usual for you."
    )
    assert estimate.signed.name == "Dr Maya Okonkwo"


def test_later_check_ins_and_readings_change_nothing_in_a_signed_estimate(
    cast: Cast, draft: Suggestion
) -> None:
    signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    before = shown(cast)
    for hours in (2, 3):
        check_in(cast.patient, mood=10, at=NOW + dt.timedelta(hours=hours))
    scored = pipeline.score([cast.patient.pk], at=NOW + dt.timedelta(hours=4), history=True)
    assert scored.readings > 0
    assert shown(cast) == before


def test_readings_made_after_the_draft_are_not_signed_with_it(cast: Cast, draft: Suggestion) -> None:
    """The page was read, then a late reading of the same day arrived: what was shown is what is signed."""
    page = opened(draft, cast.treating, with_estimate=True)
    check_in(cast.patient, mood=10, at=NOW + dt.timedelta(minutes=1))
    assert pipeline.score([cast.patient.pk], at=NOW + dt.timedelta(minutes=2)).readings == 1
    assert len(signed(page, cast.treating)) == 2


def test_a_newer_estimate_takes_the_place_of_an_older_one(cast: Cast, draft: Suggestion) -> None:
    sibling = Suggestion.objects.exclude(pk=draft.pk).get(state="open")
    signed(opened(draft, cast.treating, with_estimate=True), cast.treating)
    _plan, newer = signed(
        opened(sibling, cast.treating, with_estimate=True),
        cast.treating,
        at=NOW + dt.timedelta(minutes=1),
    )
    estimate = shown(cast)
    assert estimate is not None
    assert estimate.publication_id == newer.pk


def test_a_reading_that_was_held_back_has_no_estimate_to_release(cast: Cast, draft: Suggestion) -> None:
    held_back = MoodReading.objects.filter(patient=cast.patient, level=None).first()
    assert held_back is not None
    draft.reading = held_back
    with pytest.raises(ReviewRefused, match="held back"):
        opened(draft, cast.treating, words=OWN_WORDS, with_estimate=True)

"""From when to when a patient can read what was signed: by the database's clock, in the patient's zone."""

import datetime as dt

import pytest

from clinic.clock import now
from recommendations import publications
from recommendations.models.suggestion import Suggestion
from recommendations.review import ReviewRefused
from recommendations.words import draft_words
from tests.cast import NOW, Cast, assemble
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.signing import opened, signed

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
def test_until_the_delay_has_passed_by_the_databases_clock_the_patient_reads_nothing(
    cast: Cast, draft: Suggestion
) -> None:
    signed_at = now()
    publication = approved(draft, cast.treating, at=signed_at)
    assert publication.visible_from == signed_at + dt.timedelta(minutes=10)
    assert shown(cast) == publications.Published(plan=(), estimate=None, stopped=(), withheld=0)


def test_a_plan_that_would_end_before_it_can_be_read_is_not_signed(cast: Cast, draft: Suggestion) -> None:
    cast.clinic.publication_delay = dt.timedelta(days=3)
    cast.clinic.save()
    with pytest.raises(ReviewRefused, match="end before it can be read"):
        signed(opened(draft, cast.treating, days=2), cast.treating)
    assert signed(opened(draft, cast.treating, days=3), cast.treating)


@pytest.mark.usefixtures("_ten_minutes")
def test_once_the_delay_has_passed_the_patient_reads_it(cast: Cast, draft: Suggestion) -> None:
    approved(draft, cast.treating, at=now() - dt.timedelta(minutes=11))
    assert len(shown(cast).plan) == 1


@pytest.mark.usefixtures("db")
def test_after_its_last_day_a_plan_is_no_longer_shown() -> None:
    long_ago = now() - dt.timedelta(days=3)
    cast = assemble(at=long_ago)
    ended, lasting = open_drafts(cast.patient, cast.treating, at=long_ago)[:2]
    signed(opened(ended, cast.treating, days=1, at=long_ago), cast.treating, at=long_ago)
    signed(opened(lasting, cast.treating, days=9, at=long_ago), cast.treating, at=long_ago)
    (step,) = shown(cast).plan
    assert step.title == draft_words(lasting, cast.ring).title


def test_the_last_day_is_that_of_the_patients_own_zone(cast: Cast, draft: Suggestion) -> None:
    type(cast.patient).objects.filter(pk=cast.patient.pk).update(zone="Pacific/Auckland")
    page = opened(Suggestion.objects.select_related("patient").get(pk=draft.pk), cast.treating)
    (publication,) = signed(page, cast.treating)
    assert publication.valid_until is not None
    assert publication.valid_until.utcoffset() in {dt.timedelta(hours=12), dt.timedelta(hours=13)}
    assert publication.valid_until.date() == page.choice.valid_until
    assert publication.valid_until.time() == dt.time.max

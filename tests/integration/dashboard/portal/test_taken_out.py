"""What was taken out names the step, and the signed words stay with whoever could read them, marked as taken out."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from clinic.models.clinic import Clinic
from recommendations import review
from recommendations.models.publication import Publication, StopReason
from recommendations.words import draft_words
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.integration.dashboard.portal.pages import html_of

pytestmark = COMMITTED

LATER = dt.timedelta(minutes=5)


@pytest.fixture
def steps(cast: Cast) -> list[tuple[Publication, str, str]]:
    """Two signed steps, each with its title and words."""
    found = []
    for draft in open_drafts(cast.patient, cast.treating)[:2]:
        words = draft_words(draft, cast.ring)
        found.append((approved(draft, cast.treating), words.title, words.words))
    return found


def take_out(step: Publication, cast: Cast) -> None:
    at = step.visible_from + LATER
    review.withdraw(publication_id=step.pk, reason=StopReason.UNSAFE, by=cast.treating, at=at)


def test_of_two_steps_the_one_that_was_taken_out_is_named_as_it_was_signed(
    portal: Client, cast: Cast, steps: list[tuple[Publication, str, str]]
) -> None:
    (gone, title, words), (_stays, other, _words) = steps
    take_out(gone, cast)
    plan = html_of(portal, "/my/plan/")
    assert title in plan.split("Taken out", 1)[1]
    assert other not in plan.split("Taken out", 1)[1]
    assert words not in plan
    assert title in html_of(portal, "/my/")


def test_yet_is_said_only_where_nothing_was_ever_signed(
    portal: Client, cast: Cast, steps: list[tuple[Publication, str, str]]
) -> None:
    for step, _title, _words in steps:
        take_out(step, cast)
    for path in ("/my/", "/my/plan/"):
        page = html_of(portal, path)
        assert "Nothing is signed for you now." in page
        assert "yet" not in page.split("Nothing is signed", 1)[1][:80]


def test_the_own_copy_keeps_the_signed_words_on_the_page_and_in_the_file_marked_as_taken_out(
    portal: Client, cast: Cast, steps: list[tuple[Publication, str, str]]
) -> None:
    gone, title, words = steps[0]
    take_out(gone, cast)
    page = html_of(portal, "/my/about/copy/")
    kept = page.split("Taken out.", 1)[1]
    assert title in page
    assert words.splitlines()[0] in kept
    assert f"/my/plan/{gone.pk}/report/" not in page
    response: Any = portal.post("/my/about/copy/")
    sent = b"".join(response.streaming_content)
    entries = [each["resource"] for each in json.loads(sent)["entry"]]
    [revoked] = [
        each for each in entries if each["resourceType"] == "CarePlan" and each["status"] == "revoked"
    ]
    assert title in json.dumps(revoked, ensure_ascii=False)


def test_words_that_were_taken_back_before_anybody_could_read_them_stand_nowhere(
    portal: Client, cast: Cast
) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    title = draft_words(draft, cast.ring).title
    Clinic.objects.update(publication_delay=dt.timedelta(minutes=10))
    step = approved(draft, cast.treating)
    review.take_back(publication_id=step.pk, by=cast.treating, at=step.visible_from - LATER)
    assert title not in html_of(portal, "/my/plan/")
    assert title not in html_of(portal, "/my/about/copy/")

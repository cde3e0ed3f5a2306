"""Taking back and withdrawing, through the pages."""

import datetime as dt
from uuid import uuid4

from django.test import Client

from clinic.models.clinic import Clinic
from recommendations.models.publication import PublicationStop
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.integration.dashboard.review.steps import address
from tests.pages import get, post

pytestmark = ROLLED_BACK


def of_publication(cast: Cast, publication_id: object, step: str) -> str:
    return f"/patients/{cast.patient.record_number}/publications/{publication_id}/{step}/"


def test_what_can_be_read_already_cannot_be_taken_back(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    publication = approved(draft, cast.treating)
    after = post(treating, of_publication(cast, publication.pk, "take-back"), {})
    assert "It can be read already, so it cannot be taken back." in after.follow().words
    assert not PublicationStop.objects.exists()


def test_taking_back_twice_is_said_and_opens_one_round(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    Clinic.objects.update(publication_delay=dt.timedelta(days=2))
    publication = approved(draft, cast.treating)
    path = of_publication(cast, publication.pk, "take-back")
    assert "Taken back." in post(treating, path, {}).follow().words
    assert "It was stopped before already." in post(treating, path, {}).follow().words
    draft.refresh_from_db()
    assert draft.round == 2


def test_a_draft_that_was_taken_back_can_be_decided_anew(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    Clinic.objects.update(publication_delay=dt.timedelta(days=2))
    publication = approved(draft, cast.treating)
    post(treating, of_publication(cast, publication.pk, "take-back"), {})
    assert 'class="decision"' in get(treating, address(draft)).html


def test_a_withdrawn_plan_stays_in_the_record_with_reason_and_name(
    treating: Client, cast: Cast, draft: Suggestion
) -> None:
    publication = approved(draft, cast.treating)
    path = of_publication(cast, publication.pk, "withdraw")
    after = post(treating, path, {"reason": "unsafe"}).follow()
    assert "Withdrawn. The patient reads a plain sentence in its place." in after.words
    assert "Not safe for this person now · Dr Maya Okonkwo, today" in after.words


def test_a_publication_of_another_record_answers_404(
    treating: Client, outsider: Client, cast: Cast, draft: Suggestion
) -> None:
    publication = approved(draft, cast.treating)
    theirs = approved(
        open_drafts(cast.other_patient, cast.other_psychologist)[0], cast.other_psychologist, at=NOW
    )
    for step in ("take-back", "withdraw"):
        for pk in (theirs.pk, uuid4()):
            assert post(treating, of_publication(cast, pk, step), {"reason": "unsafe"}).status == 404
        assert post(outsider, of_publication(cast, publication.pk, step), {"reason": "unsafe"}).status == 404
    assert not PublicationStop.objects.exists()

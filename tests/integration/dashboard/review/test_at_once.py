"""Two reviewers press the button in the same moment, on the real database: one signature."""

from django.test import Client

from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from tests.at_once import at_once
from tests.database import COMMITTED
from tests.integration.dashboard.review.steps import approve, filled, read, sign
from tests.pages import Page

pytestmark = COMMITTED


def test_of_two_signatures_in_the_same_moment_one_counts_and_the_other_hears_of_it(
    treating: Client, covering: Client, draft: Suggestion
) -> None:
    mine, theirs = approve(read(treating, draft)), approve(read(covering, draft))
    pages: list[Page] = at_once(lambda: sign(mine), lambda: sign(theirs))
    assert sorted(page.status for page in pages) == [200, 302]
    late = next(page for page in pages if page.status == 200)
    assert "This was not signed. The decision that was made first stands." in late.words
    assert Publication.objects.count() == 1


def test_one_form_sent_twice_in_the_same_moment_signs_once(treating: Client, draft: Suggestion) -> None:
    page = approve(read(treating, draft))
    pages: list[Page] = at_once(lambda: sign(page), lambda: page.send("/sign/", filled()))
    assert sorted(each.status for each in pages) == [200, 302]
    assert Publication.objects.count() == 1

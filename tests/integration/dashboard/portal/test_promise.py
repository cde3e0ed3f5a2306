"""The promise on the portal's pages: no word of a draft appears, and signed words appear exactly."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from clinic import keys
from clinic.actor import Actor
from recommendations import publications, review
from recommendations.models.publication import Publication
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords, draft_words
from tests.cast import NOW, Cast
from tests.database import COMMITTED
from tests.factories import approved, choice_for, open_drafts, proof, seen
from tests.integration.dashboard.portal.pages import PAGES, html_of, text_of
from tests.sign_in import signed_in

pytestmark = COMMITTED

MARKUP = "Take <b>two</b> steps & rest. اخرج قليلاً."


def words_of(draft: Suggestion) -> PlanWords:
    return draft_words(draft, keys.ring([draft.patient_id]))


def phrases(words: PlanWords) -> list[str]:
    return [words.title, words.words, words.dose, words.stop_rule]


def all_pages(client: Client) -> str:
    return "\n".join(html_of(client, path) for path in PAGES)


def test_no_word_of_an_open_draft_appears_on_any_page(portal: Client, cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    assert len(drafts) >= 2
    shown = all_pages(portal)
    for draft in drafts:
        for phrase in phrases(words_of(draft)):
            assert phrase not in shown
        assert str(draft.pk) not in shown


def test_signed_words_appear_exactly_and_the_other_drafts_still_do_not(portal: Client, cast: Cast) -> None:
    first, *others = open_drafts(cast.patient, cast.treating)
    approved(first, cast.treating)
    for path in ("/my/", "/my/plan/"):
        shown = html_of(portal, path)
        assert [phrase for phrase in phrases(words_of(first)) if phrase not in shown] == []
    everything = all_pages(portal)
    assert not any(phrase in everything for draft in others for phrase in phrases(words_of(draft)))


def test_another_patient_sees_nothing_of_it(client: Client, cast: Cast) -> None:
    first, *_ = open_drafts(cast.patient, cast.treating)
    approved(first, cast.treating)
    theirs = all_pages(signed_in(client, Actor(cast.other_patient.user, "patient")))
    assert not any(phrase in theirs for phrase in phrases(words_of(first)))


def amended(draft: Suggestion, words: PlanWords, cast: Cast) -> Publication:
    choice = choice_for(draft, words, cast.treating, verdict=Verdict.AMENDED, reasons=("smaller_step",))
    return review.amend(
        suggestion=draft,
        words=words,
        seen=seen(draft),
        choice=choice,
        proof=proof(cast.treating),
        by=cast.treating,
        at=NOW,
    )[0]


def test_signed_markup_and_other_scripts_appear_as_words(portal: Client, cast: Cast) -> None:
    first, *_ = open_drafts(cast.patient, cast.treating)
    before = words_of(first)
    words = PlanWords(before.language, before.title, MARKUP, before.dose, before.stop_rule)
    amended(first, words, cast)
    response = portal.get("/my/plan/")
    assert MARKUP in text_of(response)
    assert b"<b>two</b>" not in response.content


def withdrawn(publication: Publication, cast: Cast, *, reason: str) -> None:
    later = NOW + dt.timedelta(hours=1)
    review.withdraw(publication_id=publication.pk, reason=reason, by=cast.treating, at=later)


def test_words_withdrawn_leave_every_page_and_a_sentence_takes_their_place(
    portal: Client, cast: Cast
) -> None:
    first, *_ = open_drafts(cast.patient, cast.treating)
    publication = approved(first, cast.treating)
    withdrawn(publication, cast, reason="not_needed")
    shown = all_pages(portal)
    title = words_of(first).title
    assert not any(phrase in shown for phrase in phrases(words_of(first)) if phrase != title)
    for path in ("/my/", "/my/plan/"):
        assert title in html_of(portal, path)
        assert "Dr Maya Okonkwo took a step out of your plan" in html_of(portal, path)


def test_a_step_withdrawn_as_unsafe_says_to_leave_it_out(portal: Client, cast: Cast) -> None:
    first, *_ = open_drafts(cast.patient, cast.treating)
    withdrawn(approved(first, cast.treating), cast, reason="unsafe")
    assert "Please leave that step out from now on." in html_of(portal, "/my/")


@pytest.mark.parametrize("path", ["/my/", "/my/plan/"])
def test_a_page_that_read_drafts_would_be_found(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The planted fault: the portal's reader hands out a draft's words under a false signature."""
    first, second, *_ = open_drafts(cast.patient, cast.treating)
    approved(first, cast.treating)
    real, leaked = publications.of_patient, words_of(second)

    def leaking(*given: object, **named: object) -> publications.Published:
        published = real(*given, **named)  # type: ignore[arg-type]
        return replace(published, plan=(replace(published.plan[0], words=leaked.words),))

    monkeypatch.setattr(publications, "of_patient", leaking)
    assert leaked.words in html_of(portal, path)

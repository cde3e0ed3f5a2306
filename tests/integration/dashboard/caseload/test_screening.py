"""The screening form: what is known, and what follows for drafts."""

from django.test import Client

from clinic import screening
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState
from recommendations.models.suggestion import Suggestion
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts, screened
from tests.pages import Page, get, post

pytestmark = ROLLED_BACK


def form(client: Client, cast: Cast) -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/screening/")


def test_nothing_is_known_until_somebody_says_so(treating: Client, cast: Cast) -> None:
    page = form(treating, cast)
    assert page.words.count("never recorded") == len(screening.CONDITIONS)
    assert all(page.field("/screening/", code) == "unknown" for code in screening.CONDITIONS)


def test_answers_are_recorded_with_source_and_person(treating: Client, cast: Cast) -> None:
    after = form(treating, cast).send(
        "/screening/", {"mania": "absent", "cardiac": "present", "source": "referral"}
    )
    assert "Recorded. Drafts are checked against it from now on." in after.follow().words
    facts = {fact.code: fact for fact in ScreeningFact.objects.all()}
    assert set(facts) == {"mania", "cardiac"}, "only what differs is a new fact"
    assert facts["cardiac"].state == ScreeningState.PRESENT
    assert facts["cardiac"].source == ScreeningSource.REFERRAL
    assert facts["cardiac"].recorded_by == cast.treating.user


def test_a_fact_that_blocks_withdraws_the_open_draft_with_the_same_act(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    form(treating, cast).send("/screening/", {"cardiac": "present", "source": "interview"})
    states = dict(Suggestion.objects.values_list("code", "state"))
    assert states["planned_walk"] == "withdrawn"
    assert states["behavioural_activation"] == "open"


def test_sending_what_is_known_already_records_nothing(treating: Client, cast: Cast) -> None:
    screened(cast.patient, cast.treating)
    before = ScreeningFact.objects.count()
    after = form(treating, cast).send("/screening/", {"source": "interview"})
    assert "Nothing changed, so nothing was recorded." in after.follow().words
    assert ScreeningFact.objects.count() == before


def test_an_invented_answer_is_refused(treating: Client, cast: Cast) -> None:
    page = form(treating, cast).send("/screening/", {"mania": "maybe"})
    assert page.status == 200
    assert "This was not recorded." in page.words
    assert not ScreeningFact.objects.exists()


def test_a_record_that_is_not_in_ones_care_answers_404(outsider: Client, cast: Cast) -> None:
    path = f"/patients/{cast.patient.record_number}/screening/"
    assert get(outsider, path).status == 404
    assert post(outsider, path, {"mania": "absent"}).status == 404
    assert not ScreeningFact.objects.exists()


def test_after_the_session_ended_the_answers_come_back(treating: Client, cast: Cast) -> None:
    page = form(treating, cast)
    treating.logout()
    asked = page.send("/screening/", {"mania": "absent", "source": "record"})
    assert asked.status == 401
    assert not ScreeningFact.objects.exists()
    back = asked.send("/sign-in/", {"username": "treating", "password": PASSWORD}).follow()
    assert "What you typed is here again; nothing of it was stored yet." in back.words
    assert back.field("/screening/", "mania") == "absent"
    assert back.field("/screening/", "source") == "record"


def test_where_a_fact_is_known_from_is_chosen_and_never_taken_for_granted(
    treating: Client, cast: Cast
) -> None:
    page = form(treating, cast)
    assert not page.field("/screening/", "source")
    refused = page.send("/screening/", {"cardiac": "present"})
    assert "Choose where you know this from" in refused.words
    assert not ScreeningFact.objects.exists()

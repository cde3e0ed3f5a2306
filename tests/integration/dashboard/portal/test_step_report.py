"""Did anything bad happen? The page beside a signed step: it is out of the plan with the answer."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.safety import SafetyAlert
from dashboard.entrance.resume import OWNER_FIELD, owner_token
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.report import EffectReport
from tests.cast import Cast
from tests.database import COMMITTED
from tests.factories import approved, open_drafts
from tests.integration.dashboard.portal.pages import URGENT, html_of, keys_away, text_of

pytestmark = COMMITTED

TITLE = "Two short planned walks this week"


@pytest.fixture
def walk(cast: Cast) -> Publication:
    drafts = {draft.code: draft for draft in open_drafts(cast.patient, cast.treating)}
    return approved(drafts["planned_walk"], cast.treating)


def address(step: Publication) -> str:
    return f"/my/plan/{step.pk}/report/"


def test_the_question_stands_beside_the_step_with_the_signs_that_were_signed_with_it(
    portal: Client, walk: Publication
) -> None:
    plan = html_of(portal, "/my/plan/")
    assert "After each time:" in plan
    assert address(walk) in plan
    form = html_of(portal, address(walk))
    for words in (TITLE, "My chest hurt or felt tight", "I feel that I must walk", "Something else felt bad"):
        assert words in form


def test_a_medical_sign_shows_the_card_first_and_the_step_is_gone_with_the_same_answer(
    portal: Client, cast: Cast, walk: Publication
) -> None:
    sent = portal.post(address(walk), {"signs": ["chest_pain"], "submission": str(uuid4())})
    words = text_of(sent)
    assert words.index("This may be a medical emergency") < words.index("This step is out of your plan now")
    assert "Dr Maya Okonkwo" in words
    plan = html_of(portal, "/my/plan/")
    stands, _heading, taken_out = plan.partition("Taken out")
    assert TITLE not in stands
    assert TITLE in taken_out
    assert "because you said that something bad happened" in taken_out
    assert SafetyAlert.objects.get().level == 2
    assert "not in your plan any more" in html_of(portal, address(walk))


def test_own_words_alone_stop_it_and_danger_in_them_shows_help_at_once(
    portal: Client, walk: Publication
) -> None:
    sent = portal.post(address(walk), {"note": URGENT, "answer": "yes", "submission": str(uuid4())})
    assert "help-card" in text_of(sent)
    assert PublicationStop.objects.get().reason == "stop_rule"
    assert EffectReport.objects.get().signs == ["other"]


def test_nothing_bad_is_thanked_for_and_the_step_stays(portal: Client, walk: Publication) -> None:
    sent = portal.post(address(walk), {"answer": "no", "submission": str(uuid4())}, follow=True)
    assert "the step stays in your plan" in text_of(sent)
    assert TITLE in text_of(sent)
    assert not PublicationStop.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Tick what happened, or say it in your own words."),
        ({"signs": ["invented"]}, "Choose from these sentences only."),
        ({"note": "a" * 4_001}, "Your words have 4,001 characters"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_kept(
    portal: Client, walk: Publication, fields: dict[str, object], said: str
) -> None:
    sent = portal.post(address(walk), fields | {"submission": str(uuid4())})
    assert sent.status_code == 422
    assert said in text_of(sent)
    assert not EffectReport.objects.exists()


def test_it_works_while_the_key_store_is_away(
    portal: Client, walk: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    assert "My chest hurt" in html_of(portal, address(walk))
    sent = portal.post(
        address(walk), {"signs": ["faint"], "note": "Kept nowhere.", "submission": str(uuid4())}
    )
    assert "This step is out of your plan now" in text_of(sent)
    assert EffectReport.objects.get().words is None


def test_anothers_step_does_not_exist(cast: Cast, portal: Client) -> None:
    other = approved(open_drafts(cast.other_patient, cast.other_psychologist)[0], cast.other_psychologist)
    assert portal.get(address(other)).status_code == 404
    assert portal.post(address(other), {"signs": ["worse"], "submission": str(uuid4())}).status_code == 404
    assert not PublicationStop.objects.exists()


def test_after_the_session_ended_help_is_shown_and_what_was_typed_comes_back(
    portal: Client, cast: Cast, walk: Publication
) -> None:
    portal.logout()
    assert cast.patient.user is not None
    fields = {"signs": ["worse"], "note": URGENT, OWNER_FIELD: owner_token(cast.patient.user)}
    sent = portal.post(address(walk), fields | {"submission": str(uuid4())})
    assert sent.status_code == 401
    assert "help-card" in text_of(sent)
    assert SafetyAlert.objects.filter(patient=cast.patient).exists()
    assert not PublicationStop.objects.exists(), "who is not signed in may be anybody"

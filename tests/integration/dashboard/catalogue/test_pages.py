"""The catalogue's pages: read, changed, signed and withdrawn by a psychologist of the clinic."""

import pytest
from django.test import Client

from recommendations.catalogue import entries, texts
from recommendations.catalogue.texts import TextState
from recommendations.models.publication import PublicationStop
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.integration.dashboard.queries import captured
from tests.pages import Page, get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

HERE = "/catalogue/worry_time/"


@pytest.fixture
def treating(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.treating)


def written(treating: Client, **fields: object) -> Page:
    return get(treating, HERE + "edit/").send("/edit/", {"title": "A time for worry"} | fields)


def test_the_list_names_every_step_with_where_its_text_stands(treating: Client) -> None:
    page = get(treating, "/catalogue/")
    assert all(entry.title in page.words for entry in entries().values())
    assert page.words.count("Signed, in use") == len(entries())


def test_a_new_clinic_is_told_that_nothing_is_signed(
    client: Client, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("tests.cast.sign_texts", lambda by, *, at=NOW: None)
    cast: Cast = request.getfixturevalue("cast")
    page = get(signed_in(client, cast.treating), "/catalogue/")
    assert "No text is signed yet, so nothing is suggested" in page.words
    assert page.words.count("Not signed") == len(entries())


def test_a_version_is_written_compared_and_signed(treating: Client) -> None:
    page = written(treating).follow()
    assert "Version 1.1.0 is written." in page.words
    assert "Changed since version 1.0.0" in page.words
    assert texts.standing()["worry_time"].entry.version == "1.0.0"
    signed = page.send("/sign/", {"statement": "on", "password": PASSWORD}).follow()
    assert "Signed for use in this clinic." in signed.words
    assert texts.standing()["worry_time"].entry.title == "A time for worry"
    assert "Replaced by a newer version" in signed.words


def test_a_wrong_password_or_an_unticked_sentence_signs_nothing(treating: Client) -> None:
    page = written(treating).follow()
    for fields in ({"statement": "on", "password": "wrong"}, {"password": PASSWORD}):
        answer = page.send("/sign/", fields)
        assert answer.status == 422
        assert "This was not signed." in answer.words
    assert texts.of_code("worry_time")[0].state is TextState.UNSIGNED


def test_what_a_patient_should_not_read_is_refused_and_kept_in_the_form(treating: Client) -> None:
    answer = written(treating, words="This will cure your worry, guaranteed.")
    assert answer.status == 422
    assert "Say it without “cure”" in answer.words
    assert "guaranteed" in answer.field("/edit/", "words")
    assert len(texts.of_code("worry_time")) == 1


def test_a_rule_and_a_stop_sign_are_changed_with_the_form(treating: Client) -> None:
    fields = {
        "rule_psychosis": "known",
        "rule_ocd": "",
        "sign_2_words": "I slept badly",
        "sign_2_level": "urgent",
    }
    written(treating, **fields)
    entry = texts.of_code("worry_time")[0].entry
    assert [(each.condition, each.must_be_known) for each in entry.contraindications] == [("psychosis", True)]
    assert entry.cautions == ()
    assert [(sign.code, sign.level) for sign in entry.stop_signs][-1] == ("sign_3", "urgent")


def test_a_text_without_a_stop_sign_is_refused(treating: Client) -> None:
    answer = written(treating, **{f"sign_{number}_words": "" for number in range(6)})
    assert answer.status == 422
    assert "Name at least one sign" in answer.words


def test_unsafe_says_how_much_before_it_stops_and_asks_why(treating: Client, cast: Cast) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    open_drafts(cast.other_patient, cast.other_psychologist)
    text = get(treating, "/catalogue/behavioural_activation/")
    assert "See what would stop" in text.words
    page = get(treating, "/catalogue/behavioural_activation/unsafe/")
    for sentence in (
        "1 version of this step",
        "1 open draft is withdrawn",
        "1 signed step is stopped",
        "2 people",
    ):
        assert sentence in page.words
    asked = page.send("/unsafe/", {})
    assert asked.status == 422
    assert "Say why it is unsafe" in asked.words
    assert not PublicationStop.objects.exists()
    told = page.send("/unsafe/", {"ground": "harm"}).follow()
    assert "1 draft was withdrawn. 1 signed step was stopped" in told.words
    assert "Withdrawn as unsafe" in told.words
    assert PublicationStop.objects.get().reason == "text_unsafe"
    states = Suggestion.objects.filter(code="behavioural_activation").values_list("state", flat=True)
    assert set(states) == {"approved", "withdrawn"}
    assert "Somebody was harmed, or nearly" in told.words
    assert "See what would stop" not in told.words


def test_no_button_of_the_texts_page_withdraws_as_unsafe(treating: Client, cast: Cast) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    page = get(treating, "/catalogue/behavioural_activation/")
    told = page.send("/withdraw/", {"reason": "unsafe"}).follow()
    assert "No longer used here" in told.words
    draft.refresh_from_db()
    assert draft.state == "open"


def test_the_list_takes_the_same_queries_however_many_versions_there_are(treating: Client) -> None:
    def queries() -> int:
        with captured() as (main, _keys):
            get(treating, "/catalogue/")
        return len(main.captured_queries)

    get(treating, "/catalogue/")
    before = queries()
    written(treating)
    assert queries() == before


def test_a_text_or_version_that_there_is_not_answers_404(treating: Client) -> None:
    assert get(treating, "/catalogue/nothing/").status == 404
    assert get(treating, HERE + "?version=9.9.9").status == 404

"""Messages on the psychologist's side: the conversation of a record and the list of who waits."""

import datetime as dt

from django.test import Client

from clinic.models.message import Message
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts, written, wrote
from tests.integration.dashboard.caseload.conftest import More
from tests.integration.dashboard.queries import counted
from tests.integration.recommendations.test_correspondence import words_of
from tests.pages import get, post

pytestmark = ROLLED_BACK


def path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/messages/"


def test_reading_and_answering(treating: Client, cast: Cast) -> None:
    wrote(cast.patient, "Can we move Thursday?")
    page = get(treating, path(cast))
    assert "Can we move Thursday?" in page.words
    assert Message.objects.get().read_by == cast.treating.user
    after = page.send("/messages/", {"words": "Yes, to Friday."}).follow()
    assert "Written by Dr Maya Okonkwo, not by a program. Not read yet" in after.words


def test_the_form_is_never_filled_in_beforehand(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    wrote(cast.patient)
    assert get(treating, path(cast)).field("/messages/", "words").strip() == ""


def test_words_of_a_draft_are_refused_kept_and_pointed_to_the_signature(treating: Client, cast: Cast) -> None:
    draft = open_drafts(cast.patient, cast.treating)[0]
    typed = f"Dear Amara,\n{words_of(draft).words}"
    answer = get(treating, path(cast)).send("/messages/", {"words": typed})
    assert answer.status == 422
    assert "it holds words of an AI draft that nobody has signed" in answer.words
    assert words_of(draft).words in answer.words
    assert not Message.objects.exists()


def test_an_empty_or_overlong_message_is_refused_beside_the_field(treating: Client, cast: Cast) -> None:
    for words in ("", "x" * 5_001):
        answer = post(treating, path(cast), {"words": words})
        assert answer.status == 422
        assert words in answer.html


def test_a_form_sent_twice_is_one_message(treating: Client, cast: Cast) -> None:
    page = get(treating, path(cast))
    for _ in range(2):
        page.send("/messages/", {"words": "Once."})
    assert Message.objects.count() == 1


def test_after_the_session_ended_the_words_come_back(treating: Client, cast: Cast) -> None:
    page = get(treating, path(cast))
    treating.logout()
    asked = page.send("/messages/", {"words": "Half a thought"})
    assert asked.status == 401
    back = asked.send("/sign-in/", {"username": "treating", "password": PASSWORD}).follow()
    assert back.field("/messages/", "words").strip() == "Half a thought"
    assert not Message.objects.exists()


def test_a_record_that_is_not_in_ones_care_answers_404(outsider: Client, cast: Cast) -> None:
    assert get(outsider, path(cast)).status == 404
    assert post(outsider, path(cast), {"words": "Hello."}).status == 404


def test_the_list_shows_who_waits_and_the_answer_takes_them_off_it(treating: Client, cast: Cast) -> None:
    wrote(cast.patient)
    wrote(cast.other_patient)
    page = get(treating, "/messages/")
    assert "Amara Nwosu" in page.words
    assert "Not read yet" in page.words
    assert "Henrik" not in page.words
    written(cast.patient, cast.treating, at=NOW + dt.timedelta(minutes=1))
    assert "Nobody waits for an answer" in get(treating, "/messages/").words
    assert "Amara Nwosu" in get(treating, "/messages/?show=all").words


def test_the_number_of_queries_does_not_grow_with_the_caseload(
    treating: Client, cast: Cast, more: More
) -> None:
    wrote(cast.patient)
    one = counted(treating, "/messages/", cast.treating), counted(treating, path(cast), cast.treating)
    for patient in more(6):
        wrote(patient)
        wrote(cast.patient)
    many = counted(treating, "/messages/", cast.treating), counted(treating, path(cast), cast.treating)
    assert one == many
    assert all(count.own <= 12 and count.keys == 1 for count in many)
    assert Suggestion.objects.exists()


def test_the_bar_and_the_records_pages_say_how_many_are_not_read(treating: Client, cast: Cast) -> None:
    wrote(cast.patient)
    wrote(cast.patient)
    page = get(treating, f"/patients/{cast.patient.record_number}/")
    assert page.words.count("Messages 2") == 2

"""A plan that a psychologist writes without a draft: the same two steps, the same signature, no AI in it."""

from typing import Any

from django.test import Client

from clinic.actor import Actor
from clinic.clock import now
from clinic.models.consent import Purpose, Source
from clinic.models.screening import ScreeningState
from recommendations import permissions, publications
from recommendations.models.publication import Publication
from recommendations.models.review import Review, Verdict
from tests.cast import NOW, PASSWORD, Cast
from tests.database import COMMITTED
from tests.factories import check_ins, screened
from tests.pages import Page, get, post

pytestmark = COMMITTED

OWN = {
    "title": "One song a day",
    "words": "Sing one song each day, at home.\nAs loud as you like.",
    "dose": "Once a day.",
    "stop_rule": "Leave it on days when it is too much.",
}


def writing(client: Client, cast: Cast) -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/write/")


def shown(client: Client, cast: Cast, **words: str) -> Page:
    return writing(client, cast).send("/write/", {"step": "preview"} | OWN | words)


def sign(page: Page, **changes: Any) -> Page:
    return page.send("/write/", {"step": "sign", "statement": "on", "password": PASSWORD} | changes)


def test_own_words_reach_the_patient_without_a_word_about_ai(treating: Client, cast: Cast) -> None:
    after = sign(shown(treating, cast))
    assert "Signed. Amara Nwosu can read it now." in after.follow().words
    [item] = publications.of_patient(cast.patient, cast.ring, at=now()).plan
    assert (item.title, item.words) == (OWN["title"], OWN["words"])
    assert not item.signed.with_ai
    assert Review.objects.get().verdict == Verdict.AUTHORED


def test_the_same_form_sent_twice_is_signed_once(treating: Client, cast: Cast) -> None:
    page = shown(treating, cast)
    assert sign(page).status == 302
    second = sign(page)
    assert "Exactly these words are signed already and still stand." in second.words
    [standing] = Publication.objects.all()
    ref = cast.patient.record_number
    post(treating, f"/patients/{ref}/publications/{standing.pk}/withdraw/", {"reason": "not_needed"})
    assert sign(page).status == 302, "what was stopped can be signed again"


def test_the_words_can_be_changed_again_before_signing(treating: Client, cast: Cast) -> None:
    page = shown(treating, cast)
    again = page.send("/write/", {"step": "edit", "note": "Agreed by phone."})
    assert again.field("/write/", "title") == OWN["title"]
    final = again.send("/write/", {"step": "preview", "title": "Two songs a day"})
    assert "Two songs a day" in final.words
    assert final.field("/write/", "note").strip() == "Agreed by phone."
    assert sign(final).status == 302


def test_empty_and_overlong_words_are_refused_beside_the_field(treating: Client, cast: Cast) -> None:
    page = shown(treating, cast, title="", words="w" * 2001)
    assert "At most 2000 characters; these are 2001." in page.words
    assert page.field("/write/", "dose").strip() == OWN["dose"]
    assert not Publication.objects.exists()


def test_a_wrong_password_keeps_the_words(treating: Client, cast: Cast) -> None:
    page = sign(shown(treating, cast), password="wrong")
    assert "That is not your password." in page.words
    assert page.field("/write/", "words").strip().replace("\r", "") == OWN["words"]
    assert not Publication.objects.exists()


def test_a_new_fact_voids_it_and_the_words_stay(treating: Client, cast: Cast) -> None:
    page = shown(treating, cast)
    screened(cast.patient, cast.treating, pregnancy=ScreeningState.PRESENT)
    after = sign(page)
    assert "A screening fact was recorded." in after.words
    assert not Publication.objects.exists()
    again = after.send("/write/", {"step": "again"})
    assert sign(again.send("/write/", {"step": "preview"})).status == 302


def test_it_can_be_written_while_ai_is_stopped_and_nothing_is_shared(treating: Client, cast: Cast) -> None:
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    patient = Actor(cast.patient.user, "patient")
    permissions.withdraw_consent(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE, by=patient, at=NOW
    )
    check_ins(cast.patient, [3, 2, 3])
    page = writing(treating, cast)
    assert "does not share check-ins" in page.words
    assert 'id="mood"' not in page.html
    assert sign(shown(treating, cast)).status == 302


def test_a_record_that_is_not_in_ones_care_answers_404(outsider: Client, cast: Cast) -> None:
    path = f"/patients/{cast.patient.record_number}/write/"
    assert get(outsider, path).status == 404
    assert post(outsider, path, {"step": "sign"} | OWN).status == 404


def test_after_the_session_ended_the_words_come_back(treating: Client, cast: Cast) -> None:
    page = shown(treating, cast)
    treating.logout()
    asked = sign(page, note="Agreed by phone.")
    assert asked.status == 401
    back = asked.send("/sign-in/", {"username": "treating", "password": PASSWORD}).follow()
    assert back.field("/write/", "title") == OWN["title"]
    again = back.send("/write/", {"step": "preview"})
    assert again.field("/write/", "note").strip() == "Agreed by phone."
    assert sign(again).status == 302

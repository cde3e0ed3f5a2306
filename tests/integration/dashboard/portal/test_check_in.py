"""Checking in: what is kept, what is refused beside its field, and that no word is lost on the way."""

import json

import pytest
from django.test import Client

from clinic import consent, intake
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from dashboard.portal import fields
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.integration.dashboard.portal.pages import (
    CHECK_IN,
    check_ins_of,
    filled,
    html_of,
    keys_away,
    moods_of,
    text_of,
)

pytestmark = ROLLED_BACK

ARABIC = "اليوم كان صعبًا لكنني خرجت قليلاً 🌦️"
TWO_MB = "Long words. " * 175_000


def note_of(cast: Cast) -> str:
    return check_ins_of(cast.patient)[-1].unseal(cast.ring, "note")


def test_a_check_in_is_kept_with_its_feelings_and_its_words(portal: Client, cast: Cast) -> None:
    response = portal.post(CHECK_IN, filled(4, "Slept badly.", feelings=["tired", "sad"]))
    assert (response.status_code, response["Location"]) == (302, "/my/")
    [kept] = check_ins_of(cast.patient)
    assert moods_of(cast.patient) == [4]
    assert kept.unseal(cast.ring, "note") == "Slept badly."
    assert json.loads(kept.unseal(cast.ring, "feelings")) == ["tired", "sad"]


def test_the_same_form_sent_twice_makes_one_check_in_and_gives_the_same_answer(
    portal: Client, cast: Cast
) -> None:
    form = filled(4, "Twice.")
    answers = [portal.post(CHECK_IN, form) for _ in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/my/")] * 2
    assert moods_of(cast.patient) == [4]


def test_two_forms_with_equal_words_make_two_check_ins(portal: Client, cast: Cast) -> None:
    for _ in range(2):
        portal.post(CHECK_IN, filled(4, "Twice."))
    assert moods_of(cast.patient) == [4, 4]


def test_a_form_sent_again_with_other_words_is_offered_as_a_correction(portal: Client, cast: Cast) -> None:
    form = filled(4, "First words.")
    portal.post(CHECK_IN, form)
    response = portal.post(CHECK_IN, form | {"note": "Other words, after going back."})
    [kept] = check_ins_of(cast.patient)
    page = text_of(response)
    assert "Other words, after going back." in page
    assert f'action="/my/check-in/{kept.pk}/"' in page
    assert f'value="{form["submission"]}"' not in page
    assert note_of(cast) == "First words."


@pytest.mark.parametrize("mood", ["11", "-1", "4.5", "much"])
def test_a_mood_off_the_scale_is_refused_beside_the_field_and_keeps_the_words(
    portal: Client, cast: Cast, mood: str
) -> None:
    page = text_of(portal.post(CHECK_IN, filled(mood, "My words.", feelings=["calm"])))
    assert "Choose a number from 0 to 10." in page
    assert "My words." in page
    assert 'value="calm" checked' in page
    assert check_ins_of(cast.patient) == []


def test_a_missing_mood_is_asked_for_and_keeps_the_words(portal: Client, cast: Cast) -> None:
    form = filled(note="My words.")
    del form["mood"]
    page = text_of(portal.post(CHECK_IN, form))
    assert "Choose a number from 0 to 10, then save." in page
    assert "My words." in page
    assert form["submission"] in page
    assert check_ins_of(cast.patient) == []


def test_a_note_of_2_mb_is_refused_beside_the_field_and_keeps_its_words(portal: Client, cast: Cast) -> None:
    page = text_of(portal.post(CHECK_IN, filled(4, TWO_MB)))
    assert "Your note has 2,100,000 characters, and 10,000 can be kept." in page
    assert TWO_MB in page
    assert check_ins_of(cast.patient) == []


def test_a_note_of_the_greatest_length_is_kept_to_the_last_character(portal: Client, cast: Cast) -> None:
    longest = "x" * (intake.LONGEST_NOTE - 1) + "\r\n"
    assert portal.post(CHECK_IN, filled(4, longest)).status_code == 302
    assert note_of(cast) == longest.replace("\r\n", "\n")


def test_arabic_words_and_emoji_are_kept_exactly(portal: Client, cast: Cast) -> None:
    portal.post(CHECK_IN, filled(4, ARABIC))
    assert note_of(cast) == ARABIC


def test_arabic_words_come_back_exactly_in_a_form_that_was_refused(portal: Client) -> None:
    page = text_of(portal.post(CHECK_IN, filled(11, ARABIC)))
    assert ARABIC in page
    assert 'dir="auto"' in page


def test_markup_in_a_note_comes_back_as_words(portal: Client) -> None:
    response = portal.post(CHECK_IN, filled(11, "</textarea><script>alert(1)</script>"))
    assert b"<script>alert" not in response.content


def test_an_unknown_feeling_is_refused(portal: Client, cast: Cast) -> None:
    page = text_of(portal.post(CHECK_IN, filled(4, feelings=["triumphant"])))
    assert "Choose from these words only." in page
    assert check_ins_of(cast.patient) == []


def test_without_consent_nothing_is_kept_and_the_words_stay_in_the_form(portal: Client, cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.KEEP, by=cast.as_patient, at=NOW
    )
    page = text_of(portal.post(CHECK_IN, filled(4, "Not to be kept.")))
    assert "Not saved: keeping check-ins is switched off" in page
    assert "Not to be kept." in page
    assert check_ins_of(cast.patient) == []


def test_with_the_key_store_away_nothing_is_kept_and_the_words_stay_in_the_form(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_away(monkeypatch)
    page = text_of(portal.post(CHECK_IN, filled(4, "Not lost.")))
    assert "Not saved: the clinic’s key store does not answer" in page
    assert "Not lost." in page
    assert check_ins_of(cast.patient) == []


def test_who_reads_it_and_that_nobody_watches_is_said_before_anything_is_typed(portal: Client) -> None:
    page = html_of(portal, CHECK_IN)
    assert "Your psychologist can read this, but not at once" in page
    assert "Nobody watches this page live, and it is not an emergency service." in page
    assert page.index("Nobody watches this page live") < page.index("<textarea")


def test_who_reads_it_follows_the_consents(portal: Client, cast: Cast) -> None:
    for purpose in (Purpose.SHARE, Purpose.KEEP):
        consent.withdraw(
            patient=cast.patient, source=Source.CHECK_IN, purpose=purpose, by=cast.as_patient, at=NOW
        )
        page = html_of(portal, CHECK_IN)
        assert "Your psychologist can read this" not in page
        assert ("Only you can read this." in page) == (purpose is Purpose.SHARE)
    assert "nothing that you enter here is stored" in page


def test_a_form_that_carries_the_id_of_somebody_elses_check_in_is_kept_as_a_new_one(
    portal: Client, cast: Cast
) -> None:
    theirs = check_in(cast.other_patient, 8, "Theirs.").check_in
    assert theirs is not None
    assert portal.post(CHECK_IN, filled(4, "Mine.", submission=str(theirs.pk))).status_code == 302
    assert (moods_of(cast.patient), moods_of(cast.other_patient)) == ([4], [8])


def test_whoever_never_agreed_is_not_told_that_they_switched_it_off(portal: Client, cast: Cast) -> None:
    stranger = Patient(zone="Europe/London", language="en")
    assert "You have not agreed to keeping check-ins" in fields.readers_of(stranger, at=NOW)[0]
    consent.withdraw(
        patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.KEEP, by=cast.as_patient, at=NOW
    )
    assert "You have switched off keeping check-ins" in html_of(portal, CHECK_IN)

"""Correcting an own check-in: superseded, never overwritten, and nobody else's."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from tests.cast import Cast
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


TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|form_owner)" value="[^"]*"')
"""What is another one in every answer."""


def stored(patient: Patient, mood: int = 4, note: str = "First words.") -> CheckIn:
    made = check_in(patient, mood, note, feelings=("tired",)).check_in
    assert made is not None
    return made


def address(check_in_id: UUID) -> str:
    return f"{CHECK_IN}{check_in_id}/"


def corrected(client: Client, mine: CheckIn, **fields: Any) -> Any:
    return client.post(address(mine.pk), filled(**fields))


def test_the_form_is_filled_with_what_was_saved(portal: Client, cast: Cast) -> None:
    page = html_of(portal, address(stored(cast.patient).pk))
    assert "First words." in page
    assert 'value="4" checked' in page
    assert 'value="tired" checked' in page


def test_a_correction_counts_and_what_was_saved_before_stays(portal: Client, cast: Cast) -> None:
    mine = stored(cast.patient)
    assert corrected(portal, mine, mood=6, note="Better words.")["Location"] == "/my/mood/"
    rows = check_ins_of(cast.patient)
    assert moods_of(cast.patient) == [6]
    assert {row.unseal(cast.ring, "note") for row in rows} == {"First words.", "Better words."}
    assert {row.local_date for row in rows} == {mine.local_date}


def test_another_patients_check_in_does_not_exist_for_me(portal: Client, cast: Cast) -> None:
    theirs = stored(cast.other_patient, note="Private words.")
    for response in (portal.get(address(theirs.pk)), corrected(portal, theirs, mood=1)):
        assert response.status_code == 404
        assert "Private words." not in text_of(response)
    assert moods_of(cast.other_patient) == [4]


def test_a_check_in_that_nobody_made_gives_the_same_answer(portal: Client, cast: Cast) -> None:
    theirs = stored(cast.other_patient)
    answers = [portal.get(address(each)) for each in (uuid4(), theirs.pk)]
    assert [each.status_code for each in answers] == [404, 404]
    assert len({TOKEN.sub("", text_of(each)) for each in answers}) == 1


def test_two_tabs_correct_the_same_check_in_one_after_the_other(portal: Client, cast: Cast) -> None:
    mine = stored(cast.patient)
    for mood in (6, 8):
        assert corrected(portal, mine, mood=mood).status_code == 302
    assert moods_of(cast.patient) == [8]
    assert len(check_ins_of(cast.patient)) == 3


def test_a_correction_sent_twice_counts_once(portal: Client, cast: Cast) -> None:
    mine, form = stored(cast.patient), filled(6)
    for _ in range(2):
        assert portal.post(address(mine.pk), form)["Location"] == "/my/mood/"
    assert len(check_ins_of(cast.patient)) == 2


def test_the_address_of_an_old_version_shows_the_newest_words(portal: Client, cast: Cast) -> None:
    mine = stored(cast.patient)
    corrected(portal, mine, mood=6, note="Newest words.")
    page = html_of(portal, address(mine.pk))
    assert "Newest words." in page
    assert "First words." not in page


def test_with_the_key_store_away_no_empty_form_invites_to_overwrite_words(
    portal: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = stored(cast.patient)
    keys_away(monkeypatch)
    page = html_of(portal, address(mine.pk))
    assert "These words cannot be opened just now" in page
    assert "<textarea" not in page

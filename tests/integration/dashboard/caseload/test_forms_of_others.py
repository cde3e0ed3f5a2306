"""Forms of people who cannot sign in, who read another language, or who live by another clock."""

import datetime as dt

import pytest
from django.test import Client

from clinic.models.assignment import Assignment
from clinic.models.patient import Patient
from clinic.questionnaires.assign import NotAssigned
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.forms import assigned, filled
from tests.pages import get

pytestmark = ROLLED_BACK

LATE = NOW.replace(hour=21, minute=30)


def path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/questionnaires/"


@pytest.fixture
def nobody(cast: Cast) -> None:
    """The record came from elsewhere: nobody can sign in to it."""
    Patient.objects.filter(pk=cast.patient.pk).update(user=None)


@pytest.mark.usefixtures("nobody")
def test_nothing_is_assigned_to_somebody_who_cannot_sign_in_and_the_page_offers_the_invitation(
    treating: Client, cast: Cast
) -> None:
    page = get(treating, path(cast))
    assert "This person cannot sign in yet" in page.words
    assert "keeps their answers to themselves" not in page.words
    assert "Question 9 of the PHQ-9" not in page.words
    with pytest.raises(NotAssigned, match="no account"):
        assigned(cast.patient, cast.treating)
    assert not Assignment.objects.exists()


def test_the_invitation_begins_with_the_record_that_the_page_named(treating: Client, cast: Cast) -> None:
    number = cast.patient.record_number
    assert f'value="{number}"' in treating.get(f"/patients/invite/?record={number}").content.decode()
    assert "<b>" not in treating.get("/patients/invite/?record=<b>").content.decode().split("<form", 1)[1]


def test_an_english_form_of_somebody_who_reads_another_language_does_not_count_as_validated(
    treating: Client, cast: Cast
) -> None:
    own = filled(cast.patient, at=NOW - dt.timedelta(days=9)).response
    assert own is not None
    assert own.validated
    cast.patient.language = "ru"
    cast.patient.save(update_fields=["language"])
    other = filled(cast.patient).response
    assert other is not None
    assert not other.validated
    assert "not this person’s language: not counted as validated" in get(treating, path(cast)).words


def test_a_day_that_is_another_one_there_names_the_clock(treating: Client, cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(zone="Asia/Tashkent")
    cast.patient.refresh_from_db()
    row = filled(cast.patient, at=LATE - dt.timedelta(days=3)).response
    assert row is not None
    assert row.local_date != row.happened_at.date()
    assert "by the clock of Tashkent" in get(treating, path(cast)).words
    one = get(treating, f"{path(cast)}{row.pk}/").words
    assert "in Tashkent" in one
    assert "21:30 in London" in one


def test_who_invites_is_offered_the_languages_for_which_something_is_here(treating: Client) -> None:
    page = treating.get("/patients/invite/").content.decode()
    select = page.split('name="language"', 1)[1].split("</select>", 1)[0]
    assert [code in select for code in ('value="en"', 'value="ru"', 'value="uz"', 'value="und"')] == [
        True
    ] * 4
    assert select.count("<option") == 4
    assert "Joining, consent, plan, messages and questionnaires are in English" in page

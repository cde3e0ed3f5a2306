"""About me: each consent on its own, withdrawing as easy as giving, and what follows at once."""

import re

import pytest
from django.test import Client

from clinic import ai, consent
from clinic.consent_texts import TEXTS
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts
from tests.integration.dashboard.portal.pages import html_of

pytestmark = ROLLED_BACK

ABOUT = "/my/about/"


def turn(client: Client, purpose: str, answer: str) -> None:
    form = {"source": "check_in", "purpose": purpose, "answer": answer}
    response = client.post(ABOUT, form)
    assert (response.status_code, response["Location"]) == (302, ABOUT)


def agreed(cast: Cast) -> set[str]:
    given = ConsentGrant.objects.filter(patient=cast.patient, source=Source.CHECK_IN, withdrawn_at=None)
    return set(given.values_list("purpose", flat=True))


def test_every_switch_has_one_form_with_one_button(portal: Client) -> None:
    page = html_of(portal, ABOUT)
    forms = re.findall(r'<form class="consent".*?</form>', page, re.S)
    assert len(forms) == len(TEXTS)
    assert all(form.count("<button") == 1 and "Switch off" in form for form in forms)


def test_the_switches_stand_under_their_source_with_what_stands_in_words(portal: Client) -> None:
    page = html_of(portal, ABOUT)
    places = [page.index(f"<h3>{source.label}</h3>") for source in Source]
    assert places == sorted(places)
    assert page.count("Kept. Shared with your psychologist. Used for AI readings.") == len(Source)
    turn(portal, "share", "withdraw")
    after = html_of(portal, ABOUT)
    assert "Kept. Not shared with your psychologist. Used for AI readings." in after
    assert len(re.findall(r'class="source"\s+open', after)) == 1
    assert not re.search(r'class="source"\s+open', html_of(portal, ABOUT))


@pytest.mark.parametrize("purpose", [purpose.value for purpose in Purpose])
def test_withdrawing_and_giving_take_one_press_each_and_touch_no_other(
    portal: Client, cast: Cast, purpose: str
) -> None:
    every = {each.value for each in Purpose}
    turn(portal, purpose, "withdraw")
    assert agreed(cast) == every - {purpose}
    turn(portal, purpose, "give")
    assert agreed(cast) == every


@pytest.mark.parametrize("purpose", ["share", "ai_readings"])
def test_withdrawing_what_drafts_rest_on_withdraws_the_open_drafts(
    portal: Client, cast: Cast, purpose: str
) -> None:
    open_drafts(cast.patient, cast.treating)
    turn(portal, purpose, "withdraw")
    states = Suggestion.objects.filter(patient=cast.patient).values_list("state", flat=True)
    assert set(states) == {"withdrawn"}


def test_withdrawing_what_drafts_do_not_rest_on_leaves_them_open(portal: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    turn(portal, "keep", "withdraw")
    states = Suggestion.objects.filter(patient=cast.patient).values_list("state", flat=True)
    assert set(states) == {"open"}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"source": "check_in", "purpose": "everything", "answer": "give"},
        {"source": "check_in", "purpose": "share", "answer": "perhaps"},
    ],
)
def test_an_answer_that_names_no_switch_changes_nothing(
    portal: Client, cast: Cast, form: dict[str, str]
) -> None:
    before = agreed(cast)
    assert portal.post(ABOUT, form).status_code == 302
    assert agreed(cast) == before


def test_looking_at_the_page_changes_nothing(portal: Client, cast: Cast) -> None:
    before = agreed(cast)
    html_of(portal, f"{ABOUT}?source=check_in&purpose=share&answer=withdraw")
    assert agreed(cast) == before


def test_whether_the_clinic_stopped_ai_is_said(portal: Client, cast: Cast) -> None:
    assert "Nobody at the clinic has stopped AI." in html_of(portal, ABOUT)
    ai.stop(patient=cast.patient, by=cast.treating, at=NOW)
    assert "The clinic stopped AI for you" in html_of(portal, ABOUT)
    ai.stop(patient=None, by=cast.administrator, at=NOW)
    assert "The clinic stopped all AI" in html_of(portal, ABOUT)


@pytest.mark.parametrize(("code", "name"), [("uz", "Uzbek"), ("tzm", "tzm")])
def test_the_language_is_named_and_one_that_is_not_known_shows_its_code(
    portal: Client, cast: Cast, code: str, name: str
) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(language=code)
    assert f"<dd>{name}</dd>" in html_of(portal, ABOUT)


def test_another_patients_ai_stop_is_not_told(portal: Client, cast: Cast) -> None:
    ai.stop(patient=cast.other_patient, by=cast.other_psychologist, at=NOW)
    assert "Nobody at the clinic has stopped AI." in html_of(portal, ABOUT)


def test_consent_is_given_by_the_patient_who_pressed(portal: Client, cast: Cast) -> None:
    turn(portal, "share", "withdraw")
    grant = ConsentGrant.objects.get(patient=cast.patient, source=Source.CHECK_IN, purpose=Purpose.SHARE)
    assert grant.withdrawn_by == cast.patient.user
    assert agreed_of_the_other(cast) == {each.value for each in Purpose}


def agreed_of_the_other(cast: Cast) -> set[str]:
    return {
        purpose.value
        for purpose in Purpose
        if consent.agreed(cast.other_patient, source=Source.CHECK_IN, purpose=purpose)
    }

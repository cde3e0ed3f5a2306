"""Facts that are marked with an activity: on the record's page, the patient's page and the page of a draft."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic.activities import Mark, Verdict
from clinic.fact_rows import NewFact
from clinic.models.profile import Origin, ProfileFact, Topic
from recommendations import permissions, pipeline
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_ins, open_drafts, screened
from tests.pages import get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


def sent(client: Client, path: str, **fields: str) -> tuple[int, str]:
    answer = client.post(path, {"submission": str(uuid4()), **fields})
    return answer.status_code, answer.content.decode()


@pytest.fixture
def profile_path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/profile/"


def test_staff_mark_a_fact_and_the_waiting_draft_goes_with_the_same_act(
    treating: Client, cast: Cast, profile_path: str
) -> None:
    open_drafts(cast.patient, cast.treating)
    fields = {"topic": "helps", "words": "Walks end in pain", "activity": "walking", "verdict": "no-help"}
    assert sent(treating, profile_path, act="record", **fields)[0] == 302
    assert set(Suggestion.objects.filter(state="open").values_list("code", flat=True)) == {
        "behavioural_activation"
    }
    assert "Walks end in pain Walking: It did not help" in get(treating, profile_path).words


@pytest.mark.parametrize(
    ("half", "error"),
    [
        ({"activity": "walking"}, "Say how it is with this activity"),
        ({"verdict": "helped"}, "Choose the activity that this is about."),
    ],
)
def test_half_a_mark_comes_back_with_the_words_and_nothing_is_stored(
    treating: Client, profile_path: str, half: dict[str, str], error: str
) -> None:
    status, body = sent(treating, profile_path, act="record", topic="helps", words="Walks", **half)
    assert status == 422
    assert error in body
    assert "Walks</textarea>" in body
    assert not ProfileFact.objects.exists()


def test_a_correction_carries_the_mark_changes_it_and_takes_it_away(
    treating: Client, cast: Cast, profile_path: str
) -> None:
    fact = NewFact(
        topic=Topic.HELPS, origin=Origin.STAFF, words="…", code=Mark("walking", Verdict.LIKED).code
    )
    row = permissions.record_fact(patient=cast.patient, fact=fact, by=cast.treating, at=NOW)
    form = treating.get(profile_path).content.decode()
    assert '<option value="walking" selected>' in form
    sent(
        treating,
        profile_path,
        act="correct",
        fact=str(row.pk),
        words="…",
        activity="walking",
        verdict="helped",
    )
    row = ProfileFact.objects.get(supersedes=row)
    assert row.code == Mark("walking", Verdict.HELPED).code
    sent(treating, profile_path, act="correct", fact=str(row.pk), words="…", activity="", verdict="")
    assert ProfileFact.objects.get(supersedes=row).code == ""


def test_the_code_of_another_system_is_kept_whatever_a_correction_says(
    treating: Client, cast: Cast, profile_path: str
) -> None:
    fact = NewFact(
        topic=Topic.DIAGNOSIS, origin=Origin.STAFF, words="Asthma", code="http://snomed.info/sct|195967001"
    )
    row = permissions.record_fact(patient=cast.patient, fact=fact, by=cast.treating, at=NOW)
    sent(
        treating,
        profile_path,
        act="correct",
        fact=str(row.pk),
        words="…",
        activity="walking",
        verdict="helped",
    )
    assert ProfileFact.objects.get(supersedes=row).code == "http://snomed.info/sct|195967001"


def test_a_patient_marks_their_own_words_and_reads_what_follows_from_it(cast: Cast) -> None:
    me = signed_in(Client(), cast.as_patient)
    page = get(me, "/my/about/profile/").words
    assert "what helps you comes first, and what does not, or what you do not want, is left out" in page
    fields = {"topic": "helps", "note": "By the water", "activity": "walking", "verdict": "helped"}
    assert sent(me, "/my/about/profile/", **fields)[0] == 302
    assert "By the water Walking: It helps me" in get(me, "/my/about/profile/").words


def test_half_a_mark_of_a_patient_is_asked_back_and_words_of_danger_in_it_are_read(cast: Cast) -> None:
    me = signed_in(Client(), cast.as_patient)
    fields = {"topic": "helps", "note": "I want to kill myself", "activity": "walking"}
    _status, body = sent(me, "/my/about/profile/", **fields)
    assert "Say how it is with it" in body
    assert "What was passed on" in body
    assert not ProfileFact.objects.exists()


def test_the_draft_says_that_it_was_chosen_because_it_helped_and_for_which_rule(
    treating: Client, cast: Cast
) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    fact = NewFact(
        topic=Topic.HELPS, origin=Origin.PATIENT, words="…", code=Mark("people", Verdict.HELPED).code
    )
    permissions.record_fact(patient=cast.patient, fact=fact, by=cast.as_patient, at=NOW)
    pipeline.score([cast.patient.pk], at=NOW)
    draft = Suggestion.objects.get(code="social_contact")
    words = get(treating, f"/patients/{cast.patient.record_number}/drafts/{draft.pk}/").words
    day = f"{NOW.day} {NOW:%B} {NOW.year}"
    assert f"Being with people has helped before (said by the person, {day}). Profile, " in words
    assert "strong weight" in words
    assert "In the last 14 days, check-ins on at least 4 days lie below the usual range." in words
    assert "The newest PHQ-9 or PHQ-8 total is 10 or more." not in words
    assert "The words of the profile: only what its facts are marked with is read." in words

"""The own caseload and its search."""

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic.actor import Actor
from clinic.models.consent import Purpose, Source
from recommendations import permissions, pipeline
from recommendations.words import draft_words
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_ins, open_drafts
from tests.pages import get, post

pytestmark = ROLLED_BACK


def test_the_caseload_shows_who_how_it_goes_and_every_open_draft(treating: Client, cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    page = get(treating, "/patients/")
    assert "1 person is in your care." in page.words
    assert f"Amara Nwosu 34 · {cast.patient.record_number}" in page.words
    assert "Likely worse" in page.words
    for draft in drafts:
        assert f"/drafts/{draft.pk}/" in page.html
        assert draft_words(draft, cast.ring).title in page.words
    assert "Henrik" not in page.words
    assert AuditEntry.objects.filter(action="caseload_opened").count() == 1


@pytest.mark.parametrize("query", ["ama", "NWO", "nwosu am", "Amara Nwosu", "ámara"])
def test_a_name_is_found_by_its_beginnings_whatever_case_and_accents(
    treating: Client, cast: Cast, query: str
) -> None:
    patient_of(cast.treating, "Tomasz Wieczorek", sign_in_name="tomasz")
    page = post(treating, "/patients/", {"q": query})
    assert "Amara Nwosu" in page.words
    assert "Tomasz" not in page.words


def test_a_record_number_is_found_by_its_beginning(treating: Client, cast: Cast) -> None:
    assert "Amara Nwosu" in post(treating, "/patients/", {"q": cast.patient.record_number[:6].lower()}).words


@pytest.mark.parametrize("query", ["wosu", "henrik", "zzz", "<script>"])
def test_what_does_not_begin_like_that_in_the_own_caseload_is_not_found(
    treating: Client, cast: Cast, query: str
) -> None:
    page = post(treating, "/patients/", {"q": query})
    assert "Nobody in your care begins like that" in page.words
    assert "<script>" not in page.html.split('name="q"')[-1][:60]


def test_a_person_of_another_caseload_is_not_found_by_number(treating: Client, cast: Cast) -> None:
    page = post(treating, "/patients/", {"q": cast.other_patient.record_number})
    assert "Henrik" not in page.words


def test_somebody_without_patients_is_told_what_comes_first(cast: Cast, outsider: Client) -> None:
    from clinic import access
    from clinic.actor import SOFTWARE
    from clinic.models.care import CareRelationship

    care = CareRelationship.objects.get(patient=cast.other_patient)
    access.end_care(care=care, by=SOFTWARE, at=NOW)
    assert "Nobody is in your care yet" in get(outsider, "/patients/").words


def test_check_ins_that_are_not_shared_are_not_drawn(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    assert 'class="spark"' in get(treating, "/patients/").html
    permissions.withdraw_consent(
        patient=cast.patient,
        source=Source.CHECK_IN,
        purpose=Purpose.SHARE,
        by=Actor(cast.patient.user, "patient"),
        at=NOW,
    )
    page = get(treating, "/patients/")
    assert 'class="spark"' not in page.html
    assert "Not shared" in page.words
    assert "Check-ins are not shared" in page.words
    assert "Likely worse" not in page.words


def test_too_little_data_says_why_there_is_no_reading(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient, [5, 5, 5])
    pipeline.score([cast.patient.pk], at=NOW, history=True)
    page = get(treating, "/patients/")
    assert "Fewer than 5 days with a check-in in the last 14." in page.words
    assert "Little data" in page.words


def test_a_long_caseload_stands_on_pages_by_name(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.caseload import patients

    for name in ("Zoe Abara", "Bo Lind", "Cai Wu"):
        patient_of(cast.treating, name, sign_in_name=name.lower().replace(" ", "-"))
    monkeypatch.setattr(patients, "PAGE", 2)
    first, second = get(treating, "/patients/"), get(treating, "/patients/?from=3")
    assert "1 to 2 of 4, by name" in first.words
    assert "Amara Nwosu" in first.words
    assert "Zoe Abara" not in first.words
    assert "Zoe Abara" in second.words
    assert "1 to 2 of 4" in get(treating, "/patients/?from=99999999999").words


def test_no_beginning_of_a_name_stands_in_an_address(treating: Client, cast: Cast) -> None:
    page = get(treating, "/patients/")
    assert page.form("/patients/").method == "post"
    assert "Amara Nwosu" in get(treating, "/patients/?q=zzz").words

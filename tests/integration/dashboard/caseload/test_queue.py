"""The review queue: safety first, then the own drafts, oldest first, and one sentence of truth."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEntry
from clinic import keys
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.safety import alerts
from recommendations import permissions
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.words import draft_words
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.integration.dashboard.caseload.conftest import More
from tests.pages import get
from tests.routes import routes
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    """The open drafts of the patient of the cast."""
    return open_drafts(cast.patient, cast.treating)


def test_every_own_draft_is_a_row_with_its_words_and_its_measured_change(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    page = get(treating, "/queue/")
    assert f"{len(drafts)} AI drafts for 1 patient." in page.words
    assert all(draft_words(draft, cast.ring).title in page.words for draft in drafts)
    assert "check-in days below usual; lowest day 2, usual 6." in page.words
    assert "Likely worse" in page.words
    assert page.html.count('class="spark"') == len(drafts)


@pytest.mark.parametrize("path", ["/queue/", "/patients/"])
def test_a_name_that_was_changed_in_the_database_closes_no_page_of_the_others(
    treating: Client, cast: Cast, drafts: list[Suggestion], path: str
) -> None:
    other, _ring = patient_of(cast.treating, "Leila Haddad", sign_in_name="leila")
    open_drafts(other, cast.treating)
    Patient.objects.filter(pk=cast.patient.pk).update(name=bytes(40))
    page = get(treating, path)
    assert page.status == 200
    assert "Leila Haddad" in page.words


def test_drafts_of_others_are_not_in_it(outsider: Client, cast: Cast, drafts: list[Suggestion]) -> None:
    page = get(outsider, "/queue/")
    assert "Amara Nwosu" not in page.words
    assert cast.patient.record_number not in page.words
    assert "No drafts are waiting for you" in page.words


def test_it_begins_with_the_oldest_and_says_what_is_late(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    Clinic.objects.update(waiting_aim_hours=12)
    page = get(treating, "/queue/")
    oldest = min(drafts, key=lambda each: (each.waiting_since, each.pk))
    start = page.html.index("Start with the oldest")
    assert f"/drafts/{oldest.pk}/" in page.html[start - 300 : start]
    assert "the team aims for 12 hours" in page.words
    assert page.html.count('<span class="late">') == len(drafts)
    Clinic.objects.update(waiting_aim_hours=72)
    assert '<span class="late">' not in get(treating, "/queue/").html


def test_opening_the_queue_is_one_entry_in_the_log_however_many_rows(
    treating: Client, drafts: list[Suggestion]
) -> None:
    get(treating, "/queue/")
    assert AuditEntry.objects.filter(action="queue_opened").count() == 1
    assert not AuditEntry.objects.filter(action__in=["draft_opened", "record_opened"]).exists()


def test_signed_today_counts_own_signatures_of_the_clinics_day(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    approved(drafts[0], cast.treating, at=NOW)
    assert "Signed today 0" in get(treating, "/queue/").words, "that was yesterday"
    approved(drafts[1], cast.treating, at=NOW + dt.timedelta(days=1, minutes=-1))


def test_the_pages_hold_every_draft_once_in_the_order_of_waiting(
    treating: Client, drafts: list[Suggestion], more: More, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.caseload import queue

    more(3)
    monkeypatch.setattr(queue, "PAGE", 3)
    path, found = "/queue/", []
    while path:
        page = get(treating, path)
        found += [
            line.split("/drafts/")[1][:36] for line in page.html.split('class="table__draft" href="')[1:]
        ]
        later = page.html.split('rel="next"')[0].rsplit('href="', 1)[-1] if 'rel="next"' in page.html else ""
        path = later.split('"')[0]
    expected = Suggestion.objects.filter(state="open").order_by("waiting_since", "id")
    assert found == [str(draft.pk) for draft in expected]


@pytest.mark.parametrize("after", ["", "not-an-id", "6a0e5c1e-6c5e-4bb4-9a57-0d7b1f6d3f10"])
def test_an_address_that_means_no_draft_answers_404(treating: Client, after: str) -> None:
    assert get(treating, f"/queue/?after={after}").status == 404


def test_an_alert_of_a_stranger_shows_record_number_time_and_level_and_no_name(
    outsider: Client, cast: Cast
) -> None:
    alerts.notice(patient=cast.patient, text="I want to die", submission=uuid4(), at=NOW)
    page = get(outsider, "/queue/")
    assert cast.patient.record_number in page.words
    assert "Amara" not in page.html
    assert "want to die" not in page.html
    assert "Open and take it" in page.words


def test_an_alert_of_the_own_caseload_names_the_patient_and_stands_before_the_drafts(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    alerts.notice(patient=cast.patient, text="I want to die", submission=uuid4(), at=NOW)
    page = get(treating, "/queue/")
    assert page.html.index('id="safety-lane"') < page.html.index("table--queue")
    assert "want to die" not in page.html, "what was said stands on the alert's own page"
    assert page.html.count("Amara Nwosu") > len(drafts)


def test_taking_an_alert_shows_its_name(outsider: Client, cast: Cast) -> None:
    alert = alerts.notice(patient=cast.patient, text="I want to die", submission=uuid4(), at=NOW).alert
    assert alert is not None
    alerts.take(alert=alert, by=cast.other_psychologist, at=NOW)
    assert "Amara Nwosu" in get(outsider, "/queue/").words


def test_scoring_that_is_late_is_said_and_greys_the_readings(
    treating: Client, drafts: list[Suggestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    from recommendations import readings

    assert "Last scored today" in get(treating, "/queue/").words
    old = MoodReading.objects.latest("pk").recorded_at - dt.timedelta(days=2)
    monkeypatch.setattr(readings, "newest_at", lambda: old)
    page = get(treating, "/queue/")
    assert "The nightly run has not finished." in page.words
    assert "reading--stale" in page.html


def test_with_ai_stopped_for_everybody_the_queue_is_empty(
    treating: Client, cast: Cast, drafts: list[Suggestion]
) -> None:
    permissions.stop_ai(patient=None, by=cast.administrator, at=NOW)
    page = get(treating, "/queue/")
    assert "No drafts are waiting for you" in page.words
    assert "AI is switched off for everybody" in page.words
    assert draft_words(drafts[0], cast.ring).title not in page.words


def test_with_the_key_store_away_alerts_can_still_be_taken(
    treating: Client, cast: Cast, drafts: list[Suggestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts.notice(patient=cast.patient, text="I want to die", submission=uuid4(), at=NOW)

    def away(_ids: object) -> None:
        raise keys.KeysUnavailable("The key store does not answer.")

    monkeypatch.setattr(keys, "ring", away)
    page = get(treating, "/queue/")
    assert page.status == 200
    assert "The key store does not answer" in page.words
    assert "Open and take it" in page.words
    assert "Amara" not in page.html


def test_only_psychologists_have_a_queue(cast: Cast) -> None:
    for actor in (cast.administrator, cast.as_patient):
        assert get(signed_in(Client(), actor), "/queue/").status == 404


DECIDES = re.compile(r'<form[^>]*action="[^"]*/drafts/|type="checkbox"')


@pytest.mark.parametrize("path", ["/queue/", "/patients/"])
def test_no_list_decides_about_a_draft(treating: Client, drafts: list[Suggestion], path: str) -> None:
    html = get(treating, path).html
    assert all(f"/drafts/{draft.pk}/" in html for draft in drafts)
    assert not DECIDES.search(html)


def test_a_page_that_decides_would_be_seen(treating: Client, drafts: list[Suggestion]) -> None:
    address = f"/patients/{drafts[0].patient.record_number}/drafts/{drafts[0].pk}/"
    assert DECIDES.search(get(treating, address).html)


def test_every_address_that_decides_takes_one_draft() -> None:
    deciding = [route for route in routes() if route.name in {"draft-sign", "draft-reject", "draft-edit"}]
    assert len(deciding) == 3
    assert all(route.parameters == ["ref", "draft"] for route in deciding)
    assert all("<uuid:draft>" in route.pattern for route in deciding)

"""The safety list: everybody sees that somebody waits, the care team sees who."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from clinic import access, clock, keys
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel
from tests.answering import closed
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import raised, taken, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

LANE = "/safety/"
NAME = "Amara Nwosu"


def lane_of(client: Client) -> str:
    return text_of(client.get(LANE))


def part(page: str, begin: str, end: str) -> str:
    return page.split(f'id="{begin}"')[1].split(f'id="{end}"', maxsplit=1)[0]


@pytest.mark.parametrize("path", [LANE, "/safety/{}/", "/safety/{}/take/", "/safety/{}/close/"])
def test_for_administrators_and_patients_the_safety_pages_do_not_exist(cast: Cast, path: str) -> None:
    alert = raised(cast.patient)
    for actor in (cast.administrator, cast.as_patient):
        client = signed_in(Client(), actor)
        assert client.get(path.format(alert.pk)).status_code == 404
        assert client.post(path.format(alert.pk)).status_code == 404
    alert.refresh_from_db()
    assert alert.taken_by is None


def test_outside_the_care_team_an_alert_is_number_time_and_level(outsider: Client, cast: Cast) -> None:
    raised(cast.patient, AlertLevel.EMERGENCY)
    page = lane_of(outsider)
    assert cast.patient.record_number in page
    assert "Emergency" in page
    assert "09:00" in page
    assert NAME not in page


def test_in_the_care_team_the_alert_has_a_name(treating: Client, cast: Cast) -> None:
    raised(cast.patient)
    assert NAME in lane_of(treating)


def test_a_list_that_asked_nobody_about_care_would_show_the_name(
    outsider: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(cast.patient)
    monkeypatch.setattr(access, "records", lambda user, *, at, right: Patient.objects.all())
    assert NAME in lane_of(outsider)


def test_the_gravest_stands_first_and_of_equals_the_oldest(treating: Client, cast: Cast) -> None:
    for name, level, minutes in (
        ("Newer Urgent", AlertLevel.URGENT, 5),
        ("Older Urgent", AlertLevel.URGENT, 50),
        ("New Emergency", AlertLevel.EMERGENCY, 1),
    ):
        patient, _ring = patient_of(cast.treating, name, sign_in_name=name.replace(" ", "-").lower())
        raised(patient, level, at=clock.now() - dt.timedelta(minutes=minutes))
    page = part(lane_of(treating), "waiting", "concerns")
    places = [page.index(name) for name in ("New Emergency", "Older Urgent", "Newer Urgent")]
    assert places == sorted(places)
    assert "50 minutes" in page


def test_a_concern_stands_in_a_list_of_its_own(treating: Client, cast: Cast) -> None:
    raised(cast.patient, AlertLevel.CONCERN)
    page = lane_of(treating)
    assert NAME in part(page, "concerns", "taken")
    assert NAME not in part(page, "waiting", "concerns")


def test_a_taken_alert_says_by_whom_and_since_when(outsider: Client, cast: Cast) -> None:
    taken(raised(cast.patient), cast.treating, at=NOW + dt.timedelta(minutes=7))
    page = lane_of(outsider).split('id="taken"')[1]
    assert "Taken by Dr Maya Okonkwo" in page
    assert "09:07" in page
    assert "Open and take it" not in page


def test_closed_today_tells_the_outcome_to_the_care_team_only(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    closed(alert, cast.treating, at=clock.now())
    assert "Spoke with the person" in lane_of(treating)
    page = lane_of(outsider)
    assert cast.patient.record_number in page
    assert "Spoke with the person" not in page


def test_an_alert_that_was_closed_yesterday_is_not_listed(treating: Client, cast: Cast) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    closed(alert, cast.treating)
    assert cast.patient.record_number not in lane_of(treating)


def test_nobody_sees_an_alert_about_themselves(outsider: Client, cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(user=cast.other_psychologist.user)
    alert = raised(cast.patient)
    assert cast.patient.record_number not in lane_of(outsider)
    assert outsider.get(f"/safety/{alert.pk}/").status_code == 404
    assert outsider.post(f"/safety/{alert.pk}/take/").status_code == 404


def test_with_the_key_store_down_the_list_still_shows_who_waits(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(cast.patient)

    def away(patient_ids: object) -> keys.Ring:
        raise keys.KeysUnavailable("away")

    monkeypatch.setattr(keys, "ring", away)
    assert cast.patient.record_number in lane_of(treating)


def test_opening_the_list_is_one_entry_whatever_it_holds(treating: Client, cast: Cast) -> None:
    raised(cast.patient)
    raised(cast.other_patient)
    before = AuditEntry.objects.count()
    lane_of(treating)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.record_number, entry.facts) == ("safety_opened", "", {"open": 2})


def test_the_list_costs_as_many_queries_for_many_alerts_as_for_one(treating: Client, cast: Cast) -> None:
    raised(cast.patient)
    lane_of(treating)
    with CaptureQueriesContext(connection) as one:
        lane_of(treating)
    for number in range(12):
        patient, _ring = patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")
        raised(patient)
    with CaptureQueriesContext(connection) as many:
        lane_of(treating)
    assert len(many) == len(one) <= 37


def test_one_person_is_one_line_with_the_number_of_their_further_alerts(treating: Client, cast: Cast) -> None:
    raised(cast.patient, AlertLevel.EMERGENCY)
    for _ in range(2):
        raised(cast.patient)
    page = part(lane_of(treating), "waiting", "concerns")
    assert page.count("Open and take it") == 1
    assert "2 more alerts of this person" in page
    assert "Emergency" in page


@pytest.mark.parametrize("path", [LANE, "/queue/"])
def test_ten_alerts_of_one_person_never_hide_those_of_seven_others(
    treating: Client, cast: Cast, path: str
) -> None:
    for _ in range(10):
        raised(cast.patient, AlertLevel.EMERGENCY)
    for number in range(7):
        patient, _ring = patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")
        raised(patient)
    page = text_of(treating.get(path))
    assert all(f"Person {number}" in page for number in range(7))

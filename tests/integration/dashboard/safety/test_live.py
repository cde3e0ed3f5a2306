"""What an open screen asks every three seconds: few facts, no names, one query, and an idle session still ends."""

import datetime as dt
import re
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from clinic import clock
from clinic.models.patient import Patient
from clinic.models.safety import AlertLevel
from clinic.safety import answering, waiting
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import WORDS, raised, taken, text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

LIVE = "/safety/live/"


def test_it_counts_what_waits_and_names_nobody(treating: Client, outsider: Client, cast: Cast) -> None:
    assert treating.get(LIVE).json()["waiting"] == 0
    raised(cast.patient, AlertLevel.CONCERN)
    raised(cast.patient, at=NOW)
    newest = raised(cast.patient, AlertLevel.EMERGENCY, at=NOW + dt.timedelta(minutes=1))
    answer = treating.get(LIVE)
    found = answer.json()
    assert (found["waiting"], found["gravest"], found["newest"]) == (1, "Emergency", str(newest.pk))
    assert found["since"] == NOW.isoformat()
    assert (found["mine"], outsider.get(LIVE).json()["mine"]) == (True, False)
    text = answer.content.decode()
    assert [each for each in ("Amara", cast.patient.record_number, WORDS) if each in text] == []


def test_one_person_rings_once_and_again_for_a_graver_level_alone(treating: Client, cast: Cast) -> None:
    def calls() -> str:
        found: str = treating.get(LIVE).json()["newest"]
        return found

    first = raised(cast.patient)
    raised(cast.patient)
    assert calls() == str(first.pk)
    graver = raised(cast.patient, AlertLevel.EMERGENCY)
    raised(cast.patient)
    assert calls() == str(graver.pk)
    raised(cast.patient, AlertLevel.EMERGENCY)
    assert calls() == str(graver.pk)
    other = raised(cast.other_patient)
    assert calls() == str(other.pk)
    assert treating.get(LIVE).json()["waiting"] == 2


def test_the_number_is_the_same_in_the_navigation_the_lane_and_the_line(treating: Client, cast: Cast) -> None:
    for _ in range(3):
        raised(cast.patient, AlertLevel.EMERGENCY)
        raised(cast.other_patient)
    raised(cast.other_patient, AlertLevel.CONCERN)
    page = text_of(treating.get("/safety/"))
    assert "2 people wait for somebody." in page
    assert re.search(r"data-live-count[^>]*>2<", page)
    assert treating.get(LIVE).json()["calls"][0]["words"].startswith("2 people wait for somebody")


def test_nobody_is_counted_to_themselves(outsider: Client, cast: Cast) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(user=cast.other_psychologist.user)
    raised(cast.patient)
    assert outsider.get(LIVE).json()["waiting"] == 0
    assert re.search(r"data-live-count hidden>0<", text_of(outsider.get("/safety/")))


def test_only_an_emergency_that_was_hidden_comes_back(treating: Client, cast: Cast) -> None:
    raised(cast.patient)
    assert treating.get(LIVE).json()["calls"][0]["back"] == 0
    raised(cast.patient, AlertLevel.EMERGENCY)
    assert treating.get(LIVE).json()["calls"][0]["back"] == 300


def test_one_that_somebody_has_taken_no_longer_waits(treating: Client, cast: Cast) -> None:
    taken(raised(cast.patient), cast.other_psychologist)
    assert treating.get(LIVE).json()["calls"] == []


def test_an_attempt_that_is_due_again_comes_up_for_its_owner_and_for_nobody_else(
    treating: Client, outsider: Client, cast: Cast
) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    then = NOW + dt.timedelta(minutes=15)
    answering.not_reached(alert=alert, submission=uuid4(), retry_at=then, note="", by=cast.treating, at=NOW)
    found = treating.get(LIVE).json()
    assert (found["due"], found["calls"][0]["url"]) == (1, f"/safety/{alert.pk}/")
    assert outsider.get(LIVE).json()["due"] == 0


def test_whoever_is_handed_an_alert_sees_it_at_once(treating: Client, outsider: Client, cast: Cast) -> None:
    alert = taken(raised(cast.patient), cast.treating)
    colleague = cast.other_psychologist.user
    assert colleague is not None
    answering.to_colleague(
        alert=alert,
        submission=uuid4(),
        receiver=colleague,
        note="She knows you from last year.",
        by=cast.treating,
        at=NOW,
    )
    assert outsider.get(LIVE).json()["due"] == 1


def test_the_same_again_is_304_and_anything_new_is_not(treating: Client, cast: Cast) -> None:
    tag = treating.get(LIVE)["ETag"]
    again = treating.get(LIVE, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    raised(cast.patient)
    assert treating.get(LIVE, headers={"if-none-match": tag}).status_code == 200


def test_asking_is_one_query_whatever_waits(cast: Cast) -> None:
    assert cast.treating.user is not None
    for _ in range(5):
        raised(cast.patient)
        raised(cast.other_patient)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert waiting.now_waiting(cast.treating.user, at=clock.now()).waiting is not None
    assert len(queries) == 1


def test_it_neither_keeps_an_idle_session_alive_nor_writes_into_the_log(treating: Client, cast: Cast) -> None:
    session = treating.session
    Session.objects.filter(pk=session.session_key).update(expire_date=clock.now() + dt.timedelta(seconds=40))
    before = AuditEntry.objects.count(), Session.objects.get(pk=session.session_key).expire_date
    answer = treating.get(LIVE)
    assert answer.status_code == 200
    assert not answer.cookies
    assert (AuditEntry.objects.count(), Session.objects.get(pk=session.session_key).expire_date) == before


def test_a_page_that_is_opened_does_keep_it_alive(treating: Client, cast: Cast) -> None:
    """The twin: what the test above looks at can change."""
    key = treating.session.session_key
    Session.objects.filter(pk=key).update(expire_date=clock.now() + dt.timedelta(seconds=40))
    before = Session.objects.get(pk=key).expire_date
    treating.get("/safety/")
    assert Session.objects.get(pk=key).expire_date > before


def test_an_ended_session_is_told_so(cast: Cast) -> None:
    client = signed_in(Client(), cast.treating)
    client.session.delete()
    assert client.get(LIVE).json() == {"ended": True}

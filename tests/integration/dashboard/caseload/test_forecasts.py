"""The days ahead on a clinician's page: there with enough data and AI, gone without, and never before a patient."""

import datetime as dt

import pytest
from django.test import Client

from clinic.models.consent import Purpose, Source
from dashboard.caseload.happenings import happenings
from recommendations import permissions, pipeline, publications, standing
from recommendations.forecasts import RELEASE, days_ahead
from recommendations.models.release import ModelRelease
from recommendations.scoring.forecast_release import FORECAST_1
from tests.cast import NOW, Cast
from tests.database import COMMITTED, ROLLED_BACK
from tests.factories import check_ins
from tests.pages import get
from tests.sign_in import signed_in

FORETOLD = "AI forecast, clinicians only"


def words(client: Client, cast: Cast) -> str:
    return get(client, f"/patients/{cast.patient.record_number}/?range=4w").words


@ROLLED_BACK
def test_it_stands_with_its_release_and_how_often_it_is_right(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient)
    pipeline.score([cast.patient.pk], at=NOW, history=True)
    found = words(treating, cast)
    assert FORETOLD in found
    assert f"{RELEASE}, from check-ins of the last 8 weeks" in found
    assert "range: 8 times in 10" in get(treating, f"/patients/{cast.patient.record_number}/").html


@ROLLED_BACK
def test_its_release_is_registered_before_a_page_can_show_one(cast: Cast) -> None:
    check_ins(cast.patient)
    pipeline.score([cast.patient.pk], at=NOW)
    assert ModelRelease.objects.get(name="forecast-1").digest == FORECAST_1.digest.hex()


@ROLLED_BACK
@pytest.mark.parametrize("ended_by", ["consent", "stop"])
def test_without_ai_there_is_none(treating: Client, cast: Cast, ended_by: str) -> None:
    check_ins(cast.patient)
    pipeline.score([cast.patient.pk], at=NOW, history=True)
    if ended_by == "stop":
        permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    else:
        permissions.withdraw_consent(
            patient=cast.patient,
            source=Source.CHECK_IN,
            purpose=Purpose.AI_READINGS,
            by=cast.as_patient,
            at=NOW,
        )
    assert FORETOLD not in words(treating, cast)


@ROLLED_BACK
def test_with_thirteen_days_there_is_none(treating: Client, cast: Cast) -> None:
    check_ins(cast.patient, [6] * 13)
    pipeline.score([cast.patient.pk], at=NOW, history=True)
    assert FORETOLD not in words(treating, cast)


@COMMITTED
def test_no_patient_sees_one(cast: Cast) -> None:
    check_ins(cast.patient)
    pipeline.score([cast.patient.pk], at=NOW, history=True)
    me = signed_in(Client(), cast.as_patient)
    for path in ("/my/", "/my/mood/", "/my/plan/", "/my/about/"):
        html = get(me, path).html
        assert "orecast" not in html
        assert '"dash"' not in html


def test_days_after_today_and_before_the_window_change_nothing() -> None:
    today = dt.date(2026, 11, 23)
    moods = [(today - dt.timedelta(days=ago), 6.0 + ago % 3) for ago in range(40)]
    late = [*moods, (today + dt.timedelta(days=1), 0.0), (today - dt.timedelta(days=400), 0.0)]
    assert days_ahead(moods, today=today) == days_ahead(late, today=today)
    assert [each.day for each in days_ahead(moods, today=today)][-1] == today + dt.timedelta(days=7)


@ROLLED_BACK
def test_what_happened_comes_from_what_the_page_has_loaded(cast: Cast) -> None:
    permissions.stop_ai(patient=cast.patient, by=cast.treating, at=NOW)
    permissions.withdraw_consent(
        patient=cast.patient, source=Source.DEVICE, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )
    released = publications.for_staff(cast.patient, cast.ring, at=NOW)
    found = happenings(standing.of_patient(cast.patient), released, [], zone="Europe/London")
    full = " ".join(each.full for each in found)
    assert "AI stopped for this person" in full
    assert "Sleep and activity: not shared" in full
    assert "Sleep and activity: shared" in full
    assert {each.short for each in found} == {"AI stopped", "Consent changed"}

"""The administrator's figures of the alerts: they equal the database, and name nobody."""

import csv
from collections import Counter
from io import StringIO

import pytest
from django.test import Client

from clinic.models.clinic import Clinic
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety import alerts
from tests.answering import closed
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

DAYS = {"reassess_high_days": "5", "reassess_moderate_days": "10", "reassess_low_days": "30"}


@pytest.fixture
def administrator(cast: Cast) -> Client:
    """The administrator of the cast."""
    return signed_in(Client(), cast.administrator)


def some_alerts(cast: Cast) -> None:
    for patient, words in (
        (cast.patient, "I want to kill myself tonight"),
        (cast.patient, "I am going to hurt my daughter"),
        (cast.other_patient, "I do not want to be here any more."),
    ):
        check_in(patient, 2, words)
    first = SafetyAlert.objects.filter(patient=cast.patient).order_by("pk")[0]
    closed(alerts.take(alert=first, by=cast.treating, at=NOW), cast.treating, AlertOutcome.NO_DANGER)


def downloaded(client: Client) -> tuple[str, list[dict[str, str]]]:
    response = client.get("/manage/safety/alerts.csv")
    text = b"".join(response).decode()
    return text, list(csv.DictReader(StringIO(text)))


def test_the_csv_equals_the_database_and_names_nobody(administrator: Client, cast: Cast) -> None:
    some_alerts(cast)
    text, rows = downloaded(administrator)
    stored = Counter(
        (category, alert.get_level_display().lower(), alert.outcome or "open")
        for alert in SafetyAlert.objects.all()
        for category in ["every", *alert.categories]
    )
    found = Counter({(row["category"], row["level"], row["outcome"]): int(row["alerts"]) for row in rows})
    assert found == stored
    assert (
        sum(int(row["alerts"]) for row in rows if row["category"] == "every") == SafetyAlert.objects.count()
    )
    assert {row["year"] for row in rows} == {str(NOW.year)}
    assert [each for each in ("Amara", "Henrik", "CS-", "kill") if each in text] == []


def test_the_page_shows_the_same_figures(administrator: Client, cast: Cast) -> None:
    some_alerts(cast)
    page = administrator.get("/manage/safety/").content.decode()
    assert "every alert" in page
    assert "Read in full: no danger meant" in page
    assert "Amara" not in page


def test_settings_are_stored_and_stand_on_alerts(administrator: Client, cast: Cast) -> None:
    response = administrator.post("/manage/safety/", DAYS | {"welfare_route": "Ask the home team."})
    assert response.status_code == 302
    clinic = Clinic.objects.get()
    assert (clinic.reassess_high_days, clinic.welfare_route) == (5, "Ask the home team.")


@pytest.mark.parametrize(
    "wrong", [{"reassess_high_days": "8"}, {"reassess_moderate_days": "4"}, {"reassess_low_days": "5"}]
)
def test_nobody_is_made_to_wait_longer_and_what_was_typed_stays(
    administrator: Client, cast: Cast, wrong: dict[str, str]
) -> None:
    typed = DAYS | {"welfare_route": "Ask the home team."} | wrong
    response = administrator.post("/manage/safety/", typed)
    assert response.status_code == 422
    assert "Ask the home team." in response.content.decode()
    assert Clinic.objects.get().reassess_high_days == 7

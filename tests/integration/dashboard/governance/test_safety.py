"""The administrator's figures of the alerts: they equal the database, and name nobody."""

import csv
import datetime as dt
from collections import Counter
from io import StringIO
from uuid import uuid4

import pytest
from django.test import Client

from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from tests.answering import ended
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

DAYS = {"reassess_high_days": "5", "reassess_moderate_days": "10", "reassess_low_days": "30"}


@pytest.fixture
def administrator(cast: Cast) -> Client:
    """The administrator of the cast."""
    return signed_in(Client(), cast.administrator)


LONG_AGO = NOW.replace(year=NOW.year - 2)


@pytest.fixture
def last_year(cast: Cast) -> list[Patient]:
    """In a year that is over: twelve people with distress and mania each, one with an overdose, all closed."""
    people = [
        patient_of(cast.treating, f"Person {number}", sign_in_name=f"p-{number}")[0] for number in range(12)
    ]
    for patient in people:
        an_alert(cast, patient, 1, "distress", LONG_AGO)
        an_alert(cast, patient, 2, "mania", LONG_AGO)
    an_alert(cast, people[0], 3, "overdose", LONG_AGO)
    return people


def an_alert(
    cast: Cast, patient: Patient, level: int, category: str, at: dt.datetime, *, is_open: bool = False
) -> None:
    alert = SafetyAlert.objects.create(
        patient=patient,
        level=level,
        categories=[category],
        rules=["test"],
        rule_set="test",
        card="gentle",
        submission=uuid4(),
        happened_at=at,
    )
    if not is_open:
        ended(alert, cast.treating, at=at)


def downloaded(client: Client) -> tuple[str, list[dict[str, str]]]:
    response = client.get("/manage/safety/alerts.csv")
    text = b"".join(response).decode()
    return text, list(csv.DictReader(StringIO(text)))


def test_the_csv_equals_the_database_and_names_nobody(
    administrator: Client, last_year: list[Patient]
) -> None:
    text, rows = downloaded(administrator)
    stored = Counter(
        category for alert in SafetyAlert.objects.all() for category in ["every", *alert.categories]
    )
    found = {row["category"]: row["alerts"] for row in rows if row["level"] == "every" and not row["outcome"]}
    assert found["every"] == str(stored["every"]) == "25"
    told = {name: int(count) for name, count in found.items() if count != "not told"}
    assert told == {name: count for name, count in stored.items() if name in told}
    ended = [(row["outcome"], row["alerts"]) for row in rows if row["outcome"]]
    assert ended == [("spoke", "25")]
    assert {row["year"] for row in rows} == {str(LONG_AGO.year)}
    assert [each for each in ("Amara", "Henrik", "CS-", "Person") if each in text] == []


def test_one_person_s_category_is_told_nowhere_and_cannot_be_subtracted(
    administrator: Client, last_year: list[Patient]
) -> None:
    rows = downloaded(administrator)[1]
    hidden = {row["category"] for row in rows if row["level"] == "every" and row["alerts"] == "not told"}
    assert "overdose" in hidden
    assert len(hidden) == 2


def test_two_downloads_round_one_alert_say_only_that_there_is_one_more(
    administrator: Client, cast: Cast, last_year: list[Patient]
) -> None:
    for patient in last_year:
        an_alert(cast, patient, 1, "distress", NOW, is_open=True)
    before = downloaded(administrator)[0].splitlines()
    an_alert(cast, cast.patient, 2, "abuse_partner", NOW, is_open=True)
    after = downloaded(administrator)[0].splitlines()
    assert set(after) - set(before) == {f"{NOW.year},every,every,,13"}
    assert set(before) - set(after) == {f"{NOW.year},every,every,,12"}


def test_the_page_shows_the_same_figures_in_words(administrator: Client, last_year: list[Patient]) -> None:
    page = administrator.get("/manage/safety/").content.decode()
    assert page.index("Overdose") < page.index("Mania") < page.index("Distress")
    assert "25 alerts." in page
    assert "1 to 10 people, or it would tell of them" in page
    assert "Spoke with the person" in page
    assert "Person 3" not in page


def test_of_the_running_year_only_the_total_is_told(administrator: Client, cast: Cast) -> None:
    check_in(cast.patient, 2, "I want to kill myself tonight")
    page = administrator.get("/manage/safety/").content.decode()
    assert "Alerts of 1 to 10 people." in page
    assert "told when the year is over" in page
    assert "Suicide" not in page


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

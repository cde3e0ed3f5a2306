"""The pages of the alert ledger: counts without names, a trial, a signature, files."""

import csv
import datetime as dt
from io import StringIO
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic import clock
from clinic.models.danger import DangerRelease, DangerReplay
from clinic.models.patient import Patient
from clinic.models.safety import AlertOutcome, SafetyAlert
from clinic.safety.ledger import active
from clinic.safety.thresholds import SHIPPED, Thresholds
from tests.answering import ended
from tests.cast import NOW, PASSWORD, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import text_of
from tests.ledger import scored_alert, signed, tried

pytestmark = ROLLED_BACK

PATH = "/safety/ledger/"
RULE, LOW_RULE = "distress.often", "distress.seldom"


LONG_AGO = NOW - dt.timedelta(days=800)


def judged_alert(
    cast: Cast, patient: Patient, outcome: AlertOutcome, rule: str, *, at: dt.datetime = NOW
) -> None:
    alert = SafetyAlert.objects.create(
        patient=patient,
        level=1,
        categories=["distress"],
        rules=[rule],
        rule_set="test",
        card="gentle",
        submission=uuid4(),
        happened_at=at,
    )
    ended(alert, cast.treating, outcome, at=at)


@pytest.fixture
def many(cast: Cast) -> list[Patient]:
    """Twelve people, each with an alert on which somebody acted and one in which no danger was meant."""
    people = [
        patient_of(cast.treating, f"Person {number}", sign_in_name=f"person-{number}")[0]
        for number in range(12)
    ]
    for number, patient in enumerate(people):
        outcome = AlertOutcome.SPOKE if number % 3 else AlertOutcome.NO_DANGER
        judged_alert(cast, patient, outcome, RULE)
        judged_alert(cast, patient, AlertOutcome.NO_DANGER, LOW_RULE)
    return people


def test_the_page_says_how_often_somebody_acted_and_how_sure_that_is(
    treating: Client, many: list[Patient]
) -> None:
    page = text_of(treating.get(PATH))
    assert "8 of the last 12" in page
    assert "39% to 86%" in page
    assert "The shipped thresholds are in use" in page


def test_a_rule_on_which_nobody_acts_is_marked_for_review(treating: Client, many: list[Patient]) -> None:
    page = text_of(treating.get(PATH, {"sort": "share"}))
    assert "0 of the last 12" in page
    assert page.count("For review") == 1
    assert page.index(LOW_RULE) < page.index(RULE)


def test_no_name_and_no_number_of_a_patient_stands_on_it(treating: Client, many: list[Patient]) -> None:
    page = text_of(treating.get(PATH))
    assert [each.record_number for each in many if each.record_number in page] == []
    assert "Person 3" not in page


def test_few_people_are_told_of_nowhere(treating: Client, cast: Cast) -> None:
    for _number in range(30):
        judged_alert(cast, cast.patient, AlertOutcome.SPOKE, RULE)
    page = text_of(treating.get(PATH))
    assert "Too few to say" in page
    assert "of the last" not in page.split("Counted are")[1].split("</p>")[1]
    assert "30" not in "".join(
        treating.get(f"{PATH}year.csv?year={NOW.year}").getvalue().decode().split("\n")[1:]
    )


def test_a_page_of_many_alerts_takes_as_many_queries_as_one_of_few(
    treating: Client, many: list[Patient], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(24):
        treating.get(PATH)


def test_a_rule_says_how_many_alerts_it_has_in_steps_and_of_few_people_nothing(
    treating: Client, cast: Cast, many: list[Patient]
) -> None:
    for _number in range(7):
        judged_alert(cast, cast.patient, AlertOutcome.SPOKE, "distress.rare")
    rows = {row["name"]: row["alerts"] for row in rows_of(treating, f"{PATH}counts.csv")}
    assert rows == {RULE: "11 to 20", LOW_RULE: "11 to 20", "distress.rare": "1 to 10 people"}
    assert text_of(treating.get(PATH)).count("11 to 20") == 2


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(answer.getvalue().decode())))


def test_the_file_holds_what_the_page_says(treating: Client, many: list[Patient]) -> None:
    rows = {row["name"]: row for row in rows_of(treating, f"{PATH}counts.csv")}
    assert (rows[RULE]["acted_on"], rows[RULE]["of_the_last"], rows[RULE]["for_review"]) == ("8", "12", "")
    assert rows[LOW_RULE]["for_review"] == "yes"


def test_the_years_file_holds_what_the_database_counts(
    treating: Client, cast: Cast, many: list[Patient]
) -> None:
    for patient in many:
        judged_alert(cast, patient, AlertOutcome.SPOKE, RULE, at=LONG_AGO)
    [line, total] = rows_of(treating, f"{PATH}year.csv?year={LONG_AGO.year}")
    assert line["concern"] == total["alerts"] == "12"
    assert SafetyAlert.objects.filter(happened_at=LONG_AGO).count() == 12


def test_the_running_year_tells_its_total_alone(treating: Client, cast: Cast, many: list[Patient]) -> None:
    today = clock.now()
    judged_alert(cast, many[0], AlertOutcome.SPOKE, RULE, at=today)
    for patient in many:
        judged_alert(cast, patient, AlertOutcome.SPOKE, RULE, at=today)
    [total] = rows_of(treating, f"{PATH}year.csv?year={today.year}")
    assert total["category"] == "All"
    assert int(total["alerts"]) >= 13
    page = text_of(treating.get(PATH)).split('id="year"')[1]
    assert "By category they are counted once the year is over" in page
    assert "Distress" not in page


@pytest.mark.parametrize(("concern", "urgent"), [("0.8", "0.5"), ("", "0.5"), ("0", "0.5"), ("x", "2")])
def test_thresholds_that_cannot_be_are_said_beside_the_field_and_stay(
    treating: Client, concern: str, urgent: str
) -> None:
    page = text_of(treating.post(f"{PATH}try/", {"concern": concern, "urgent": urgent}), 422)
    assert "field__error" in page
    assert f'value="{urgent}"' in page
    assert not DangerReplay.objects.exists()


def test_a_trial_is_shown_and_signed_with_the_password(treating: Client, cast: Cast) -> None:
    answer = treating.post(f"{PATH}try/", {"concern": "0.40", "urgent": "0.70"}, follow=True)
    assert "A concern from 0.40 instead of 0.80" in text_of(answer)
    trial = DangerReplay.objects.get()
    form = {"reason": "first", "statement": "on", "seen": trial.digest, "password": "wrong"}
    assert "not your password" in text_of(treating.post(f"{PATH}{trial.pk}/sign/", form), 422)
    assert not DangerRelease.objects.exists()
    done = treating.post(f"{PATH}{trial.pk}/sign/", form | {"password": PASSWORD}, follow=True)
    assert "Release 1 is in use" in text_of(done)
    assert active.look().thresholds == Thresholds(0.4, 0.7)


def test_what_would_be_lost_is_named_by_number_with_a_link(treating: Client, cast: Cast) -> None:
    alert = scored_alert(cast, score=0.82, rules_level=0)
    assert alert is not None
    ended(alert, cast.treating)
    trial = tried(cast, Thresholds(0.85, 0.95), at=clock.now())
    page = text_of(treating.get(f"{PATH}{trial.pk}/"))
    assert "1 alert on which somebody acted would have been lost" in page
    assert f"/safety/{alert.pk}/" in page
    assert cast.patient.record_number in page
    form = {"reason": "first", "statement": "on", "seen": trial.digest, "password": PASSWORD}
    assert "Say that you know" in text_of(treating.post(f"{PATH}{trial.pk}/sign/", form), 422)
    assert treating.post(f"{PATH}{trial.pk}/sign/", form | {"lost": "on"}).status_code == 302


def test_rules_that_nobody_has_signed_are_said_to_be_so(
    treating: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(cast, tried(cast, SHIPPED))
    assert "Rules not signed yet" not in text_of(treating.get(PATH))
    monkeypatch.setattr("clinic.safety.ledger.scored.installed_rule_set", lambda: "another")
    assert "Rules not signed yet" in text_of(treating.get(PATH))


def test_a_year_that_is_none_is_this_year(treating: Client, cast: Cast) -> None:
    for given in ("abcd", "12", "0000", "٢٠٢٦"):
        assert treating.get(PATH, {"year": given}).status_code in {200, 404}

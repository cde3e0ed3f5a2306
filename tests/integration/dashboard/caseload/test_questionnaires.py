"""The questionnaires of a record: assigning, what is due, the course, one form; and what is not shared."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from clinic import consent
from clinic.clock import now
from clinic.models.assignment import Assignment
from clinic.models.consent import Purpose, Source
from clinic.models.questionnaire import QuestionnaireResponse
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.forms import adding_up_to, answers, assigned, filled
from tests.integration.dashboard.queries import counted
from tests.pages import get

pytestmark = ROLLED_BACK

MOST_QUERIES = 20


def path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/questionnaires/"


def words(client: Client, cast: Cast) -> str:
    return get(client, path(cast)).words


def series(cast: Cast, key: str, *totals: int, **more: Any) -> list[QuestionnaireResponse]:
    """One form every two weeks, the last one today."""
    found = []
    for number, total in enumerate(totals):
        at = NOW - dt.timedelta(weeks=2 * (len(totals) - 1 - number))
        row = filled(cast.patient, key, adding_up_to(key, total), at=at, **more).response
        assert row is not None
        found.append(row)
    return found


def withdraw_sharing(cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.QUESTIONNAIRE, purpose=Purpose.SHARE, by=cast.as_patient, at=NOW
    )


def sent(**changes: str) -> dict[str, str]:
    """The form that assigns the PHQ-9 every two weeks for ten weeks."""
    today = now().date()
    fields = {
        "instrument": "phq9",
        "every_weeks": "2",
        "starts_on": str(today + dt.timedelta(days=1)),
        "until": str(today + dt.timedelta(weeks=10)),
    }
    return fields | changes


def test_a_questionnaire_is_assigned_with_a_rhythm_and_ended_with_one_press(
    treating: Client, cast: Cast
) -> None:
    response = treating.post(path(cast), sent())
    assert response.status_code == 302
    row = Assignment.objects.get()
    assert (row.key, row.every_weeks, row.assigned_by) == ("phq9", 2, cast.treating.user)
    page = words(treating, cast)
    assert "Every 2 weeks up to" in page
    assert "Not due yet" in page
    assert treating.post(f"{path(cast)}{row.pk}/end/").status_code == 302
    assert "Nothing is assigned." in words(treating, cast)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": ""}, "Say up to which day it repeats."),
        ({"starts_on": "2020-01-01"}, "Choose today or a later day"),
        ({"until": "2020-01-01"}, "Choose a day after the first one"),
        ({"instrument": "nothing"}, "There is no such questionnaire here."),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_is_assigned(
    treating: Client, cast: Cast, changes: dict[str, str], said: str
) -> None:
    response = treating.post(path(cast), sent(**changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Assignment.objects.exists()


def test_an_instrument_without_its_owners_permission_is_refused_with_403(
    treating: Client, cast: Cast
) -> None:
    response = treating.post(path(cast), sent(instrument="cssrs_screener"))
    assert response.status_code == 403
    assert "its owner’s permission is not recorded" in response.content.decode()
    assert not Assignment.objects.exists()


def test_due_late_answered_and_missed_are_said(treating: Client, cast: Cast) -> None:
    assigned(cast.patient, cast.treating, at=NOW - dt.timedelta(days=9))
    assert "Late" in words(treating, cast)
    assigned(cast.patient, cast.treating, "gad7", at=NOW)
    assert "Due" in words(treating, cast)
    filled(cast.patient, "gad7", adding_up_to("gad7", 4))
    assert "Answered" in words(treating, cast)
    start = NOW.date() - dt.timedelta(weeks=5)
    assigned(
        cast.patient,
        cast.treating,
        "phq8",
        at=NOW - dt.timedelta(weeks=5),
        starts_on=start,
        every_weeks=2,
        until=start + dt.timedelta(weeks=20),
    )
    assert "2 were not answered." in words(treating, cast)


def test_a_course_shows_band_direction_line_and_the_words_of_the_one_function(
    treating: Client, cast: Cast
) -> None:
    series(cast, "phq9", 18, 14, 9)
    page = words(treating, cast)
    assert "9, mild" in page
    assert "Lower is better" in page
    assert "Reliable improvement, recovered" in page
    assert "from 18 to 9, over 3 forms." in page
    assert "Totals that start high move back somewhat without any treatment." in page


def test_nobody_is_called_recovered_beside_a_form_that_reports_thoughts_of_death(
    treating: Client, cast: Cast
) -> None:
    series(cast, "phq9", 18)
    filled(cast.patient, "phq9", adding_up_to("phq9", 9, last=1), at=now())
    page = words(treating, cast)
    assert "improvement" not in page
    assert "recovered" not in page.lower()
    assert "Nothing is called better beside this form" in page
    assert "The newest form reports thoughts of death or self-harm." in page


def test_a_smaller_difference_is_no_change(treating: Client, cast: Cast) -> None:
    series(cast, "phq9", 12, 8)
    page = words(treating, cast)
    assert "No reliable change" in page
    assert "recovered" not in page.lower()


def test_forms_that_are_not_validated_are_shown_and_say_nothing_about_a_change(
    treating: Client, cast: Cast
) -> None:
    series(cast, "phq9", 15, 9, language="uz")
    page = words(treating, cast)
    assert "Uzbek, not validated" in page
    assert "A change needs two totals from validated forms." in page
    assert "recovered" not in page.lower()
    assert "mprovement" not in page


def test_one_form_shows_every_answer_and_what_the_safety_question_says(treating: Client, cast: Cast) -> None:
    row = filled(cast.patient, "phq9", adding_up_to("phq9", 5, last=0)).response
    assert row is not None
    page = get(treating, f"{path(cast)}{row.pk}/").words
    assert "Safety question : Did not report on this form" in page or "Did not report on this form" in page
    assert "It does not rule danger out" in page
    assert "Nearly every day (3)" in page
    assert "Pfizer" in page
    assert "no risk" not in page.lower()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (adding_up_to("phq9", 3, last=3), "structured risk assessment"),
        (answers("phq9", [1] * 8 + [None]), "That is not the same as “not at all”: ask."),
    ],
)
def test_a_positive_or_missing_safety_answer_asks_for_a_person_and_names_no_level(
    treating: Client, cast: Cast, given: dict[str, int | None], said: str
) -> None:
    found = filled(cast.patient, "phq9", given)
    assert found.response is not None
    assert found.notice.alert is not None
    page = get(treating, f"{path(cast)}{found.response.pk}/").words
    assert said in page
    treating.post(f"/safety/{found.notice.alert.pk}/take/")
    alert = get(treating, f"/safety/{found.notice.alert.pk}/").words
    assert said in alert
    for word in ("low risk", "moderate risk", "high risk", "%"):
        assert word not in page.lower()
        assert word not in alert.lower()


def test_what_is_not_shared_is_not_shown_but_whether_it_was_answered_is(treating: Client, cast: Cast) -> None:
    assigned(cast.patient, cast.treating)
    [row] = series(cast, "phq9", 17)
    withdraw_sharing(cast)
    page = words(treating, cast)
    assert "Answers are not shared with you" in page
    assert "Answered" in page
    when = r"\d{1,2}:\d\d|\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    without_times = re.sub(when, "", page.split("Assigned", 1)[0])
    assert not re.search(r"\b17\b", without_times)
    assert treating.get(f"{path(cast)}{row.pk}/").status_code == 404


def test_the_answer_that_raised_an_alert_is_disclosed_with_it_even_where_nothing_is_shared(
    treating: Client, cast: Cast
) -> None:
    withdraw_sharing(cast)
    found = filled(cast.patient, "phq9", adding_up_to("phq9", 9, last=1))
    assert found.notice.alert is not None
    treating.post(f"/safety/{found.notice.alert.pk}/take/")
    page = get(treating, f"/safety/{found.notice.alert.pk}/").words
    assert (
        "Thoughts that you would be better off dead, or of hurting yourself in some way: Several days" in page
    )
    assert "Little interest" not in page


def test_somebody_else_finds_nothing_there(outsider: Client, cast: Cast) -> None:
    row = assigned(cast.patient, cast.treating)
    response = filled(cast.patient).response
    assert response is not None
    assert outsider.get(path(cast)).status_code == 404
    assert outsider.post(path(cast), sent()).status_code == 404
    assert outsider.post(f"{path(cast)}{row.pk}/end/").status_code == 404
    assert outsider.get(f"{path(cast)}{response.pk}/").status_code == 404


def test_the_number_of_queries_does_not_depend_on_how_many_forms_there_are(
    treating: Client, cast: Cast
) -> None:
    assigned(cast.patient, cast.treating, at=NOW - dt.timedelta(weeks=60))
    series(cast, "phq9", 5)
    one = counted(treating, path(cast), cast.treating)
    series(cast, "phq9", *[number % 25 for number in range(26)])
    many = counted(treating, path(cast), cast.treating)
    assert one == many
    assert one.own <= MOST_QUERIES

"""What the course of a questionnaire says about a change, and what stays of an answer that was changed."""

import datetime as dt

from django.test import Client

from clinic.clock import now
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.forms import adding_up_to, filled
from tests.pages import get

pytestmark = ROLLED_BACK


def path(cast: Cast) -> str:
    return f"/patients/{cast.patient.record_number}/questionnaires/"


def words(client: Client, cast: Cast) -> str:
    return get(client, path(cast)).words


def series(cast: Cast, key: str, *totals: int) -> None:
    """One form every two weeks, the last one today."""
    for number, total in enumerate(totals):
        at = NOW - dt.timedelta(weeks=2 * (len(totals) - 1 - number))
        filled(cast.patient, key, adding_up_to(key, total), at=at)


def test_a_rise_since_the_best_form_leads_and_no_drift_is_spoken_of(treating: Client, cast: Cast) -> None:
    series(cast, "phq9", 15, 9, 6, 12, 13, 15)
    page = words(treating, cast)
    assert "Reliable deterioration · Since the best form" in page
    assert "from 6 to 15." in page
    assert "from 15 to 15, over 6 forms. No reliable change." in page
    assert "from 13 to 15. No reliable change." in page
    assert "move back" not in page


def test_a_safety_answer_that_was_changed_stays_readable_with_both_answers_and_on_the_alert(
    treating: Client, cast: Cast
) -> None:
    first = filled(cast.patient, "phq9", adding_up_to("phq9", 9, last=2))
    assert first.response is not None
    assert first.notice.alert is not None
    after = filled(cast.patient, "phq9", adding_up_to("phq9", 7), supersedes=first.response).response
    assert after is not None
    both = "First answered “More than half the days”; changed to “Not at all”"
    assert both in words(treating, cast)
    one = get(treating, f"{path(cast)}{after.pk}/").words
    assert both in one
    assert "structured risk assessment" in one
    treating.post(f"/safety/{first.notice.alert.pk}/take/")
    alert = get(treating, f"/safety/{first.notice.alert.pk}/").words
    assert "The person corrected this form" in alert
    assert "The answer now: Did not report on this form." in alert


def test_after_a_changed_safety_answer_nothing_is_called_better(treating: Client, cast: Cast) -> None:
    series(cast, "phq9", 20)
    first = filled(cast.patient, "phq9", adding_up_to("phq9", 9, last=2), at=now()).response
    filled(cast.patient, "phq9", adding_up_to("phq9", 7), supersedes=first, at=now())
    page = words(treating, cast)
    assert "that answer was changed afterwards. Ask." in page
    assert "improvement" not in page

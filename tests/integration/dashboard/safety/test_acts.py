"""What an owner says on an alert's page, and what the page says to whoever is about to ring."""

from uuid import uuid4

import pytest
from django.test import Client

from clinic import clock, profile
from clinic.fact_rows import NewFact
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.clinic import Clinic
from clinic.models.profile import Origin, Topic
from clinic.models.risk import RiskLevel
from clinic.models.safety import SafetyAlert
from clinic.safety import cadence
from tests.answering import NOTE, closed
from tests.cast import NOW, PASSWORD, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_in
from tests.integration.dashboard.safety.raised import of_owner, page_of, raised, taken, text_of

pytestmark = ROLLED_BACK


@pytest.fixture
def alert(cast: Cast) -> SafetyAlert:
    """An alert that the treating psychologist has taken."""
    return taken(raised(cast.patient), cast.treating)


def kinds(alert: SafetyAlert) -> list[str]:
    return list(AlertAct.objects.filter(alert=alert).order_by("happened_at").values_list("kind", flat=True))


def test_each_act_is_stored_and_stays_on_the_page_with_its_note(treating: Client, alert: SafetyAlert) -> None:
    for path, fields in (
        ("not-reached", {"then": "15", "note": ""}),
        ("not-reached", {"then": "welfare", "note": "Asked the home team to look in tonight."}),
        ("spoke", {"note": NOTE}),
        ("hand-over", {"to": "crisis_team", "note": "Told them all that I know."}),
    ):
        response = treating.post(f"/safety/{alert.pk}/{path}/", fields)
        assert (response.status_code, response["Location"]) == (302, f"/safety/{alert.pk}/")
    assert kinds(alert) == [ActKind.NOT_REACHED, ActKind.WELFARE, ActKind.SPOKE, ActKind.TO_CRISIS_TEAM]
    page = page_of(treating, alert)
    assert "Next attempt" in page
    assert [words for words in ("home team to look in", NOTE, "all that I know") if words not in page] == []


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("spoke", {"note": "x"}, "at least four words"),
        ("spoke", {"note": ""}, "Write in a sentence"),
        ("not-reached", {"then": "", "note": NOTE}, "Choose what happens next."),
        ("not-reached", {"then": "welfare", "note": ""}, "whom you asked to look in"),
        ("hand-over", {"to": "", "note": NOTE}, "Choose to whom."),
        ("close", {"outcome": "no_danger", "note": "x"}, "at least four words"),
        ("close", {"outcome": "spoke", "note": NOTE}, "Set the level of the risk"),
    ],
)
def test_bad_input_is_422_with_the_reason_and_what_was_typed_and_stores_nothing(
    treating: Client, alert: SafetyAlert, path: str, fields: dict[str, str], said: str
) -> None:
    page = text_of(treating.post(f"/safety/{alert.pk}/{path}/", fields), status=422)
    assert said in page
    assert not fields["note"] or fields["note"] in page
    assert kinds(alert) == []


def test_a_form_that_is_sent_twice_makes_one_act(treating: Client, alert: SafetyAlert) -> None:
    fields = {"note": NOTE, "submission": str(uuid4())}
    for _ in range(2):
        treating.post(f"/safety/{alert.pk}/spoke/", fields)
    assert kinds(alert) == [ActKind.SPOKE]


def test_nobody_but_the_owner_says_anything(outsider: Client, alert: SafetyAlert) -> None:
    for path in ("spoke", "not-reached", "hand-over"):
        fields = {"note": NOTE, "then": "15", "to": "crisis_team"}
        assert outsider.post(f"/safety/{alert.pk}/{path}/", fields).status_code == 422
    assert kinds(alert) == []


def test_a_colleague_who_is_handed_it_owns_it_and_the_giver_reads_who_has_it(
    treating: Client, outsider: Client, cast: Cast, alert: SafetyAlert
) -> None:
    assert cast.other_psychologist.user is not None
    fields = {"to": str(cast.other_psychologist.user.pk), "note": "She knows you from last year."}
    page = text_of(treating.post(f"/safety/{alert.pk}/hand-over/", fields, follow=True))
    assert "Taken by Dr Elias Ruiz" in page
    assert "You have taken this alert" in page_of(outsider, alert)


def test_closing_offers_no_level_below_the_one_that_stands_and_stores_what_was_set(
    treating: Client, alert: SafetyAlert, cast: Cast
) -> None:
    closed(alert, cast.treating, level=RiskLevel.MODERATE)
    newer = taken(raised(cast.patient), cast.treating)
    page = page_of(treating, newer)
    assert "Moderate: again within 14 days" in page
    assert "Low: again within 30 days" not in page
    fields = {"outcome": "spoke", "level": "3", "note": NOTE}
    assert treating.post(f"/safety/{newer.pk}/close/", fields).status_code == 302
    assert cadence.level_of(cast.patient.pk) is RiskLevel.HIGH


def test_a_closed_alert_is_opened_again_from_its_page_for_three_days(
    outsider: Client, cast: Cast, alert: SafetyAlert
) -> None:
    closed(alert, cast.treating, at=clock.now())
    assert "Open it again" in page_of(outsider, alert)
    fields = {"note": "She rang the desk just now."}
    outsider.post(f"/safety/{alert.pk}/reopen/", fields)
    alert.refresh_from_db()
    assert (alert.closed_at, alert.taken_by) == (None, cast.other_psychologist.user)


def test_words_for_an_act_come_back_after_sign_in(cast: Cast, alert: SafetyAlert) -> None:
    client, form = Client(), of_owner(cast.treating, {"note": NOTE, "to": "crisis_team"})
    page = text_of(client.post(f"/safety/{alert.pk}/hand-over/", form), status=401)
    sealed = page.split('name="resume" value="')[1].split('"')[0]
    back = client.post("/sign-in/", {"username": "treating", "password": PASSWORD, "resume": sealed})
    page = text_of(client.get(back["Location"]))
    assert NOTE in page
    assert "nothing was stored yet" in page
    assert kinds(alert) == []


def test_the_page_says_how_they_want_to_be_reached_who_else_to_call_and_the_route(
    treating: Client, cast: Cast, alert: SafetyAlert
) -> None:
    Clinic.objects.update(welfare_route="Ask the home team first.")
    fact = NewFact(topic=Topic.PREFERENCE, origin=Origin.PATIENT, words="Write, do not ring.", dated="")
    profile.record(patient=cast.patient, fact=fact, by=cast.as_patient, at=NOW)
    page = page_of(treating, alert)
    wanted = ("Write, do not ring.", "Nobody is on call now.", "Dr Maya Okonkwo", "Ask the home team first.")
    assert [words for words in wanted if words not in page] == []


def test_outside_the_care_team_none_of_it_is_said(outsider: Client, cast: Cast, alert: SafetyAlert) -> None:
    closed(alert, cast.treating, at=clock.now())
    page = page_of(outsider, alert)
    assert "Before you ring" not in page
    assert NOTE not in page
    assert "Closed the alert" in page


def test_where_somebody_near_may_be_the_danger_the_page_warns_before_ringing(
    treating: Client, cast: Cast
) -> None:
    found = check_in(cast.patient, 2, "My husband hits me every night and I am afraid").notice.alert
    assert found is not None
    assert "abuse_partner" in found.categories
    page = page_of(treating, found)
    assert "Do not ring a number that is shared and leave no message" in page
    assert "Nobody outside the clinic is told of this alert." in page
    assert "Nobody else is told" not in page
    assert "Do not ring a number that is shared" in page_of(treating, raised(cast.patient))
    patient, _ring = patient_of(cast.treating, "Somebody Else", sign_in_name="somebody-else")
    assert "Do not ring a number that is shared" not in page_of(treating, raised(patient))

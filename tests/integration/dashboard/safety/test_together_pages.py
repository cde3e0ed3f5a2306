"""On the page of one alert the same is stored for the person's other open alerts, and a silent ending is questioned."""

import pytest
from django.test import Client

from clinic import clock
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.risk import RiskAssessment
from clinic.models.safety import AlertLevel, SafetyAlert
from tests.answering import NOTE, WHY, closed
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.safety.raised import of_owner, page_of, raised, taken, text_of

pytestmark = ROLLED_BACK

SILENT = {"outcome": "no_danger", "note": NOTE}


@pytest.fixture
def two(cast: Cast) -> list[SafetyAlert]:
    """An urgent alert and an emergency of the same person, both taken."""
    found = [raised(cast.patient), raised(cast.patient, AlertLevel.EMERGENCY)]
    taken(found[0], cast.treating)
    return found


def act_of(page: str, name: str) -> str:
    return page.split(f'/{name}/" method')[1].split("</form>", maxsplit=1)[0]


def test_speaking_serves_all_unless_one_is_taken_out_and_closing_only_what_is_ticked(
    treating: Client, two: list[SafetyAlert]
) -> None:
    page = page_of(treating, two[0])
    assert "This too" in act_of(page, "spoke")
    assert " checked" in act_of(page, "spoke")
    assert "<strong>Number 1</strong>" in page
    assert "Graver than this alert" in act_of(page, "close")
    assert 'name="also"' in act_of(page, "close")
    assert "Number 1: Emergency" in act_of(page, "close")
    assert " checked" not in act_of(page, "close")
    answer = treating.post(
        f"/safety/{two[0].pk}/spoke/", {"note": NOTE, "also": [str(two[1].pk)]}, follow=True
    )
    assert "Stored for 2 alerts" in text_of(answer)
    assert AlertAct.objects.filter(kind=ActKind.SPOKE).count() == 2


def test_two_are_closed_in_one_act_once_the_graver_one_is_named(
    treating: Client, two: list[SafetyAlert]
) -> None:
    fields = {"outcome": "spoke", "level": "2", "note": NOTE, "also": [str(two[1].pk)]}
    page = text_of(treating.post(f"/safety/{two[0].pk}/close/", fields), 422)
    assert "One of them is graver than this alert." in page
    answer = treating.post(f"/safety/{two[0].pk}/close/", fields | {"graver": "on"}, follow=True)
    assert "2 alerts of" in text_of(answer)
    assert RiskAssessment.objects.count() == 1


def test_an_alert_of_somebody_else_cannot_be_put_into_the_form(
    treating: Client, cast: Cast, two: list[SafetyAlert]
) -> None:
    stranger = raised(cast.other_patient)
    fields = {"note": NOTE, "also": [str(stranger.pk)]}
    assert "Choose again." in text_of(treating.post(f"/safety/{two[0].pk}/spoke/", fields), 422)
    assert not AlertAct.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Say whether you reached the person"),
        ({"reached": "no"}, "why nobody needs to reach them"),
        ({"reached": "no", "why": "A song."}, "why nobody needs to reach them"),
        ({"reached": "yes"}, "Set the level of the risk"),
    ],
)
def test_no_danger_meant_is_questioned_beside_the_field_and_what_was_typed_is_kept(
    treating: Client, two: list[SafetyAlert], fields: dict[str, str], said: str
) -> None:
    page = text_of(treating.post(f"/safety/{two[0].pk}/close/", SILENT | fields), 422)
    assert said in act_of(page, "close")
    assert NOTE in page
    two[0].refresh_from_db()
    assert two[0].closed_at is None


def test_with_a_reason_it_closes_and_the_reason_stands_in_the_note(
    treating: Client, two: list[SafetyAlert]
) -> None:
    treating.post(f"/safety/{two[0].pk}/close/", SILENT | {"reached": "no", "why": WHY})
    assert WHY in page_of(treating, two[0])


def test_what_was_taken_out_stays_out_after_a_session_that_ended(cast: Cast, two: list[SafetyAlert]) -> None:
    client, form = Client(), of_owner(cast.treating, {"note": NOTE})
    page = text_of(client.post(f"/safety/{two[0].pk}/spoke/", form), status=401)
    sealed = page.split('name="resume" value="')[1].split('"')[0]
    back = client.post("/sign-in/", {"username": "treating", "password": PASSWORD, "resume": sealed})
    page = text_of(client.get(back["Location"]))
    assert NOTE in page
    assert " checked" not in act_of(page, "spoke")


def test_an_empty_field_is_asked_for_by_what_it_is(treating: Client, cast: Cast) -> None:
    alert = closed(taken(raised(cast.patient), cast.treating), cast.treating, at=clock.now())
    page = text_of(treating.post(f"/safety/{alert.pk}/reopen/", {"note": ""}), 422)
    assert "Write in a sentence why it is opened again." in page
    assert "what was done" not in page.split("alert-act")[1].split("</form>", maxsplit=1)[0]


def test_asking_for_another_look_with_an_empty_field_says_what_is_missing(
    treating: Client, cast: Cast
) -> None:
    path = f"/patients/{cast.patient.record_number}/risk/"
    assert "what should be looked at" in text_of(treating.post(f"{path}raise/", {"note": ""}), 422)

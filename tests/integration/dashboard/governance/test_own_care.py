"""Somebody who is administrator and psychologist puts themselves in care of no record, by none of three ways."""

from collections.abc import Callable

import pytest
from django.test import Client

from clinic import access
from clinic.actor import SOFTWARE, Actor
from clinic.models.care import CareRelationship
from clinic.models.patient import Patient
from clinic.models.user import Role
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.governance.desk import text_of
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

Way = Callable[[Client, Cast, str], object]


def start(desk: Client, cast: Cast, own: str) -> object:
    sent = {"record_number": cast.patient.record_number, "psychologist": own, "kind": "treating"}
    return desk.post("/manage/teams/", sent)


def take_over(desk: Client, cast: Cast, own: str) -> object:
    care = CareRelationship.objects.get(patient=cast.patient)
    return desk.post(f"/manage/teams/{care.pk}/transfer/", {"receiver": own, "step": "confirm"})


def invite(desk: Client, _cast: Cast, own: str) -> object:
    sent = {"record_number": "", "psychologist": own, "zone": "UTC", "language": "en"}
    return desk.post("/manage/invitations/patient/", sent)


def both_roles(cast: Cast) -> Actor:
    """The other psychologist, acting as the administrator that they are too."""
    assert cast.other_psychologist.user
    access.grant_role(user=cast.other_psychologist.user, role=Role.ADMINISTRATOR, by=SOFTWARE, at=NOW)
    return Actor(cast.other_psychologist.user, Role.ADMINISTRATOR)


@pytest.mark.parametrize("way", [start, take_over, invite])
def test_the_page_says_to_ask_another_administrator_and_nothing_happens(cast: Cast, way: Way) -> None:
    both = both_roles(cast)
    assert both.user
    answer = way(signed_in(Client(), both), cast, str(both.user.pk))
    assert "Ask another administrator." in text_of(answer, status=422)
    assert not access.rights(both.user, cast.patient, at=NOW)


@pytest.mark.parametrize("way", [start, take_over])
def test_planted_fault_without_the_rule_they_open_the_record(
    cast: Cast, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = both_roles(cast)
    assert both.user
    monkeypatch.setattr(access, "check_not_own_care", lambda user, *, by: None)
    way(signed_in(Client(), both), cast, str(both.user.pk))
    standing = CareRelationship.objects.filter(
        user=both.user, patient=Patient.objects.get(pk=cast.patient.pk)
    )
    assert standing.exists()

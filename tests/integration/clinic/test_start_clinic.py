"""The first door of an empty installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import AuditEntry
from clinic.models.clinic import Clinic
from tests.cast import Cast
from tests.database import ROLLED_BACK

pytestmark = ROLLED_BACK

PLACE = {"country": "gb", "zone": "Europe/London", "sign_in_name": "ada", "printed_name": "Ada Lovelace"}


def test_the_first_administrator_signs_in_with_the_password_that_was_printed() -> None:
    out = StringIO()
    call_command("start_clinic", "Riverside", **PLACE, stdout=out)
    name, password = out.getvalue().splitlines()[1].split()
    answer = Client().post("/sign-in/", {"username": name, "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/manage/people/")
    assert Clinic.objects.get().country == "GB"
    assert AuditEntry.objects.filter(action="role_granted", reason="administrator").count() == 1


def test_an_installation_with_a_clinic_is_left_as_it_is(cast: Cast) -> None:
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("start_clinic", "Riverside", **PLACE)


@pytest.mark.parametrize(("field", "value"), [("zone", "Europe/Nowhere"), ("country", "Britain")])
def test_a_place_that_is_none_is_refused_in_a_sentence(db: None, field: str, value: str) -> None:
    with pytest.raises(CommandError, match="Nothing was made"):
        call_command("start_clinic", "Riverside", **(PLACE | {field: value}))
    assert not Clinic.objects.exists()


def test_there_is_no_superuser() -> None:
    with pytest.raises(CommandError, match="nobody stands above the rules"):
        call_command("createsuperuser")

"""Behind a proxy each person has their own address: a stranger's guesses stop the stranger and nobody else."""

import ipaddress

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.test import Client
from pytest_django.fixtures import Settings

from clinic.models.user import Role
from clinic.staff import new_password
from tests.cast import PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import invited

pytestmark = ROLLED_BACK

PROXY, STRANGER, HOME = "10.0.0.7", "203.0.113.9", "198.51.100.4"
MOST = configured.AXES_FAILURE_LIMIT


@pytest.fixture(autouse=True)
def named(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ipaddress.ip_network(PROXY)]


def try_in(password: str, said: str, *, peer: str = PROXY) -> int:
    client = Client(REMOTE_ADDR=peer, headers={"X-Forwarded-For": said})
    return client.post("/sign-in/", {"username": "treating", "password": password}).status_code


def test_wrong_passwords_from_one_address_lock_that_address_alone(cast: Cast) -> None:
    answers = [try_in("wrong", STRANGER) for _try in range(MOST + 1)]
    assert (answers[-1], try_in(PASSWORD, STRANGER)) == (429, 429)
    assert try_in(PASSWORD, HOME) == 302
    assert {each.ip_address for each in AccessAttempt.objects.filter(username="treating")} == {STRANGER}


def test_an_invented_header_gives_nobody_further_tries(cast: Cast) -> None:
    through = [try_in("wrong", f"192.0.2.{number}, {STRANGER}") for number in range(MOST + 1)]
    past = [try_in("wrong", f"192.0.2.{number}", peer=HOME) for number in range(MOST + 1)]
    assert (through[-1], past[-1]) == (429, 429)
    kept = set(AccessAttempt.objects.values_list("ip_address", flat=True))
    assert kept == {STRANGER, HOME}


def test_planted_fault_a_proxy_that_nobody_named_is_everybodys_address(
    cast: Cast, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = []
    for _try in range(MOST):
        try_in("wrong", STRANGER)
    assert try_in(PASSWORD, HOME) == 429


def test_while_a_stranger_guesses_codes_the_right_ones_work_also_from_the_same_address(cast: Cast) -> None:
    client, guess = Client(), new_password()
    answers = [client.post("/join/", {"code": guess}).status_code for _try in range(MOST + 2)]
    assert set(answers[:MOST]) == {422}
    assert set(answers[MOST:]) == {429}
    _invitation, code = invited(cast.administrator, Role.PATIENT)
    assert client.post("/join/", {"code": code}).status_code == 302
    assert client.get(f"/join/{code}/").status_code == 200

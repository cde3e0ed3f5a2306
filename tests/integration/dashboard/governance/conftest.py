"""The administrator of the cast, signed in."""

import pytest
from django.test import Client

from clinic.actor import Actor
from clinic.models.user import StaffProfile
from tests import cast as people
from tests.cast import Cast
from tests.sign_in import signed_in


@pytest.fixture
def desk(cast: Cast) -> Client:
    """A browser in which the administrator of the cast is signed in."""
    return signed_in(Client(), cast.administrator)


@pytest.fixture
def second(cast: Cast) -> Actor:
    """A second administrator."""
    actor = people.administrator("second")
    StaffProfile.objects.filter(user=actor.user).update(printed_name="Beatriz Lam")
    return actor

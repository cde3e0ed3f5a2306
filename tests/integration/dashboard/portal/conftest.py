"""The patient of the cast, signed in."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.sign_in import signed_in


@pytest.fixture
def portal(client: Client, cast: Cast) -> Client:
    """A browser in which the patient of the cast is signed in."""
    return signed_in(client, cast.as_patient)

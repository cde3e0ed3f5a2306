"""The psychologists of the cast, each in a browser of their own."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.sign_in import signed_in


@pytest.fixture
def treating(cast: Cast) -> Client:
    """The psychologist who treats the patient of the cast."""
    return signed_in(Client(), cast.treating)


@pytest.fixture
def outsider(cast: Cast) -> Client:
    """A psychologist of the clinic who is not in the patient's care team."""
    return signed_in(Client(), cast.other_psychologist)

"""A patient whose mood fell, with open drafts, and the two psychologists in browsers of their own."""

import pytest
from django.test import Client

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.factories import open_drafts
from tests.sign_in import signed_in


@pytest.fixture
def drafts(cast: Cast) -> list[Suggestion]:
    """The open drafts of the patient of the cast: an activity and a walk."""
    return open_drafts(cast.patient, cast.treating)


@pytest.fixture
def draft(drafts: list[Suggestion]) -> Suggestion:
    """The first of them."""
    return drafts[0]


@pytest.fixture
def treating(cast: Cast) -> Client:
    """The psychologist who treats the patient of the cast."""
    return signed_in(Client(), cast.treating)


@pytest.fixture
def outsider(cast: Cast) -> Client:
    """A psychologist who is not in the patient's care team."""
    return signed_in(Client(), cast.other_psychologist)


@pytest.fixture
def covering(cast: Cast) -> Client:
    """The other psychologist, who covers for the first one and may decide as well."""
    user = cast.other_psychologist.user
    assert user is not None
    access.start_care(patient=cast.patient, user=user, kind=CareKind.COVERING, by=SOFTWARE, at=NOW)
    return signed_in(Client(), cast.other_psychologist)

"""People of the entrance's tests."""

import pytest

from tests import cast as people
from tests.cast import Cast


@pytest.fixture
def second(cast: Cast) -> None:
    """A second administrator, who signs in as `second`."""
    people.administrator("second")

"""Fixtures of the audit log's tests."""

import pytest

from tests.integration.audit.log import SIX, place, write_many


@pytest.fixture
def six_entries(transactional_db: None) -> None:
    """Six entries, all committed and placed."""
    write_many(SIX)
    place(SIX)

"""Whoever acts on one alert of a person holds all of theirs, so that two who act at once never wait for each other."""

import psycopg
import pytest
from django.db import transaction

from clinic.models.safety import SafetyAlert
from clinic.safety import alerts, answering
from tests.cast import NOW, Cast
from tests.database import COMMITTED, owner_cursor
from tests.integration.dashboard.safety.raised import raised

pytestmark = COMMITTED


@pytest.fixture
def two(cast: Cast) -> list[SafetyAlert]:
    """Two open alerts of one person, in the order in which they are locked; somebody has both."""
    found = sorted([raised(cast.patient, at=NOW), raised(cast.patient, at=NOW)], key=lambda alert: alert.pk)
    alerts.take(alert=found[0], by=cast.treating, at=NOW)
    return found


def is_free(alert: SafetyAlert) -> bool:
    """Whether nobody holds the row."""
    with owner_cursor() as cursor:
        try:
            cursor.execute("SELECT 1 FROM clinic_safetyalert WHERE id = %s FOR UPDATE NOWAIT", [alert.pk])
        except psycopg.errors.LockNotAvailable:
            return False
    return True


def test_acting_on_the_second_holds_the_first_as_well(cast: Cast, two: list[SafetyAlert]) -> None:
    first, second = two
    with transaction.atomic():
        answering.owned(second, by=cast.treating)
        assert not is_free(first)
    assert is_free(first)


def test_a_lock_of_one_row_alone_would_be_seen(two: list[SafetyAlert]) -> None:
    first, second = two
    with transaction.atomic():
        SafetyAlert.objects.select_for_update().get(pk=second.pk)
        assert is_free(first)

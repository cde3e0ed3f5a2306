"""Which door each model goes through, and where migrations may not go."""

import pytest
from django.apps import apps
from django.db import router

from clinic.database.routers import DoorRouter


def test_the_views_go_through_the_portals_door_the_keys_through_theirs_and_all_else_through_the_main_one() -> (
    None
):
    doors = {model._meta.label: str(router.db_for_read(model)) for model in apps.get_models()}
    assert {label for label, alias in doors.items() if alias == "portal"} == {
        "recommendations.PublishedWords",
        "recommendations.StoppedPublication",
    }
    assert {label for label, alias in doors.items() if alias == "keystore"} == {"keystore.PatientKey"}
    assert set(doors.values()) == {"portal", "keystore", "default"}


def test_writing_goes_where_reading_goes() -> None:
    for model in apps.get_models():
        assert router.db_for_write(model) == router.db_for_read(model)


@pytest.mark.parametrize(
    ("alias", "application", "allowed"),
    [
        ("default", "clinic", True),
        ("default", "sessions", True),
        ("default", "keystore", False),
        ("keystore", "keystore", True),
        ("keystore", "clinic", False),
        ("portal", "clinic", False),
        ("portal", "keystore", False),
    ],
)
def test_nothing_migrates_through_the_portal_and_the_key_store_holds_keys_alone(
    alias: str, application: str, allowed: bool
) -> None:
    assert DoorRouter().allow_migrate(alias, application) is allowed

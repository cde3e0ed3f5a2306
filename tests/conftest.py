"""The test database as production has it: owned by the owner, used by the application and the portal's role."""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.test import TransactionTestCase, override_settings
from django.test.utils import setup_databases, teardown_databases
from django.urls import get_resolver
from django.utils import translation
from psycopg.errors import ObjectInUse
from pytest_django import DjangoDbBlocker

from clinic.oncall import gate
from clinic.safety.ledger import active
from dashboard.portal import strangers
from tests import database
from tests.cast import Cast, assemble

hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
"""The same examples in every run, whatever the machine is busy with; HYPOTHESIS_PROFILE=search looks for new ones."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
) -> Iterator[None]:
    """Make the databases as the owner, then act as the application. Overrides pytest-django's own."""
    assert (
        get_resolver().url_patterns
    )  # Every view is there before a test replaces a name that one of them imports.
    with django_db_blocker.unblock():
        before = database.act_as("default", settings.DATABASE_OWNER_URL)
        made = setup_databases(verbosity=0, interactive=False, keepdb=django_db_keepdb)
        database.give_back("default", before)
        if django_db_keepdb:
            database.wipe()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        database.dismiss(str(connections["default"].settings_dict["NAME"]))
        database.act_as("default", settings.DATABASE_OWNER_URL)
        if not django_db_keepdb:
            _drop(made)


def _drop(made: Any) -> None:
    """Drop the test databases; one that a program of a test has not quite left stays for its server's own end.

    Nobody may throw such a session out: the owner of the tables is no superuser. The server is thrown away after
    the run, and a run on a kept server drops what it finds under its name before it begins.
    """
    try:
        teardown_databases(made, verbosity=0)
    except OperationalError as error:
        if not isinstance(error.__cause__, ObjectInUse):
            raise


@pytest.fixture(autouse=True, scope="session")
def _clean_as_the_owner() -> Iterator[None]:
    """Tests with committed rows are cleaned by the owner: flush cannot empty append-only tables."""

    def teardown(self: Any) -> None:
        database.wipe()

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    """What a process keeps in its memory begins anew, for fixtures of a whole file as well: they come before this."""
    strangers.forget()
    translation.activate(settings.LANGUAGE_CODE)
    active.assume(active.UNSIGNED)
    yield
    active.assume(active.UNSIGNED)


@pytest.fixture(autouse=True)
def _somebody_follows_up(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic of the tests may ask about suicide, but where a test wants the gate as it is: `gate_as_it_is`."""
    if "gate_as_it_is" not in request.fixturenames:
        monkeypatch.setattr(gate, "lacking", lambda **_asked: [])


@pytest.fixture
def gate_as_it_is() -> None:
    """Whether somebody would follow an answer up is asked of the rota and of the help lines."""


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords(django_test_environment: None) -> Iterator[None]:
    """Hashing a password costs next to nothing in the tests."""
    with override_settings(PASSWORD_HASHERS=["tests.passwords.QuickArgon2"]):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast; needs a database mark of `tests.database`."""
    return assemble()


@pytest.fixture
def owner() -> Iterator[Any]:
    """A cursor with the owner's powers, on a connection of its own."""
    with database.owner_cursor() as cursor:
        yield cursor

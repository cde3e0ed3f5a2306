"""Web and worker do not start while a guard is missing, nor as the owner of the tables."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from clinic.database import checks
from tests import database
from tests.database import COMMITTED
from tests.integration.locks import clones
from tests.services import child_environment

WEB = "import clinic.wsgi; print('serving')"
WORKER = ["-m", "celery", "-A", "clinic.celery:app", "worker", "--pool", "solo", "--without-gossip"]
PROGRAMS = {"web": ["-c", WEB], "worker": WORKER}


@COMMITTED
@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_starts_while_a_guard_is_missing_or_as_the_owner(program: str) -> None:
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            cursor.execute(
                "DROP TRIGGER recommendations_publication_is_signed ON recommendations_publication"
            )
        unguarded = started(program)
        assert unguarded.returncode != 0
        assert "recommendations_publication_is_signed" in unguarded.stdout + unguarded.stderr
        owner = started(program, DATABASE_URL=clones.owner_url(copy))
        assert owner.returncode != 0
        assert "does not run as the owner" in owner.stdout + owner.stderr


@COMMITTED
def test_with_every_guard_in_place_the_web_server_serves() -> None:
    assert started("web").stdout.strip() == "serving"


def started(program: str, **overrides: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *PROGRAMS[program]],
        env=dict(child_environment(**overrides)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=settings.BASE_DIR,
    )


@COMMITTED
def test_the_check_command_fails_on_a_copy_without_a_guard() -> None:
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            clones.lift_guards(cursor)
        with pytest.raises(SystemCheckError, match=r"clinic\.E001"):
            call_command("check", databases=["default"])
        with pytest.raises(ImproperlyConfigured, match="does not run unguarded"):
            checks.refuse_to_run_unguarded()

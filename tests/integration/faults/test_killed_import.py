"""kill -9 in the middle of an import: nothing of the file is there, and the next import takes it in whole."""

import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from psycopg import Cursor
from runner.paths import PROJECT, python_of

from clinic.models.imported import ImportedResource
from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import COMMITTED, owner_cursor
from tests.integration.imports.bundles import bundle, observation, person
from tests.services import child_environment
from tests.waiting import until

pytestmark = [COMMITTED, pytest.mark.faults]

WRITTEN = """
SELECT count(*) FROM pg_locks WHERE relation = 'clinic_importbatch'::regclass AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""The row of the batch is written last: whoever waits for it has written everything else."""


def test_a_killed_import_leaves_nothing_half_done(cast: Cast, owner: Cursor, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    weights = [observation("29463-7", when=f"2022-01-{day:02}T08:00:00Z") for day in range(1, 29)]
    path.write_text(bundle(person(), *weights))
    people = Patient.objects.count()

    def halfway() -> bool:
        row = owner.execute(WRITTEN).fetchone()
        return bool(row and row[0])

    with owner_cursor() as lock:
        lock.execute("BEGIN")
        lock.execute("LOCK TABLE clinic_importbatch IN SHARE MODE")
        command = [str(python_of()), str(PROJECT / "manage.py"), "import_fhir", str(path)]
        running = subprocess.Popen(command, env=child_environment())
        try:
            until(halfway, seconds=60, what="an import that waits for its last row")
        finally:
            running.kill()
            running.wait(10)
        lock.execute("ROLLBACK")
    assert (Patient.objects.count(), ImportedResource.objects.count()) == (people, 0)
    call_command("import_fhir", str(path))
    assert (Patient.objects.count(), ImportedResource.objects.count()) == (people + 1, 29)

"""The same hostile files by page and by command: a reason, nothing kept, no file left behind, little memory."""

import glob
import re
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import AuditEntry
from clinic import access
from clinic.imports import table
from clinic.models.imported import ImportBatch, ImportedResource
from clinic.models.observation import Observation
from clinic.models.patient import Patient
from recommendations.fhir.incoming.scan import scan
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.integration.imports.bundles import bundle, person
from tests.integration.imports.cases import BAD_FILES, HEADER
from tests.integration.imports.hostile import HOSTILE
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

IMPORT = "/patients/import/"
FHIR = {f"FHIR, {name}": text for name, (text, _words) in HOSTILE.items()}
CSV = {f"CSV, {name}": text for name, (text, _words) in BAD_FILES.items()}
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", '=HYPERLINK("http://x.example")')
MARKUP = "<img src=x onerror=alert(1)>"
MEGABYTE = 1_000_000


def kept() -> tuple[int, ...]:
    """How many rows there are of what an import adds to."""
    tables = (Patient, ImportedResource, ImportBatch, Observation)
    return tuple(each.objects.count() for each in tables)


def left_behind() -> set[str]:
    """The uploads that lie in the directory for temporary files."""
    return set(glob.glob(f"{tempfile.gettempdir()}/*.upload.*"))


def sent(client: Client, text: bytes, name: str = "records") -> Any:
    return client.post(IMPORT, {"consent_record": "", "file": SimpleUploadedFile(name, text)})


@pytest.mark.parametrize("text", (FHIR | CSV).values(), ids=FHIR | CSV)
def test_the_page_refuses_it_and_keeps_nothing(cast: Cast, client: Client, text: bytes) -> None:
    before, files = kept(), left_behind()
    answer = sent(signed_in(client, cast.treating), text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "field__error" in page or "was refused" in page or "nothing of it was stored" in page.lower()
    assert len(page) < MEGABYTE
    assert not re.search(r"\bAda\b", page)
    assert kept() == before
    answer.close()
    assert left_behind() <= files


@pytest.mark.parametrize(
    ("command", "text"),
    [("import_fhir", text) for text in FHIR.values()]
    + [("import_observations", text) for text in CSV.values()],
    ids=[*FHIR, *CSV],
)
def test_the_command_refuses_it_says_why_and_keeps_nothing(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, text: bytes
) -> None:
    before = kept()
    path = tmp_path / "records"
    path.write_bytes(text)
    with pytest.raises(CommandError) as refused:
        call_command(command, str(path))
    assert refused.value.returncode == 1
    said = capsys.readouterr().err
    assert said.strip(), "a reason"
    assert not re.search(r"\bAda\b", said)
    assert len(said) < MEGABYTE
    assert kept() == before
    assert AuditEntry.objects.filter(action="import_refused").count() == 1


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("column", range(4))
def test_a_formula_in_a_table_is_refused_in_every_column_and_never_quoted(
    cast: Cast, client: Client, formula: str, column: int
) -> None:
    values = [cast.patient.record_number, "sleep", "6", "2026-01-01T08:00:00Z", "", ""]
    values[column] = formula.replace('"', '""')
    line = ",".join(f'"{value}"' for value in values)
    before = kept()
    answer = sent(signed_in(client, cast.treating), (HEADER + line + "\n").encode())
    assert answer.status_code == 422
    assert "line 2" in answer.content.decode()
    assert "1+1" not in answer.content.decode()
    assert kept() == before


def test_markup_in_a_name_is_shown_as_the_characters_that_it_is(cast: Cast, client: Client) -> None:
    psychologist = signed_in(client, cast.treating)
    sent(psychologist, bundle(person(name=f"Ada {MARKUP}")).encode())
    assert cast.treating.user
    patient = access.records(cast.treating.user, at=NOW.replace(year=2999)).exclude(pk=cast.patient.pk).get()
    pages = ("/patients/", f"/patients/{patient.record_number}/profile/")
    shown = [psychologist.get(path).content.decode() for path in pages]
    assert all(MARKUP not in page for page in shown)
    assert all("&lt;img src=x onerror=alert(1)&gt;" in page for page in shown)


READERS: dict[str, tuple[bytes, Callable[[Path], Any], int]] = {
    "FHIR": (b'{"resourceType": "Patient", "id": "', lambda path: scan(path, report=lambda *_: None), 100),
    "CSV": (HEADER.encode(), lambda path: table.read(path, at=NOW), 3),
}


@pytest.mark.parametrize(("start", "read", "most"), READERS.values(), ids=READERS)
def test_fifty_megabytes_in_one_line_are_refused_in_little_memory(
    tmp_path: Path, start: bytes, read: Callable[[Path], Any], most: int
) -> None:
    path = tmp_path / "line"
    path.write_bytes(start + b"x" * 50 * MEGABYTE)
    tracemalloc.start()
    found = read(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.reasons
    assert peak < most * MEGABYTE

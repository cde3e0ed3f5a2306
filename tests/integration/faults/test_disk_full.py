"""The disk is full while records come in: said in words, nothing kept, and the same file comes in once there is room.

The limit of the size of a file is set on the running programs; a write beyond it fails as it does on a full disk.
"""

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request
from uuid import uuid4

import pytest
from runner.child import Child
from runner.paths import PROJECT, python_of

from audit.models import AuditEntry
from clinic.models.imported import ImportBatch, ImportedResource
from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import COMMITTED
from tests.integration.faults.load import signed_in
from tests.integration.imports.bundles import bundle, condition, person
from tests.services import child_environment
from tests.visitor import Answer, Visitor

pytestmark = [COMMITTED, pytest.mark.faults]

ROOM = 200_000
FULL = "The disk of the clinic is full, so nothing was stored."
RECORDS = bundle(person(), condition("Low mood", note=[{"text": "x" * 2 * ROOM}])).encode()


def processes(program: Child) -> list[int]:
    """A program and those that it started."""
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text(encoding="ascii")
    return [program.pid, *(int(pid) for pid in children.split())]


@contextmanager
def full(program: Child) -> Iterator[None]:
    """No file of this program grows beyond what there is room for."""
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    for pid in processes(program):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
    yield
    for pid in processes(program):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)


def brought(visitor: Visitor) -> Answer:
    """The file sent by the form of the page."""
    form = visitor.get("/patients/import/").form("/patients/import/")
    mark = uuid4().hex
    fields = {name: values[0] for name, values in form.fields.items()} | {"consent_record": "Form of 3 May"}
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'
    data = b"".join([*parts, head.encode(), RECORDS, f"\r\n--{mark}--\r\n".encode()])
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    return visitor._open(
        Request(urljoin(visitor.address, form.action), data=data, headers=kind, method="POST")
    )


def test_an_upload_onto_a_full_disk_is_refused_in_words_and_comes_in_whole_once_there_is_room(
    cast: Cast, start_web: Callable[..., tuple[Child, str]], tmp_path: Path
) -> None:
    web, address = start_web(TMPDIR=str(tmp_path))
    people = Patient.objects.count()
    visitor = signed_in(address, "treating")
    with full(web):
        answer = brought(visitor)
        assert (answer.status, FULL in answer.text) == (422, True)
        assert 'value="Form of 3 May"' in answer.text
        assert list(tmp_path.glob("*.upload*")) == []
        assert visitor.get("/queue/").status == 200
    assert (Patient.objects.count(), ImportedResource.objects.count()) == (people, 0)
    assert not AuditEntry.objects.filter(action="records_imported").exists()
    answer = brought(visitor)
    assert (answer.status, "The whole file is here." in answer.text) == (200, True)
    assert (Patient.objects.count(), ImportedResource.objects.count()) == (people + 1, 2)
    assert list(tmp_path.glob("*.upload*")) == []


def test_a_command_that_reads_from_a_pipe_onto_a_full_disk_says_so_and_keeps_nothing(
    cast: Cast, tmp_path: Path
) -> None:
    people = Patient.objects.count()
    command = [str(python_of()), str(PROJECT / "manage.py"), "import_fhir", "-"]
    running = subprocess.Popen(
        command,
        env=child_environment(TMPDIR=str(tmp_path)),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
    _out, said = running.communicate(RECORDS, timeout=30)
    assert running.returncode == 2
    assert b"Nothing was taken in." in said
    assert b"Traceback" not in said
    assert (Patient.objects.count(), ImportBatch.objects.count()) == (people, 0)
    assert list(tmp_path.iterdir()) == []

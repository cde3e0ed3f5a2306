"""What a stranger sends never lies on the disk, and nobody sends more than one file or more than the limit."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from clinic.models.imported import ImportedResource
from dashboard import uploads
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.imports.bundles import bundle, person
from tests.routes import routes
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

IMPORT = "/patients/import/"
PART = 100_000
TYPED = "Form of 3 May"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the pieces that were written to disk, and a limit that is quick to reach."""
    pieces: list[int] = []
    to_disk = TemporaryFileUploadHandler.receive_data_chunk

    def noted(handler: TemporaryFileUploadHandler, raw_data: bytes, start: int) -> None:
        pieces.append(len(raw_data))
        to_disk(handler, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", noted)
    monkeypatch.setattr(uploads, "LARGEST", PART)
    return pieces


def body(*contents: bytes, **fields: str) -> bytes:
    """A form with these fields and a file for each content."""
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts += [b'name="file"; filename="a.json"\r\n\r\n' + each for each in contents]
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    return b"".join(head + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


def send(client: Client, path: str, *contents: bytes, **fields: str) -> Any:
    return client.generic("POST", path, body(*contents, **fields), content_type=MULTIPART_CONTENT)


def test_a_strangers_file_is_written_nowhere_at_any_address(cast: Cast, written: list[int]) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies["countersign-csrf"] = "a" * 32
    paths = ("/sign-in/", "/help/", "/my/check-in/", IMPORT, "/api/v1/queue/", "/nowhere/")
    for client in (Client(), checked):
        for path in paths:
            assert send(client, path, b"x" * PART).status_code != 500
    assert written == []


@pytest.mark.parametrize("who", ["as_patient", "administrator"])
def test_only_a_psychologist_sends_files(cast: Cast, written: list[int], who: str) -> None:
    assert send(signed_in(Client(), getattr(cast, who)), IMPORT, b"x").status_code == 404
    assert written == []


def test_a_psychologist_sends_one_and_only_where_one_is_asked_for(cast: Cast, written: list[int]) -> None:
    psychologist = signed_in(Client(), cast.treating)
    send(psychologist, f"/patients/{cast.patient.record_number}/messages/", b"x" * PART, words="Hello")
    assert written == []
    assert send(psychologist, IMPORT, bundle(person()).encode()).status_code == 200
    assert (bool(written), ImportedResource.objects.count()) == (True, 1)


def test_of_several_files_none_stays(cast: Cast, written: list[int]) -> None:
    answer = send(signed_in(Client(), cast.treating), IMPORT, *[b"x" * 1_000] * 6)
    assert answer.status_code == 400
    assert sum(written) <= 1_000


def test_what_one_request_may_write_is_counted_over_all_its_files(
    cast: Cast, written: list[int], settings: Any
) -> None:
    """The second line: with more files allowed, together they still stay below the limit."""
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 100
    answer = send(signed_in(Client(), cast.treating), IMPORT, *[b"x" * (PART // 3)] * 6, consent_record=TYPED)
    assert answer.status_code == 422
    assert "larger than 50 MB" in answer.content.decode()
    assert sum(written) <= PART


def test_one_that_announces_itself_as_too_long_is_not_begun(
    cast: Cast, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AROUND", 1_000)
    answer = send(signed_in(Client(), cast.treating), IMPORT, b"x" * 2 * PART, consent_record=TYPED)
    assert (answer.status_code, written) == (422, [])
    assert f'value="{TYPED}"' in answer.content.decode()


def test_a_long_request_without_a_file_to_expect_is_refused_before_it_is_read(
    cast: Cast, written: list[int], settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = PART
    request = RequestFactory().generic(
        "POST", "/sign-in/", body(b"x" * 2 * PART), content_type=MULTIPART_CONTENT
    )
    stream = request.environ["wsgi.input"]
    with pytest.raises(RequestDataTooBig):
        len(request.POST)
    assert len(stream.read()) > 2 * PART
    assert send(Client(), "/my/check-in/", b"x" * 2 * PART).status_code in {400, 413}


def test_the_two_addresses_of_imports_alone_take_files() -> None:
    taking = {route.name for route in routes() if getattr(route.view, "takes_a_file", False)}
    assert taking == {"import", "record-import"}

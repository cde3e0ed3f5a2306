"""Bringing in records by the browser: the same rules, a plain answer, and nothing left behind."""

import errno
import glob
import re
import tempfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from clinic import access
from clinic.models.imported import ImportedResource
from clinic.models.observation import Observation
from clinic.models.patient import Patient
from dashboard import uploads
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.imports.bundles import bundle, condition, known_as, person, phq9_total
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

IMPORT = "/patients/import/"


def send(
    client: Client, text: str | bytes, *, path: str = IMPORT, consent_record: str = "", name: str = "a.json"
) -> Any:
    content = text if isinstance(text, bytes) else text.encode()
    fields = {"consent_record": consent_record, "file": SimpleUploadedFile(name, content)}
    return client.post(path, fields)


@pytest.fixture
def psychologist(cast: Cast, client: Client) -> Client:
    return signed_in(client, cast.treating)


def test_somebody_new_gets_a_record_and_comes_into_the_care_of_the_uploader(
    cast: Cast, psychologist: Client
) -> None:
    answer = send(psychologist, bundle(person(), condition("Depression")))
    assert answer.status_code == 200
    row = ImportedResource.objects.select_related("patient").first()
    assert row is not None
    patient: Patient = row.patient
    assert cast.treating.user is not None
    assert access.REVIEW in access.rights(cast.treating.user, patient, at=answer.wsgi_request.at)
    page = answer.content.decode()
    assert patient.record_number in page
    assert "The whole file is here." in page
    assert "Ada" not in page


def test_the_same_file_again_says_that_nothing_is_new(cast: Cast, psychologist: Client) -> None:
    send(psychologist, bundle(person()))
    assert "Nothing new" in send(psychologist, bundle(person())).content.decode()


def test_a_refused_file_lists_every_reason_keeps_what_was_typed_and_stores_nothing(
    cast: Cast, psychologist: Client
) -> None:
    wrong = [phq9_total(1, id=name, status="nonsense") for name in ("one", "two")]
    answer = send(psychologist, bundle(person(), *wrong), consent_record="Form of 3 May")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Observation/one" in page
    assert "Observation/two" in page
    assert 'value="Form of 3 May"' in page
    assert not ImportedResource.objects.exists()


def test_a_table_comes_in_into_the_record_it_is_about(cast: Cast, psychologist: Client) -> None:
    line = f"{cast.patient.record_number},sleep,7,2026-01-02T08:00:00Z\n"
    text = "record_number,signal,value,happened_at\n" + line
    path = reverse("record-import", args=[cast.patient.record_number])
    assert send(psychologist, text, path=path, name="a.csv").status_code == 200
    assert Observation.objects.get().value == 7
    foreign = text + line.replace(cast.patient.record_number, cast.other_patient.record_number)
    answer = send(psychologist, foreign, path=path)
    assert answer.status_code == 422
    assert "line 3: it is not about the person of this record" in answer.content.decode()


def test_a_file_about_somebody_elses_patient_is_refused(cast: Cast, psychologist: Client) -> None:
    other = signed_in(Client(), cast.other_psychologist)
    send(other, bundle(person()))
    answer = send(psychologist, bundle(person(), condition("Depression")))
    assert answer.status_code == 422
    assert "Depression" not in answer.content.decode()
    assert ImportedResource.objects.count() == 1
    entry = AuditEntry.objects.get(action="import_refused")
    theirs = Patient.objects.get(user=None)
    assert (entry.patient_id, entry.record_number) == (theirs.pk, theirs.record_number)


def test_a_refusal_says_one_sentence_whoever_of_the_clinic_speaks_against_it(
    cast: Cast, psychologist: Client
) -> None:
    """A number of another system, tried out, does not say by the words whether it is a colleague's patient."""
    other = signed_in(Client(), cast.other_psychologist)
    send(other, bundle(person("b", identifier=known_as("b"))))
    send(psychologist, bundle(person("a", identifier=known_as("a"))))
    files = {
        "a colleague's patient": person("b", identifier=known_as("b")),
        "another birth date in the own caseload": person("a", identifier=known_as("a"), born="1971-01-01"),
        "two people": person("x", identifier=known_as("a", "b")),
    }
    said = set()
    for what, each in files.items():
        answer = send(psychologist, bundle(each))
        assert answer.status_code == 422, what
        said |= set(
            re.findall("An identifier, the record number or the birth date[^<]*", answer.content.decode())
        )
        assert "differs" not in answer.content.decode()
    assert len(said) == 1


def test_a_file_that_is_too_large_is_refused_beside_the_field(
    cast: Cast, psychologist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1_000)
    before = spooled()
    answer = send(psychologist, b" " * 200_000, consent_record="Form of 3 May")
    assert answer.status_code == 422
    assert "larger than 50 MB" in answer.content.decode()
    assert 'value="Form of 3 May"' in answer.content.decode()
    assert spooled() == before


def test_a_full_disk_has_its_own_answer_and_nothing_is_left(
    cast: Cast, psychologist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = spooled()
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    answer = send(psychologist, bundle(person()))
    assert answer.status_code == 422
    assert "disk of the clinic is full" in answer.content.decode()
    assert (spooled(), ImportedResource.objects.count()) == (before, 0)


def test_after_a_good_import_no_temporary_file_is_left(cast: Cast, psychologist: Client) -> None:
    before = spooled()
    send(psychologist, bundle(person())).close()
    assert spooled() == before


@pytest.mark.parametrize("fields", [{}, {"file": SimpleUploadedFile("a.json", b"")}], ids=["none", "empty"])
def test_without_a_file_the_form_says_so(cast: Cast, psychologist: Client, fields: dict[str, Any]) -> None:
    assert psychologist.post(IMPORT, fields).status_code == 422


def spooled() -> int:
    """How many uploads lie in the directory for temporary files."""
    return len(glob.glob(f"{tempfile.gettempdir()}/*.upload.*"))

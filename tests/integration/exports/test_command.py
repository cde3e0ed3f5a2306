"""export_fhir: one record into a file or to standard output."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from clinic import consent, keys
from clinic.models.consent import Purpose, Source
from clinic.models.patient import Patient
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.fhir.checks import faults

pytestmark = ROLLED_BACK


def test_it_prints_one_bundle_and_nothing_else(lived: Patient) -> None:
    out = StringIO()
    call_command("export_fhir", lived.record_number, stdout=out, stderr=StringIO())
    assert faults(json.loads(out.getvalue())) == []


def test_a_file_is_new_and_for_the_one_who_asked_alone(lived: Patient, tmp_path: Path) -> None:
    output, said = tmp_path / "record.json", StringIO()
    call_command("export_fhir", lived.record_number, output=output, stderr=said)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert f"{len(json.loads(output.read_text())['entry'])} resources" in said.getvalue()
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_fhir", lived.record_number, output=output)
    assert AuditEntry.objects.filter(action="record_exported").count() == 1


def test_it_says_what_was_left_out(cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient,
        source=Source.DEVICE,
        purpose=Purpose.SHARE,
        by=cast.as_patient,
        at=cast.patient.created_at,
    )
    said = StringIO()
    call_command("export_fhir", cast.patient.record_number, stdout=StringIO(), stderr=said)
    assert "left out, because the patient does not share it" in said.getvalue()


def test_an_unknown_record_and_one_without_a_key_are_refused_with_a_sentence(cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is no record CS-1"):
        call_command("export_fhir", "CS-1")
    keys.destroy(patient_id=cast.patient.pk)
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("export_fhir", cast.patient.record_number)
    assert not AuditEntry.objects.filter(action="record_exported").exists()

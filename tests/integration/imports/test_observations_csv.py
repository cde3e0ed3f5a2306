"""A table of numbers comes in whole or not at all; every bad line is named and quotes nothing."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from clinic import consent
from clinic.actor import SOFTWARE, Actor
from clinic.imports import table
from clinic.imports.numbers import TakenNumbers, take_in_numbers
from clinic.imports.refused import ImportRefused
from clinic.models.consent import Purpose, Source
from clinic.models.imported import ImportBatch
from clinic.models.observation import Observation
from clinic.models.outbox import OutboxMessage
from clinic.models.patient import Patient
from clinic.models.user import User
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.integration.imports.cases import BAD_FILES, BAD_LINES, HEADER

pytestmark = ROLLED_BACK

WHEN = (NOW - dt.timedelta(days=2)).isoformat()


def bring(
    folder: Path,
    text: str | bytes,
    *,
    into: Patient | None = None,
    consent_record: str = "",
    by: Actor = SOFTWARE,
    dry_run: bool = False,
) -> TakenNumbers:
    path = folder / "numbers.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return take_in_numbers(
        table=table.read(path, at=NOW),
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        into=into,
        consent_record=consent_record,
        by=by,
        at=NOW,
        dry_run=dry_run,
    )


def lines(patient: Patient, *rest: str) -> str:
    return HEADER + "".join(f"{patient.record_number},{each}\n" for each in rest)


def test_a_table_comes_in_once(cast: Cast, tmp_path: Path) -> None:
    text = lines(cast.patient, f"sleep,6.5,{WHEN},hours,device", f"phq9,12,{WHEN},,", f"phq9,12,{WHEN},,")
    taken = bring(tmp_path, "\ufeff" + text)
    assert (taken.new, taken.known) == (2, 0)
    assert set(Observation.objects.values_list("signal", "value", "source")) == {
        ("sleep", 6.5, Source.DEVICE),
        ("phq9", 12, Source.IMPORTED),
    }
    assert (bring(tmp_path, text).new, ImportBatch.objects.count()) == (0, 1)
    assert AuditEntry.objects.filter(action="records_imported").count() == 2


def test_another_value_takes_the_place_of_the_older_one(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, lines(cast.patient, f"sleep,6.5,{WHEN},,"))
    assert bring(tmp_path, lines(cast.patient, f"sleep,7,{WHEN},,")).replaced == 1
    assert Observation.objects.get(superseded_at=None).value == 7


@pytest.mark.parametrize(("line", "words"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_with_its_number_and_nothing_is_stored(
    cast: Cast, tmp_path: Path, line: str, words: str
) -> None:
    good = f"sleep,6.5,{WHEN},,"
    text = (
        lines(cast.patient, good)
        + line.replace("CS-1", cast.patient.record_number).replace("WHEN", WHEN)
        + "\n"
    )
    with pytest.raises(ImportRefused) as refused:
        bring(tmp_path, text)
    assert [reason.place for reason in refused.value.reasons] == ["line 3"]
    assert words in refused.value.reasons[0].words
    assert not Observation.objects.exists()


@pytest.mark.parametrize(("text", "words"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_with_a_plain_reason(
    cast: Cast, tmp_path: Path, text: bytes, words: str
) -> None:
    with pytest.raises(ImportRefused, match=words):
        bring(tmp_path, text)


def test_every_bad_line_is_listed(cast: Cast, tmp_path: Path) -> None:
    text = lines(
        cast.patient, f"sleep,25,{WHEN},,", f"sleep,6,{WHEN},,", "sleep,6,yesterday,,", f"sleep,7,{WHEN},,"
    )
    with pytest.raises(ImportRefused) as refused:
        bring(tmp_path, text)
    assert [reason.place for reason in refused.value.reasons] == ["line 2", "line 4", "line 5"]


def test_numbers_need_an_agreement(cast: Cast, tmp_path: Path) -> None:
    patient, _ring = patient_of(None, "Nora Vale", sign_in_name="nora", purposes=())
    text = lines(patient, f"mood,6,{WHEN},,")
    with pytest.raises(ImportRefused, match="has not agreed"):
        bring(tmp_path, text)
    assert bring(tmp_path, text, consent_record="Form of 3 May").consents == 3
    assert not consent.agreed(patient, source=Source.DEVICE, purpose=Purpose.KEEP)


def test_a_new_mood_is_read_again(cast: Cast, tmp_path: Path) -> None:
    bring(tmp_path, lines(cast.patient, f"mood,6,{WHEN},,"))
    assert OutboxMessage.objects.get().arguments == {"patient_ids": [str(cast.patient.pk)]}


def test_a_psychologist_takes_in_their_own_caseload_only(cast: Cast, tmp_path: Path) -> None:
    text = lines(cast.other_patient, f"mood,6,{WHEN},,")
    with pytest.raises(ImportRefused, match="no such record"):
        bring(tmp_path, text, by=cast.treating)
    with pytest.raises(ImportRefused, match="not about the person"):
        bring(tmp_path, text, by=cast.other_psychologist, into=cast.patient)
    assert bring(tmp_path, text, by=cast.other_psychologist).new == 1


def test_the_command_names_the_lines_and_leaves_with_one(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(lines(cast.patient, f"sleep,25,{WHEN},,"))
    with pytest.raises(CommandError) as refused:
        call_command("import_observations", str(path))
    assert refused.value.returncode == 1
    assert "line 2: sleep is from 0 to 24" in capsys.readouterr().err
    assert AuditEntry.objects.filter(action="import_refused").count() == 1
    path.write_text(lines(cast.patient, f"sleep,7,{WHEN},,"))
    call_command("import_observations", str(path), "--dry-run")
    assert "Dry run" in capsys.readouterr().out
    assert not Observation.objects.exists()
    call_command("import_observations", str(path))
    assert "1 numbers new" in capsys.readouterr().out
    assert User.objects.exists()

"""The table that a record is exported as comes in again: the same numbers on the same days, and nothing twice."""

import datetime as dt
import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic import clock, intake, series
from clinic.actor import SOFTWARE
from clinic.imports import numbers, table
from clinic.imports.numbers import TakenNumbers, take_in_numbers
from clinic.intake import NewNumber
from clinic.models.consent import Source
from clinic.models.imported import ImportBatch
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from recommendations.fhir.outgoing.numbers import number
from recommendations.table import COLUMNS, of_patient, written
from tests.cast import NOW, Cast, patient_of
from tests.database import ROLLED_BACK
from tests.factories import check_ins
from tests.forms import filled

pytestmark = ROLLED_BACK

HEAD = ",".join(COLUMNS) + "\n"
ALL = tuple(Source)


def bring(folder: Path, text: str, *, consent_record: str = "Form of 3 May") -> TakenNumbers:
    path = folder / "numbers.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return take_in_numbers(
        table=table.read(path, at=NOW),
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        into=None,
        consent_record=consent_record,
        by=SOFTWARE,
        at=NOW,
    )


def exported(patient: Patient) -> str:
    return "".join(written(of_patient(patient, sources=ALL, at=NOW)))


def newcomer(cast: Cast) -> Patient:
    """Somebody of whom this installation knows nothing but the record number."""
    return patient_of(cast.treating, "Rosa Lind", sign_in_name="rosa", purposes=())[0]


def in_another(text: str, old: Patient, new: Patient) -> str:
    """The table as it would come into an empty installation, where the record stands with no number yet."""
    return text.replace(old.record_number, new.record_number)


def told(patient: Patient) -> list[tuple[str, float, dt.datetime, dt.date]]:
    rows = Observation.objects.filter(patient=patient, superseded_at=None).order_by(
        "happened_at", "signal", "value"
    )
    return list(rows.values_list("signal", "value", "happened_at", "local_date"))


def days(patient: Patient) -> dict[Signal, list[tuple[dt.date, float, int]]]:
    found = series.read(
        patient,
        signals=list(Signal),
        sources=ALL,
        since=dt.date(1990, 1, 1),
        until=NOW.date() + dt.timedelta(days=2),
    )
    return {
        signal: [(each.day, each.value, each.count) for each in of_signal]
        for signal, of_signal in found.items()
    }


def a_life(cast: Cast) -> None:
    """Check-ins, a form, nights of a device, one of which counts for the day after; and a number from elsewhere."""
    check_ins(cast.patient, (6, 7, 6, 5))
    filled(cast.patient, "phq9", at=NOW - dt.timedelta(hours=3, microseconds=41))
    night = NOW - dt.timedelta(days=2)
    by_device = [
        NewNumber(Signal.SLEEP, 6.333333333333333, night, day=night.date() + dt.timedelta(days=1)),
        NewNumber(Signal.STEPS, 4210, night),
    ]
    elsewhere = [NewNumber(Signal.GAD7, 9, NOW - dt.timedelta(days=3))]
    for found, source in ((by_device, Source.DEVICE), (elsewhere, Source.IMPORTED)):
        intake.record_observations(
            patient=cast.patient, numbers=found, source=source, by=cast.as_patient, at=NOW
        )


def test_what_was_exported_gives_the_same_numbers_on_the_same_days_in_an_empty_installation(
    cast: Cast, tmp_path: Path
) -> None:
    a_life(cast)
    rosa = newcomer(cast)
    taken = bring(tmp_path, in_another(exported(cast.patient), cast.patient, rosa))
    assert told(rosa) == told(cast.patient) != []
    assert days(rosa) == days(cast.patient)
    assert (taken.new, taken.known) == (8, 0)


def test_what_was_entered_elsewhere_is_from_elsewhere_here_and_its_source_is_kept_as_words(
    cast: Cast, tmp_path: Path
) -> None:
    a_life(cast)
    rosa = newcomer(cast)
    taken = bring(tmp_path, in_another(exported(cast.patient), cast.patient, rosa))
    sources = Observation.objects.filter(patient=rosa).values_list("source", flat=True)
    assert set(sources) == {Source.IMPORTED, Source.DEVICE}
    assert taken.came_as == {"check_in": 4, "questionnaire": 1}
    counts = ImportBatch.objects.get().counts
    assert (counts["came as check_in"], counts["came as questionnaire"]) == (4, 1)


def test_the_command_reads_the_exported_table_and_says_what_was_entered_elsewhere(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    a_life(cast)
    path, out = tmp_path / "record.csv", StringIO()
    rosa = newcomer(cast)
    path.write_text(in_another(exported(cast.patient), cast.patient, rosa), encoding="utf-8", newline="")
    call_command("import_observations", str(path), consent_record="Form of 3 May", stdout=out)
    assert "8 numbers new" in out.getvalue()
    assert "4 had been entered elsewhere (check_in): here they are numbers from elsewhere." in out.getvalue()


def test_taken_into_the_installation_that_it_came_from_it_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    a_life(cast)
    before = told(cast.patient)
    taken = bring(tmp_path, exported(cast.patient), consent_record="")
    assert (taken.new, taken.replaced, taken.known) == (0, 0, 8)
    assert told(cast.patient) == before
    assert not ImportBatch.objects.exists()


def test_planted_fault_without_knowing_the_own_lines_every_check_in_would_stand_twice(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_life(cast)
    monkeypatch.setattr(numbers, "own_lines", lambda lines, people: set())
    assert bring(tmp_path, exported(cast.patient)).new == 5


def line(source: str, signal: str = "mood", day: str = "2026-03-04") -> str:
    return f"CS-12345,{signal},6,2026-03-04T23:30:00+01:00,,{source},{day},Anywhere/At all,whenever\n"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        (line("check_in"), True),
        (line("questionnaire", "phq9"), True),
        (line("questionnaire", "gad7"), True),
        (line("check_in", "sleep"), False),
        (line("questionnaire", "mood"), False),
        (line("check-in"), False),
        (line("imported", day="2026-03-05"), True),
        (line("imported", day="2026-03-03"), True),
        (line("imported", day=""), True),
        (line("imported", day="2026-03-06"), False),
        (line("imported", day="2026-03-02"), False),
        (line("imported", day="4 March"), False),
    ],
)
def test_sources_and_days_are_read_strictly_and_zone_and_as_of_not_at_all(
    tmp_path: Path, text: str, reads: bool
) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    found = table.read(path, at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    assert bool(found.lines) is reads
    assert bool(found.reasons) is not reads


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.floats(0.001, 24))
def test_every_value_that_is_written_is_read_back_to_the_last_bit(tmp_path: Path, hours: float) -> None:
    path = tmp_path / "numbers.csv"
    text = f"CS-12345,sleep,{number(hours)},2026-03-04T07:00:00Z,hours,device,,,\n"
    path.write_text(HEAD + text, encoding="utf-8")
    (found,) = table.read(path, at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC)).lines
    assert found.value == hours

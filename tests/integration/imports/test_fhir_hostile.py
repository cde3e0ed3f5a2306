"""Broken, hostile and foreign files: a plain reason, nothing stored, little memory."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest

from clinic.imports.refused import ImportRefused
from clinic.models.imported import ImportedResource
from clinic.models.patient import Patient
from recommendations.fhir.incoming.reading import entries
from recommendations.fhir.incoming.window import Unreadable
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.imports.bundles import bring, bundle, person
from tests.integration.imports.hostile import HOSTILE, WEIGHT

pytestmark = ROLLED_BACK


@pytest.mark.parametrize(("text", "words"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_with_a_plain_reason_and_nothing_is_stored(
    cast: Cast, tmp_path: Path, text: bytes, words: str
) -> None:
    before = Patient.objects.count()
    with pytest.raises(ImportRefused, match=words) as refused:
        bring(tmp_path, text)
    assert Patient.objects.count() == before
    assert not ImportedResource.objects.exists()
    assert "Ada" not in str(refused.value)


def test_any_place_at_which_a_file_is_cut_off_is_noticed() -> None:
    text = bundle(person(), WEIGHT).encode()
    for end in range(1, len(text), 7):
        with pytest.raises(Unreadable):
            list(entries(io.BytesIO(text[:end])))


def test_a_value_that_lies_across_two_readings_is_read_whole() -> None:
    for padding in range(65_500, 65_560, 3):
        text = json.dumps({"resourceType": "Bundle", "x": "y" * padding, "entry": [{"resource": WEIGHT}] * 3})
        assert [entry.resource for entry in entries(io.BytesIO(text.encode()))] == [WEIGHT] * 3


def test_a_long_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    entry = json.dumps({"resource": WEIGHT})
    with path.open("w") as out:
        out.write('{"resourceType": "Bundle", "type": "collection", "entry": [' + entry)
        for _number in range(40_000):
            out.write("," + entry)
        out.write("]}")
    assert path.stat().st_size > 8_000_000
    tracemalloc.start()
    with path.open("rb") as stream:
        assert sum(1 for _entry in entries(stream)) == 40_001
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fixtures"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files of ../shared are not here")
def test_real_sample_files_come_in_once_and_older_versions_are_refused(cast: Cast, tmp_path: Path) -> None:
    synthea = min((SHARED / "synthea_r4").glob("*.json"), key=lambda path: path.stat().st_size)
    first = bring(tmp_path, synthea.read_bytes())
    assert first.new.total() > 50
    assert bring(tmp_path, synthea.read_bytes()).new.total() == 0
    with pytest.raises(ImportRefused, match="QuestionnaireResponse"):
        bring(tmp_path, (SHARED / "fhir_stu3_pro" / "SMART-PROMs-1.json").read_bytes())
    for path in sorted((SHARED / "fhir_us_core_phq9").glob("*.json")):
        bring(tmp_path, path.read_bytes(), into=cast.patient)

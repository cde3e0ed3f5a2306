"""The same data under the same release give the same digest: in any chunk, on any day, on any machine."""

import hashlib
import struct
from dataclasses import replace
from math import floor, isnan

import numpy as np
import pytest
from hypothesis import given, settings

from recommendations.scoring.mood import MOOD, MOOD_1
from recommendations.scoring.reading import ChunkReading, read_chunk
from recommendations.scoring.release import Release
from tests.unit.recommendations.scoring.chunks import (
    FIRST_DAY,
    Chunk,
    chunks,
    flat,
    history,
    latest,
    synthetic,
)
from tests.unit.recommendations.scoring.plain import TWO_SIGNALS

FIGURES = ["level", "low", "high", "next_low", "next_high", "usual_low", "usual_middle", "usual_high"]
# Of the series in the last test, under mood-1 1.0.0: other processors and versions of NumPy must find it too, or
# stored readings could not be made again.
WRITTEN_DOWN = "182ffafdcff4d8615758cb4b496f33d94aa190a65a8d46fabbe934110f542c94"


def plain_inputs(series: Chunk, release: Release) -> bytes:
    """The documented canonical form of one patient's inputs (days x signals), written down a second time."""
    parts = [b"countersign scoring inputs 1\x00", release.digest]
    for number, day in enumerate(series.tolist()):
        if not all(isnan(value) for value in day):
            parts.append(struct.pack(f"<q{len(day)}d", FIRST_DAY + number, *day))
    parts.append(struct.pack("<q", FIRST_DAY + len(series) - 1))
    return hashlib.sha256(b"".join(parts)).digest()


def plain_reading(reading: ChunkReading, row: int, day: int) -> bytes:
    """The documented canonical form of one stored reading."""
    parts = [b"countersign scoring reading 1\x00", reading.release.digest, reading.inputs_digests[row][day]]
    known, figures = reading.evidence, reading.figures
    for signal in range(len(reading.release.signals)):
        at = (row, day, signal)
        counts = (known.recent_days, known.history_days, known.days_since_data)
        codes = [figures.direction, known.held_back, known.little_data, *counts]
        numbers = [float(getattr(figures, name)[at]) for name in FIGURES]
        whole = [-(2**63) if isnan(number) else floor(number * 1e6 + 0.5) for number in numbers]
        parts.append(struct.pack("<14q", *(int(code[at]) for code in codes), *whole))
    return hashlib.sha256(b"".join(parts)).digest()


@given(chunks(max_days=25))
@settings(deadline=None, max_examples=40)
def test_the_digests_are_those_of_the_documented_bytes(values: Chunk) -> None:
    reading = history(values)
    for row in range(values.shape[0]):
        for day in range(values.shape[1]):
            assert reading.inputs_digests[row][day] == plain_inputs(values[row, : day + 1], MOOD_1)
            assert reading.reading_digests[row][day] == plain_reading(reading, row, day)


def test_two_signals_have_one_digest_over_both() -> None:
    values = synthetic(4, 30, seed=18, signals=2)
    reading = latest(values, TWO_SIGNALS)
    for row in range(4):
        assert reading.inputs_digests[row] == (plain_inputs(values[row], TWO_SIGNALS),)
        assert reading.reading_digests[row] == (plain_reading(reading, row, 0),)


def test_the_latest_reading_has_the_digests_of_the_last_day_of_the_history() -> None:
    values = synthetic(20, 130, seed=19)
    last, every = latest(values), history(values)
    assert [own[-1] for own in every.inputs_digests] == flat(last.inputs_digests)
    assert [own[-1] for own in every.reading_digests] == flat(last.reading_digests)


def test_a_reading_of_an_earlier_day_can_be_made_again_to_the_same_digest() -> None:
    values = synthetic(10, 120, seed=20)
    stored = history(values)
    for day in (5, 60, 119):
        again = latest(values[:, : day + 1])
        assert flat(again.reading_digests) == [own[day] for own in stored.reading_digests]


def test_the_chunk_and_its_empty_first_days_leave_no_trace() -> None:
    values = synthetic(133, 110, seed=21)
    whole = latest(values)
    alone = [latest(values[row : row + 1]) for row in range(133)]
    assert flat(whole.reading_digests) == [digest for one in alone for digest in flat(one.reading_digests)]
    earlier = np.concatenate([np.full((133, 40, 1), np.nan), values], axis=1)
    padded = read_chunk(earlier, first_day=FIRST_DAY - 40, release=MOOD_1)
    assert padded.inputs_digests == whole.inputs_digests
    assert padded.reading_digests == whole.reading_digests


@pytest.mark.parametrize("day", [0, 15, 29])
def test_any_changed_day_changes_both_digests(day: int) -> None:
    values = synthetic(1, 30, seed=22, missing=0.0)
    before = latest(values)
    values[0, day, 0] = 3.5
    after = latest(values)
    assert before.inputs_digests != after.inputs_digests
    assert before.reading_digests != after.reading_digests


def test_the_same_values_on_another_date_or_under_another_release_have_other_digests() -> None:
    values = synthetic(1, 30, seed=23)
    here = latest(values)
    later = read_chunk(values, first_day=FIRST_DAY + 1, release=MOOD_1)
    other = latest(values, replace(MOOD_1, signals=(replace(MOOD, drift=0.1000001),)))
    renamed = latest(values, replace(MOOD_1, version="1.0.1"))
    found = {flat(reading.inputs_digests)[0] for reading in (here, later, other, renamed)}
    assert len(found) == 4


def test_a_silent_day_has_a_digest_of_its_own() -> None:
    values = synthetic(1, 20, seed=24)
    values[0, 10:] = np.nan
    assert len(set(flat(history(values).inputs_digests))) == 20


def test_zero_has_one_form() -> None:
    values = np.zeros((1, 6, 1))
    assert latest(values).reading_digests == latest(-values).reading_digests


def test_the_digest_of_a_known_reading_is_the_one_that_was_written_down() -> None:
    days = [6.0, 5.5, np.nan, 7.0, 6.0, 4.0, 5.0, np.nan, np.nan, 6.5, 6.0, 3.0, 2.0, 4.0, 3.0, 3.5, 2.0, 4.0]
    reading = latest(np.array(days)[None, :, None])
    assert flat(reading.reading_digests)[0].hex() == WRITTEN_DOWN

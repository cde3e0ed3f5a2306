"""Fingerprints: the same data under the same release give the same digest, in any chunk, on any machine.

The canonical form of the inputs up to a day is: a label, the release's digest, for each day with data its
ordinal (int64) and the S values (float64, NaN in one form, no -0.0), then the ordinal of the day itself;
all little-endian. Days before the first one with data, and who else is in the chunk, leave no trace.

The canonical form of a reading is: a label, the release's digest, the inputs' digest, then for each signal
the codes and counts and the figures in millionths of a point (int64, rounded half up, "not known" as the
least int64).
"""

import hashlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from recommendations.scoring.release import Release
from recommendations.scoring.series import FloatArray, IntArray

INPUTS_LABEL = b"countersign scoring inputs 1\x00"
READING_LABEL = b"countersign scoring reading 1\x00"
MILLIONTHS = 1e6
NOT_KNOWN = np.iinfo(np.int64).min

Digests = tuple[tuple[bytes, ...], ...]


def inputs_digests(values: FloatArray, *, first_day: int, release: Release, history: bool) -> Digests:
    """SHA-256 of each patient's inputs up to the last day, or with `history` up to every day.

    values is patients x days x signals; the result is one tuple of 32-byte digests per patient.
    """
    head = hashlib.sha256(INPUTS_LABEL + release.digest)
    days = np.arange(first_day, first_day + values.shape[1])
    patient, column, records = _records(values, days)
    ends = np.searchsorted(patient, np.arange(values.shape[0] + 1))
    size = records.dtype.itemsize
    packed = memoryview(records.tobytes())
    tails = [int(day).to_bytes(8, "little", signed=True) for day in days]
    result = []
    for first, last in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        running = head.copy()
        own = packed[first * size : last * size]
        if history:
            result.append(tuple(_every_day(running, own, column[first:last].tolist(), tails, size)))
        else:
            running.update(own)
            running.update(tails[-1])
            result.append((running.digest(),))
    return tuple(result)


def reading_digests(figures: FloatArray, codes: IntArray, *, inputs: Digests, release: Release) -> Digests:
    """SHA-256 of each reading. figures and codes are patients x days x signals x columns."""
    scaled = np.floor(figures * MILLIONTHS + 0.5)
    whole = np.where(np.isnan(scaled), NOT_KNOWN, np.nan_to_num(scaled)).astype("<i8")
    rows = np.concatenate([codes.astype("<i8"), whole], axis=-1)
    size = rows[0, 0].nbytes if rows.size else 0
    packed = memoryview(rows.tobytes())
    head = READING_LABEL + release.digest
    sha256, result, at = hashlib.sha256, [], 0
    for own in inputs:
        digests = []
        for digest in own:
            digests.append(sha256(head + digest + packed[at : at + size]).digest())
            at += size
        result.append(tuple(digests))
    return tuple(result)


def _records(values: FloatArray, days: IntArray) -> tuple[IntArray, IntArray, NDArray[np.void]]:
    """One record per patient and day with data, in that order: patient row, column, packed bytes."""
    patient, column = np.nonzero(~np.isnan(values).all(axis=2))
    records = np.empty(patient.size, dtype=[("day", "<i8"), ("values", "<f8", (values.shape[2],))])
    records["day"] = days[column]
    kept = values[patient, column]
    records["values"] = np.where(np.isnan(kept), np.nan, kept)
    return patient, column, records


def _every_day(
    running: "hashlib._Hash", own: memoryview, columns: list[int], tails: list[bytes], size: int
) -> Iterator[bytes]:
    """The digest up to each day, from one running hash: a record is taken in once."""
    taken = 0
    for day, tail in enumerate(tails):
        if taken < len(columns) and columns[taken] == day:
            running.update(own[taken * size : (taken + 1) * size])
            taken += 1
        upto = running.copy()
        upto.update(tail)
        yield upto.digest()

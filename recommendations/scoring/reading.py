"""Mood readings for a chunk of patients in one call: figures, evidence, facts and digests."""

from dataclasses import dataclass

import numpy as np

from recommendations.scoring.digests import Digests, inputs_digests, reading_digests
from recommendations.scoring.evidence import Evidence, evidence
from recommendations.scoring.facts import Facts, facts
from recommendations.scoring.figures import Figures, each_day, joined
from recommendations.scoring.release import Release
from recommendations.scoring.series import FloatArray, IntArray, by_series, checked


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkReading:
    """Readings of N patients on K days (the last one, or every day) for S signals.

    `days` are the ordinals of the K days. The arrays in `figures` and `evidence` are N x K x S, those in
    `facts` (about the last day) N x S. The digests are N tuples of K digests of 32 bytes.
    """

    release: Release
    days: range
    figures: Figures
    evidence: Evidence
    facts: Facts
    inputs_digests: Digests
    reading_digests: Digests


def read_chunk(
    values: FloatArray, *, first_day: int, release: Release, history: bool = False
) -> ChunkReading:
    """Read the last day of values, or with `history` every day, each from that day and earlier ones only.

    values is patients x days x signals: daily values in points, NaN where nothing came. Columns are
    consecutive local dates from the ordinal `first_day` on; they must reach back to each person's first day
    with data, for a reading rests on all of them. Earlier empty columns change nothing. The readings of a
    patient do not depend, to the last bit, on who else is in the chunk. Raises ValueError for a wrong shape
    or a value that lies off its signal's scale.
    """
    array = checked(values, release=release)
    series = by_series(array)
    known = evidence(series, rules=release.rules)
    columns = range(array.shape[1])[None if history else -1 :]
    pairs = list(each_day(array, series, known, columns=columns, release=release))
    figures = joined([figures for figures, _ in pairs])
    shown = _at(known, columns)
    inputs = inputs_digests(array, first_day=first_day, release=release, history=history)
    return ChunkReading(
        release=release,
        days=range(first_day + columns.start, first_day + columns.stop),
        figures=figures,
        evidence=shown,
        facts=facts(series, known=known, usual=pairs[-1][1], release=release),
        inputs_digests=inputs,
        reading_digests=reading_digests(
            figures.numbers(), _codes(shown, figures), inputs=inputs, release=release
        ),
    )


def _at(known: Evidence, columns: range) -> Evidence:
    """The evidence on some days, with the days before the signals as everywhere in a reading."""
    part = slice(columns.start, columns.stop)
    return Evidence(
        recent_days=known.recent_days[..., part].swapaxes(1, 2),
        history_days=known.history_days[..., part].swapaxes(1, 2),
        days_since_data=known.days_since_data[..., part].swapaxes(1, 2),
        held_back=known.held_back[..., part].swapaxes(1, 2),
        little_data=known.little_data[..., part].swapaxes(1, 2),
    )


def _codes(known: Evidence, figures: Figures) -> IntArray:
    """All codes and counts of a reading side by side, as the digest takes them."""
    counts = (known.recent_days, known.history_days, known.days_since_data)
    return np.stack([figures.direction, known.held_back, known.little_data, *counts], axis=-1).astype(
        np.int64
    )

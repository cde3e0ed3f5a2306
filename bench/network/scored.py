"""Scoring end to end through outbox, Redis and a real worker: against reading alone and one task per patient."""

import datetime as dt
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from runner import programs

from bench.network.contest import Line
from bench.network.people import person
from bench.network.scale import Scale
from clinic import outbox
from clinic.celery import app
from clinic.clock import local_date
from clinic.models.patient import Patient
from recommendations import pipeline
from recommendations.models.reading import MoodReading
from recommendations.tasks import CHUNK

TASK = "recommendations.tasks.score_patients"
MEGABYTE_OF_KILOBYTES = 1_024
LONGEST = 900.0


def measure(scale: Scale, *, at: dt.datetime, rounds: int) -> list[Line]:
    """The rows about scoring: three ways in turn on different patients, then everybody."""
    with TemporaryDirectory() as directory:
        worker = programs.worker(os.environ, Path(directory) / "worker.log", concurrency=1)
        worker.start()
        try:
            worker.wait_until(lambda: worker.said(" ready."), seconds=60)
            lines = _in_turn(scale, at=at, rounds=max(3, rounds // 5))
            lines += _everybody(scale, worker.pid, at=at)
        finally:
            worker.stop()
    return lines


def _in_turn(scale: Scale, *, at: dt.datetime, rounds: int) -> list[Line]:
    """Patients are scored once: each round takes new ones from the end of the list."""
    block = min(5_000, scale.patients // (4 * (rounds + 1)))
    single = min(300, block)
    ids = [person("patient", n) for n in range(scale.patients - 1, -1, -1)]
    found: dict[str, list[float]] = {"read": [], "chunks": [], "singles": []}
    _score([ids[:CHUNK]], at=at)  # the worker imports what it needs
    place = CHUNK
    for _ in range(rounds):
        part, one_by_one = ids[place : place + block], ids[place + block : place + block + single]
        place += block + single
        found["read"].append(len(part) / _seconds(partial(_read, part, at=at)))
        chunks = [part[start : start + CHUNK] for start in range(0, len(part), CHUNK)]
        found["chunks"].append(len(part) / _seconds(partial(_score, chunks, at=at)))
        alone = [[each] for each in one_by_one]
        found["singles"].append(len(alone) / _seconds(partial(_score, alone, at=at)))
    rate = {name: median(rates) for name, rates in found.items()}
    said = {name: f"{each:,.0f} patients/s" for name, each in rate.items()}
    work = f"scoring through Celery, chunks of {CHUNK}, one worker process"
    return [
        Line(
            work,
            said["chunks"],
            f"reading alone, {said['read']}",
            rate["chunks"] / rate["read"],
            "at least 0.5x",
        ),
        Line(
            work,
            said["chunks"],
            f"one task per patient, {said['singles']}",
            rate["chunks"] / rate["singles"],
            "at least 20x",
        ),
    ]


def _everybody(scale: Scale, worker: int, *, at: dt.datetime) -> list[Line]:
    ids = [person("patient", n) for n in range(scale.patients)]
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    seconds = _seconds(lambda: _score(chunks, at=at))
    most = max(_most_memory(process) for process in (worker, *_children(worker)))
    work = f"scoring {len(ids):,} patients, most memory of a worker process"
    rate = f"{most:,.0f} MB; {seconds:.0f} s, {len(ids) / seconds:,.0f} patients/s"
    return [Line(work, rate, "400 MB", most / 400, "at most 1x")]


def _read(ids: Sequence[UUID], *, at: dt.datetime) -> None:
    """What scoring must read at the least: patients and their observations, as arrays."""
    for start in range(0, len(ids), CHUNK):
        patients = list(Patient.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("pk"))
        assert list(pipeline._series(patients, at=at))


def _score(chunks: Sequence[Sequence[UUID]], *, at: dt.datetime) -> None:
    """Ask for these chunks and wait until the last patient of each has a reading of today."""
    for chunk in chunks:
        outbox.enqueue(TASK, patient_ids=[str(each) for each in chunk])
    while outbox.publish(app=app, at=at + dt.timedelta(days=1)):
        pass
    waiting = {max(chunk) for chunk in chunks}
    today = local_date(at=at, zone="Europe/London")
    deadline = perf_counter() + LONGEST
    while waiting:
        done = MoodReading.objects.filter(patient__in=waiting, as_of=today, facts__isnull=False)
        waiting -= set(done.values_list("patient_id", flat=True))
        time.sleep(0.05)
        if perf_counter() > deadline:
            raise SystemExit(f"{len(waiting)} chunks were not scored")


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]


def _most_memory(process: int) -> float:
    """The most resident memory that a process ever had, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(each for each in status.splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1]) / MEGABYTE_OF_KILOBYTES

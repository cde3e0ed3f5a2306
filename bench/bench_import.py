"""How many FHIR resources one Python process reads, judges and stores in a second, and how much memory that takes.

A bundle of synthetic people is written first (two thirds of its resources are of types that are kept, as in Synthea's
files), then `manage.py import_fhir` takes it in, with consent, as a process of its own: sealed, with numbers, forms and
facts drawn, in one transaction. The anchor takes in the same bundle the plain way: json.load, fhir.resources, one
create a resource, no seal, no identity, no consent. Every resource of the file counts, also those that are not kept.

    ./script/bench import
    python bench/bench_import.py --megabytes 1024 --no-anchor      (with the variables of script/bench)
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.fhir_people import write

PROJECT = Path(__file__).resolve().parent.parent


def plain(path: Path) -> None:
    """The anchor."""
    import django

    django.setup()
    from importlib import import_module

    from django.db import transaction

    from clinic.clock import now
    from clinic.models.imported import ImportBatch, ImportedResource
    from clinic.models.patient import Patient

    patient = Patient.objects.order_by("pk").first()
    with path.open(encoding="utf-8") as stream, transaction.atomic():
        entries = json.load(stream)["entry"]
        batch = ImportBatch.objects.create(format="plain", content_digest="", counts={}, happened_at=now())
        for number, entry in enumerate(entries):
            kind = entry["resource"]["resourceType"]
            model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
            body = model.model_validate(entry["resource"]).model_dump_json().encode()
            where = {"patient": patient, "batch": batch}
            ImportedResource.objects.create(resource_type=kind, identity=str(number), body=body, **where)


def measured(*command: str) -> tuple[float, float, float]:
    """Seconds, seconds of processor time and the largest memory in MB of a program."""
    began = perf_counter()
    running = subprocess.Popen([sys.executable, *command], cwd=PROJECT, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(running.pid, 0)
    if status:
        raise SystemExit(f"{command[1]} ended with status {status}")
    return perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def prepare(*command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=16, help="size of the bundle")
    parser.add_argument(
        "--no-anchor", action="store_true", help="leave the anchor out: it holds the file in memory"
    )
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    if given.plain:
        plain(given.plain)
        return
    prepare("migrate")
    clinic = [
        "--country",
        "GB",
        "--zone",
        "Europe/London",
        "--sign-in-name",
        "bench",
        "--printed-name",
        "Bench",
    ]
    prepare("start_clinic", "Bench", *clinic)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.json"
        count = write(path, given.megabytes)
        ours = measured("manage.py", "import_fhir", str(path), "--consent-record", "bench")
        again = measured("manage.py", "import_fhir", str(path))
        rows = {"ours": ours, "ours, the same file again": again}
        if not given.no_anchor:
            rows["json.load, fhir.resources, one create each"] = measured(__file__, "--plain", str(path))
    print(f"{count:,} resources, {given.megabytes} MB, one process, starting it included\n")
    print("| import | resources a second | per second of processor | memory, MB |\n|---|---|---|---|")
    for name, (seconds, processor, memory) in rows.items():
        print(f"| {name} | {count / seconds:,.0f} | {count / processor:,.0f} | {memory:,.0f} |")


if __name__ == "__main__":
    main()

"""How long a record of 180 days takes to leave as FHIR, and how large it is.

Ours maps to plain JSON objects. The anchor builds the same bundle as fhir.resources' objects, one for each resource,
and lets them write the JSON: the way in which one would begin. Rounds take turns, so that a noisy machine hits both.
No database is asked; words are opened.

    python bench/bench_export.py [--rounds 5] [--days 180]
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

import django

Mapped = Callable[[], list[dict[str, Any]]]


def ours(mapped: Mapped) -> str:
    """Plain objects, written one after the other."""
    return "".join(_bundle(mapped).chunks())


def _bundle(mapped: Mapped) -> Any:
    from bench.long_record import NOW
    from recommendations.fhir.outgoing.bundle import bundle, own

    return bundle(map(own, mapped()), number="bench", at=NOW, synthetic=False)


def anchor(mapped: Mapped) -> str:
    """An object of fhir.resources for each resource, and theirs to write."""
    entries = []
    for entry in _bundle(mapped).entries:
        kind = entry.resource["resourceType"]
        model = getattr(importlib.import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
        entries.append(
            {"fullUrl": entry.url, "resource": json.loads(model(**entry.resource).model_dump_json())}
        )
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=180)
    asked = parser.parse_args()
    django.setup()
    from bench.long_record import record

    mapped = record(asked.days)
    count, size = len(mapped()), len(ours(mapped).encode())
    anchor(mapped)
    times: dict[str, list[float]] = {"ours": [], "fhir.resources objects": []}
    for _round in range(asked.rounds):
        for name, way in (("ours", ours), ("fhir.resources objects", anchor)):
            began = perf_counter()
            way(mapped)
            times[name].append(perf_counter() - began)
    print("| export of one record | resources | kB | ms | resources/s |\n|---|---|---|---|---|")
    for name, taken in times.items():
        middle = median(taken)
        print(
            f"| {asked.days} days, {name} | {count} | {size / 1000:.0f} | {middle * 1000:.0f} | {count / middle:.0f} |"
        )


if __name__ == "__main__":
    main()

"""Moving a record to another installation: everything here is wiped, and the file is taken in by an empty one."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from tests import database

CONSENT = "Form of 3 May, folder 12"


def moved(bundle: dict[str, Any], folder: Path) -> Patient:
    """The one patient of an empty installation that took in this bundle with consent."""
    database.wipe()
    Clinic.objects.create(
        name="Southside",
        country="GB",
        zone="Europe/London",
        is_demonstration=False,
        publication_delay=dt.timedelta(0),
        waiting_aim_hours=72,
    )
    return taken_in([bundle], folder)


def taken_in(files: list[dict[str, Any]], folder: Path, *, into: Patient | None = None) -> Patient:
    """Files taken in by the command; whose they are."""
    paths = []
    for number, each in enumerate(files):
        path = folder / f"{number}.json"
        path.write_text(json.dumps(each, ensure_ascii=False), encoding="utf-8")
        paths.append(str(path))
    whose = {"patient": into.record_number} if into else {}
    call_command("import_fhir", *paths, consent_record=CONSENT, stdout=StringIO(), stderr=StringIO(), **whose)
    return into or Patient.objects.get()


def by_url(bundle: dict[str, Any]) -> dict[str, Any]:
    """The resources by their addresses."""
    return {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}

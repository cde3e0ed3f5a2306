"""Do the keys of the key store open what the main database holds? Asked after a restore, and after a change of keys."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clinic import keys
from clinic.actor import SOFTWARE, log
from clinic.clock import now
from clinic.models.patient import Patient

CHUNK = 500


class Command(BaseCommand):
    """Opens each patient's name in memory, shows none, and says how many opened."""

    help = "Try the key of every patient on their record; prints counts and no word. Status 1 where one does not open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--most` for a sample of a large clinic."""
        parser.add_argument(
            "--most", type=int, default=0, help="try only so many, the newest first; 0 for all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count what opens."""
        rows = Patient.objects.order_by("-created_at").only("id", "name")
        patients = list(rows[: options["most"]] if options["most"] else rows)
        opened = sum(_opened(chunk) for chunk in _chunks(patients))
        with transaction.atomic():
            log("keys_checked", by=SOFTWARE, at=now(), facts={"records": len(patients), "opened": opened})
        words = f"{opened} of {len(patients)} records open with their keys."
        if opened < len(patients):
            raise CommandError(f"{words} The rest has no key here, or another key-encryption key wrapped it.")
        self.stdout.write(words)


def _chunks(patients: list[Patient]) -> list[list[Patient]]:
    return [patients[start : start + CHUNK] for start in range(0, len(patients), CHUNK)]


def _opened(patients: Sequence[Patient]) -> int:
    ring = keys.ring([patient.pk for patient in patients])
    return sum(_opens(patient, ring) for patient in patients)


def _opens(patient: Patient, ring: keys.Ring) -> bool:
    try:
        return bool(patient.unseal(ring, "name"))
    except keys.CannotOpen:
        return False

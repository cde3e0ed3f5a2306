"""Write one record as a FHIR R4 bundle."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.actor import SOFTWARE
from clinic.clock import now
from clinic.keys import CannotOpen, KeysUnavailable
from clinic.models.patient import Patient
from recommendations import exports
from recommendations.exports import Export


class Command(BaseCommand):
    """One record, one Bundle, one audit entry."""

    help = (
        "Write one record as a FHIR R4 bundle: what the person shares with their psychologist, what came from "
        "elsewhere, consents and signed words. Unsigned drafts never leave. The patient sees it under who has looked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The record number, and where to write."""
        parser.add_argument("record", help="the record number, such as CS-20397")
        parser.add_argument(
            "--output",
            type=Path,
            help="write this new file, readable by you alone, instead of standard output",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say on standard error what was left out."""
        output: Path | None = options["output"]
        if output and output.exists():
            raise CommandError(f"{output} exists already. Nothing was written and nothing was recorded.")
        patient = Patient.objects.filter(record_number=options["record"]).first()
        if patient is None:
            raise CommandError(f"There is no record {options['record']}.")
        try:
            export = exports.fhir(patient=patient, by=SOFTWARE, at=now())
        except (CannotOpen, KeysUnavailable) as error:
            raise CommandError(
                f"The words of this record cannot be opened, so nothing was written: {error}"
            ) from error
        self._write(export, output)
        for source in export.left_out:
            self.stderr.write(f"left out, because the patient does not share it: {source.label}")

    def _write(self, export: Export, output: Path | None) -> None:
        if output is None:
            for chunk in export.chunks:
                self.stdout.write(chunk, ending="")
            return
        try:
            number = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(
                f"{output} cannot be written: {error.strerror}. The export was recorded."
            ) from error
        with open(number, "w", encoding="utf-8") as file:
            file.writelines(export.chunks)
        self.stderr.write(f"{output}: {export.count} resources")

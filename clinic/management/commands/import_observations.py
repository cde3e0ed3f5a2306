"""Take in a table of numbers as CSV."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from clinic import keys
from clinic.actor import SOFTWARE
from clinic.clock import now
from clinic.imports import table
from clinic.imports.numbers import FORMAT, take_in_numbers
from clinic.imports.refused import ImportRefused
from clinic.imports.take_in import write_refusal

MISUSED = 2


class Command(BaseCommand):
    """One file, one transaction. Exit codes: 0 taken in, 1 refused, 2 misused."""

    help = (
        "Take in numbers of signals (mood, sleep, steps, PHQ-9 totals, …) from a CSV file, all of it or nothing. "
        "Columns: record_number, signal, value, happened_at and, where wanted, unit, source and local_date; "
        "docs/reference/observations-csv.md describes them. Every bad line is named. The same file again changes "
        "nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and the consent on which it is taken in."""
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument(
            "--consent-record",
            metavar="TEXT",
            default="",
            help="where the consent of these people stands; kept encrypted. Without it only numbers of people who "
            "agreed already are taken in",
        )
        parser.add_argument("--dry-run", action="store_true", help="judge everything and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in the file and say what became of it."""
        path, at = Path(options["file"]), now()
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            found = table.read(path, at=at)
        except OSError as error:
            said = f"{path} cannot be read: {error.strerror}. Nothing was taken in."
            raise CommandError(said, returncode=MISUSED) from None
        try:
            taken = take_in_numbers(
                table=found,
                digest=digest,
                into=None,
                consent_record=options["consent_record"].strip(),
                by=SOFTWARE,
                at=at,
                dry_run=options["dry_run"],
            )
        except ImportRefused as refused:
            for reason in refused.reasons:
                self.stderr.write(f"  {reason}")
            reasons = len(refused.reasons)
            write_refusal(format=FORMAT, reasons=reasons, by=SOFTWARE, at=at, patient=refused.about)
            raise CommandError(f"{path.name} was refused; nothing of it was stored.", returncode=1) from None
        except (DatabaseError, keys.KeysUnavailable) as error:
            said = f"{path.name}: {type(error).__name__}. Nothing of this file was stored."
            raise CommandError(said) from error
        dry = "Dry run, nothing was stored. " if options["dry_run"] else ""
        self.stdout.write(
            f"{dry}{path.name}: {taken.new:,} numbers new, {taken.replaced:,} of them in place of older ones, "
            f"{taken.known:,} known already, {len(taken.people):,} people."
        )
        for name, count in sorted(taken.came_as.items()):
            self.stdout.write(
                f"  {count:,} had been entered elsewhere ({name}): here they are numbers from elsewhere."
            )

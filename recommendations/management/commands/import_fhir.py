"""Take in FHIR R4: Bundles, NDJSON or single resources."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from clinic import keys
from clinic.actor import SOFTWARE
from clinic.clock import now
from clinic.imports.refused import ImportRefused
from clinic.imports.take_in import Taken, write_refusal
from clinic.management.progress import Progress
from clinic.models.patient import Patient
from recommendations.fhir import validate
from recommendations.fhir.incoming import files
from recommendations.fhir.incoming.scan import Scan, scan

MISUSED = 2

EXAMPLES = """
Each file is taken in whole or not at all. A second import of the same file stores nothing twice.
Kept: Patient, Observation, QuestionnaireResponse, Questionnaire, Condition, MedicationRequest,
AllergyIntolerance, CarePlan, Consent, Provenance, Device, Practitioner. Other types are counted.

  import_fhir synthea/*.json                          people in the files get records, or are found again
  import_fhir --patient CS-12345 phq9/*.json          files that hold no Patient
  import_fhir --consent-record "Form of 3 May, folder 12" bundle.json
                                                      with consent: numbers are drawn and AI readings may use them
  zcat export.ndjson.gz | import_fhir -               from standard input

Exit codes: 0 everything was taken in; 1 a file was refused, the reasons were listed; 2 the command was misused.
"""


class Command(BaseCommand):
    """Looks through every file first; then stores them one by one, each in one transaction."""

    help = "Take in records from another system as FHIR R4."
    requires_system_checks: list[str] = []  # they load every page, which is a third of the memory

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """With examples that keep their lines."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, epilog=EXAMPLES, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, whose they are, and the consent on which they are taken in."""
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a JSON or NDJSON file; - for standard input"
        )
        parser.add_argument(
            "--patient", metavar="RECORD", help="the record they belong to, for example CS-12345"
        )
        parser.add_argument(
            "--consent-record",
            metavar="TEXT",
            default="",
            help="where the person's consent stands; kept encrypted. Without it no number is drawn from the records "
            "and no AI reading uses them",
        )
        parser.add_argument("--dry-run", action="store_true", help="judge everything and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in the files and say what became of each."""
        into = self._patient(options["patient"])
        if not validate.has_schema():
            self.stderr.write(
                "The JSON schema of FHIR R4 is not installed (npm was missing): fhir.resources judges alone."
            )
        total: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as folder:
            found = [self._scanned(name, Path(folder)) for name in options["files"]]
            for each in files.sharing_responses(found):
                self._store(each, into, options, total)
        self._close(total, dry_run=options["dry_run"])

    def _patient(self, number: str | None) -> Patient | None:
        if number is None:
            return None
        patient = Patient.objects.filter(record_number=number).first()
        if patient is None:
            raise CommandError(f"There is no record {number}. Nothing was taken in.", returncode=MISUSED)
        return patient

    def _scanned(self, name: str, folder: Path) -> Scan:
        path = Path(name)
        try:
            if name == "-":
                path = folder / "standard-input"
                with path.open("wb") as kept:
                    shutil.copyfileobj(sys.stdin.buffer, kept)
            progress = Progress(sys.stderr, label=f"reading {path.name}", size=path.stat().st_size)
            found = scan(path, report=progress)
        except OSError as error:
            raise CommandError(
                f"{name} cannot be read: {error.strerror}. Nothing was taken in.", returncode=MISUSED
            ) from None
        progress.end()
        return found

    def _store(self, found: Scan, into: Patient | None, options: dict[str, Any], total: Counter[str]) -> None:
        progress = Progress(sys.stderr, label=f"storing {found.path.name}", size=found.path.stat().st_size)
        at = now()
        try:
            taken = files.store(
                found,
                into=into,
                consent_record=options["consent_record"].strip(),
                by=SOFTWARE,
                at=at,
                report=progress,
                dry_run=options["dry_run"],
            )
        except ImportRefused as refused:
            progress.end()
            total["refused"] += 1
            self.stderr.write(f"{found.path.name}: refused, nothing of it was stored.")
            for reason in refused.reasons:
                self.stderr.write(f"  {reason}")
            reasons = len(refused.reasons)
            write_refusal(format=found.format, reasons=reasons, by=SOFTWARE, at=at, patient=refused.about)
        except (DatabaseError, keys.KeysUnavailable) as error:
            progress.end()
            said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise CommandError(
                f"{found.path.name}: the database refused ({said}). Nothing of this file was stored."
            ) from error
        else:
            progress.end()
            total["taken"] += 1
            self._say(found, taken, total)

    def _say(self, found: Scan, taken: Taken, total: Counter[str]) -> None:
        new, known, unused = taken.new.total(), taken.known.total(), taken.unused.total()
        total.update(new=new, known=known, unused=unused)
        people = ", ".join(
            f"{each.patient.record_number}{' (new)' if each.is_new else ''}" for each in taken.people[:10]
        )
        more = f" and {len(taken.people) - 10} more" if len(taken.people) > 10 else ""
        self.stdout.write(f"{found.path.name}: {people}{more}")
        self.stdout.write(f"  {new:,} new, {known:,} known already, {unused:,} of types that are not used")
        for title, counts in (("new", taken.new), ("not used", taken.unused)):
            if counts:
                listed = ", ".join(f"{kind} {count:,}" for kind, count in sorted(counts.items()))
                self.stdout.write(f"  {title}: {listed}")
        drawn = {name.replace("_", " "): count for name, count in sorted(taken.drawn.items()) if count}
        if drawn:
            self.stdout.write(
                "  drawn from them: " + ", ".join(f"{name} {count:,}" for name, count in drawn.items())
            )
        if taken.consents:
            self.stdout.write(f"  consent written down: {taken.consents} purposes")

    def _close(self, total: Counter[str], *, dry_run: bool) -> None:
        mode = "Dry run, nothing was stored. " if dry_run else ""
        self.stdout.write(
            f"{mode}{total['taken']} files taken in, {total['refused']} refused: {total['new']:,} resources new, "
            f"{total['known']:,} known already, {total['unused']:,} not used."
        )
        if total["refused"]:
            raise CommandError("Some files were refused; the reasons stand above.", returncode=1)

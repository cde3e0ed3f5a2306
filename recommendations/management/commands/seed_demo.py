"""Fill an empty database with the demonstration clinic."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clinic.clock import now
from clinic.models.clinic import Clinic
from recommendations.demo import sign_ins
from recommendations.demo.seed import seed


class Command(BaseCommand):
    """Seeds once; a database that holds a clinic is left as it is."""

    help = (
        "Fill an empty database with the demonstration clinic: two psychologists, an administrator and 24 fictional "
        "patients. Does nothing where a clinic exists."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--show-sign-ins` prints one sign-in per role instead."""
        parser.add_argument(
            "--show-sign-ins",
            action="store_true",
            help="print the demonstration's sign-ins, one a line: role, name, password, what to try (tabs between)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, or print the sign-ins where this is the demonstration."""
        clinic = Clinic.objects.first()
        if options["show_sign_ins"]:
            for each in sign_ins() if clinic and clinic.is_demonstration else ():
                self.stdout.write(
                    "\t".join((each.role.value, each.sign_in_name, each.password, str(each.try_this)))
                )
        elif clinic:
            self.stdout.write(f"The database holds {clinic.name} already; nothing was added.")
        else:
            started = time.monotonic()
            seed(now=now(), report=lambda step: self.stdout.write(f"  demonstration: {step}"))
            self.stdout.write(f"  demonstration: done in {time.monotonic() - started:.1f} s")

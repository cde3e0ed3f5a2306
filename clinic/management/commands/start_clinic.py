"""Make the clinic of an empty installation, and its first administrator."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clinic import staff
from clinic.actor import SOFTWARE
from clinic.clock import is_zone, now
from clinic.models.clinic import Clinic
from clinic.models.user import Role

PUBLICATION_DELAY = dt.timedelta(minutes=10)
WAITING_AIM_HOURS = 72


class Command(BaseCommand):
    """Runs once; an installation that holds a clinic is left as it is."""

    help = "Make the clinic of an empty installation and its first administrator, who adds everybody else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The clinic's name and place, and who administers it."""
        parser.add_argument("name", help='the clinic\'s name, for example "Northside"')
        parser.add_argument("--country", required=True, help="ISO 3166-1, two letters, for example GB")
        parser.add_argument("--zone", required=True, help="IANA time zone, for example Europe/London")
        parser.add_argument("--sign-in-name", required=True, help="the first administrator's sign-in name")
        parser.add_argument(
            "--printed-name", required=True, help="the first administrator's name as others see it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make both, and print the administrator's password once."""
        if Clinic.objects.exists():
            raise CommandError("This installation holds a clinic already; nothing was changed.")
        country, zone = options["country"].upper(), options["zone"]
        if len(country) != 2 or not country.isalpha():
            raise CommandError(f"{options['country']} is no country code of two letters. Nothing was made.")
        if not is_zone(zone):
            raise CommandError(f"There is no time zone {zone}. Nothing was made.")
        password = self._make(options, country=country, zone=zone)
        self.stdout.write(f"{options['name']} was made. Its first administrator signs in as")
        self.stdout.write(f"  {options['sign_in_name']}  {password}")
        self.stdout.write("This password is shown once and kept nowhere in readable form.")

    @transaction.atomic
    def _make(self, options: dict[str, Any], *, country: str, zone: str) -> str:
        Clinic.objects.create(
            name=options["name"],
            country=country,
            zone=zone,
            publication_delay=PUBLICATION_DELAY,
            waiting_aim_hours=WAITING_AIM_HOURS,
        )
        person = staff.NewStaff(
            sign_in_name=options["sign_in_name"],
            printed_name=options["printed_name"],
            title="Access administrator",
            licence_valid_until=None,
            role=Role.ADMINISTRATOR,
        )
        _user, password = staff.add(person=person, by=SOFTWARE, at=now())
        return password

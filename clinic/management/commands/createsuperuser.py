"""There is no superuser: this says so in a sentence, in the place of Django's own command."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Refuses."""

    help = "Refuses: nobody stands above the rules here. Use start_clinic to make a first administrator."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what to do instead."""
        raise CommandError(
            "There is no superuser here: nobody stands above the rules. "
            "./script/manage start_clinic makes a clinic and its first administrator."
        )

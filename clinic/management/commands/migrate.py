"""`migrate`, acting as the owner of the tables.

Web and worker connect as `app`, which owns nothing: an owner could switch the guards off. So this command puts
the owner's name and password into the alias `default` for as long as it runs.
"""

from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import DEFAULT_DB_ALIAS, connections


class Command(DjangoMigrate):
    """Migrate the main database as its owner, and the key store after it."""

    def run_from_argv(self, argv: list[str]) -> None:
        """On the command line, without naming a database or an application: the key store too."""
        asked = self.create_parser(argv[0], argv[1]).parse_args(argv[2:])
        super().run_from_argv(argv)
        if not asked.app_label and asked.database == DEFAULT_DB_ALIAS:
            super().run_from_argv([*argv, "--database", "keystore"])

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Take the owner's credentials before the checks run, then migrate."""
        if not (options.get("check_unapplied") or options.get("plan")):
            become_owner()
        return super().execute(*args, **options)


def become_owner() -> None:
    """Let the alias `default` sign in as the owner. Raises CommandError when nobody said who that is."""
    if not settings.DATABASE_OWNER_URL:
        raise CommandError(
            "DATABASE_OWNER_URL is not set. Migrations run as the owner of the tables; "
            "web and worker must not know this address."
        )
    owner = dj_database_url.parse(settings.DATABASE_OWNER_URL)
    connection = connections["default"]
    connection.close()
    for key in ("USER", "PASSWORD"):
        connection.settings_dict[key] = owner[key]

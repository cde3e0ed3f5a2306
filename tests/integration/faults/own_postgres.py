"""A PostgreSQL that a test may stop and start: migrated, and used by this process and by the programs it starts.

It is migrated once for all these tests; each gets a copy of its files.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connections
from runner import programs
from runner.paths import PROJECT
from runner.postgres_server import PostgresServer
from runner.services import private_postgres

from tests.services import ALIASES

PLACE = ("HOST", "PORT", "USER", "PASSWORD", "NAME")


@contextmanager
def moved_to(server: PostgresServer) -> Iterator[dict[str, str]]:
    """Let every alias lead to `server`; gives the variables that lead other programs there."""
    addresses = server.environment()
    before = {alias: dict(connections[alias].settings_dict) for alias in ALIASES.values()}
    for variable, alias in ALIASES.items():
        _lead(alias, dict(dj_database_url.parse(addresses[variable])))
    try:
        yield {variable: addresses[variable] for variable in ALIASES}
    finally:
        for alias, place in before.items():
            _lead(alias, place)


def _lead(alias: str, place: dict[str, Any]) -> None:
    connections[alias].close()
    connections[alias].settings_dict.update({key: place[key] for key in PLACE})


def migrated(directory: Path) -> PostgresServer:
    """A server with every table, stopped; nobody uses it but to copy it."""
    server = private_postgres(directory)
    server.start()
    command = ["migrate", "--noinput", "--verbosity=0"]
    environment = programs.surroundings_of_command(command, server.environment())
    subprocess.run(programs.manage(*command), env=environment, cwd=PROJECT, check=True)
    server.stop()
    return server


def copy_of(original: PostgresServer, directory: Path) -> PostgresServer:
    """Another server with the same files and passwords, in `directory`; not yet started."""
    subprocess.run(["cp", "-a", original.directory, directory / "postgres"], check=True)
    return PostgresServer(
        directory=directory / "postgres",
        installation=original.installation,
        passwords=original.passwords,
        log=directory / "postgres.log",
        throwaway=True,
    )

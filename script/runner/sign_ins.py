"""The sign-ins of the demonstration clinic, as its own command names them."""

import subprocess
from collections.abc import Mapping

from runner import programs
from runner.console import paint
from runner.paths import PROJECT

FIELDS = 4
"""role, sign-in name, password, what to try: one line each, separated by tabs."""


def read(services: Mapping[str, str]) -> list[list[str]]:
    """One row per role; none when there is no demonstration clinic in the database."""
    command = ["seed_demo", "--show-sign-ins"]
    finished = subprocess.run(
        programs.manage(*command),
        env=programs.surroundings_of_command(command, services),
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    rows = [line.split("\t") for line in finished.stdout.splitlines()]
    return [row for row in rows if len(row) == FIELDS] if finished.returncode == 0 else []


def told(rows: list[list[str]]) -> str:
    """Who may sign in, or without a demonstration clinic what to do in an empty database."""
    if rows:
        return f"Sign in as one of these (everybody in this clinic is invented):\n{table(rows)}"
    return (
        "No demonstration clinic is here. While the database is empty nobody can sign in: "
        "./script/manage seed_demo fills it with fictional people, and ./script/manage start_clinic --help "
        "says how to begin a clinic of your own."
    )


def table(rows: list[list[str]]) -> str:
    """The rows in columns, ready to print."""
    widths = [max(len(row[column]) for row in rows) for column in range(FIELDS - 1)]
    return "\n".join(
        "  "
        + "  ".join(
            [*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), paint(row[-1], "2")]
        )
        for row in rows
    )

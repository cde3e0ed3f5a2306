"""Compiling the translations with the environment's own Python; pages are English where they are missing."""

from pathlib import Path

from runner.console import RefusalError
from runner.paths import alone, python_of
from runner.tasks import FailedError, run


def prepare(log: Path) -> str:
    """Make the compiled catalogues that are missing or old. RefusalError when one cannot be read."""
    try:
        with alone():
            run([python_of(), "-m", "clinic.catalogues"], log=log)
    except FailedError as failure:
        raise RefusalError(f"the translations could not be compiled.\n{failure}") from failure
    return "compiled from locale/"

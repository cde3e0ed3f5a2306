"""Chromium for the tests that drive a browser: the machine's own, or Debian's installed by root."""

import os
import shutil
from pathlib import Path

from runner.tasks import FailedError, run

VARIABLE = "CHROMIUM"
"""The program that the tests drive, for them to read."""

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The browser that CHROMIUM names, else the first on PATH; None when there is none."""
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)


def may_install() -> bool:
    """Whether this program may install Debian's package."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(log: Path) -> str | None:
    """Install Debian's chromium; where it is then, None when that failed (the log says why)."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update"], log=log, environment=environment)
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
            log=log,
            environment=environment,
        )
    except FailedError:
        return None
    return find()

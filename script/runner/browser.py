"""Chromium for the tests that drive a browser: the machine's own, or Debian's."""

import os
import shutil
from pathlib import Path

from runner import debian

VARIABLE = "CHROMIUM"
"""The program that the tests drive, for them to read."""

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The browser that CHROMIUM names, else the first on PATH; None when there is none."""
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)


def find_or_install(log: Path) -> str | None:
    """The browser, installed from Debian's packages where there is none and root may do so."""
    found = find()
    if found is None and debian.may_install() and debian.install("chromium", log):
        return find()
    return found

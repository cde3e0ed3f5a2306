"""Chromium for the tests that drive a browser: the machine's own, or Debian's."""

import os
import shutil
from pathlib import Path

from runner import debian, frontend
from runner.paths import VENV
from runner.tasks import output_of

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


def surroundings(log: Path) -> dict[str, str]:
    """The variables through which the tests find the browser and a node that runs Playwright.

    Playwright brings a node of its own, which needs a library that a small Debian lacks.
    """
    found = find()
    variables = {VARIABLE: found} if found else {}
    own = list(VENV.glob("lib/python3*/site-packages/playwright/driver/node"))
    if found and own and not output_of([own[0], "--version"]) and (node := frontend.find_node(log)):
        variables["PLAYWRIGHT_NODEJS_PATH"] = node
    return variables

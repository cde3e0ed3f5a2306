"""Debian's packages, for the few things that no Python package brings; only root installs them."""

import os
import shutil
from pathlib import Path

from runner.console import aside
from runner.tasks import FailedError, run


def may_install() -> bool:
    """Whether this program may install Debian's packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str, log: Path) -> bool:
    """Install a package, after saying so; False when that failed (the log says why)."""
    aside(f"  {package} is missing: installing Debian's package with apt-get.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update"], log=log, environment=environment)
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", package], log=log, environment=environment
        )
    except FailedError:
        return False
    return True

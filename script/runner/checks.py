"""What is checked beside the tests: style, templates, types, layers, migrations."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runner import programs
from runner.console import paint, say
from runner.paths import PROJECT, SCRIPT, VENV
from runner.tasks import FailedError, run

TYPED = ("clinic", "recommendations", "dashboard", "audit", "tests", "script", "bench", "manage.py")
NAME_WIDTH = 24


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one step of the run ended."""

    name: str
    passed: bool
    seconds: float

    def line(self) -> str:
        """The step in the summary."""
        ended = "passed" if self.passed else paint("failed", "1;31")
        return f"  {self.name:<{NAME_WIDTH}} {ended}  {self.seconds:6.1f} s"


def commands() -> dict[str, list[str]]:
    """Each check with its command line, in the order in which they run."""
    tool = {name: str(VENV / "bin" / name) for name in ("ruff", "djlint", "mypy", "lint-imports")}
    typed = [name for name in TYPED if _has_python(PROJECT / name)]
    return {
        "ruff check": [tool["ruff"], "check", "."],
        "ruff format": [tool["ruff"], "format", "--check", "."],
        "djlint": [tool["djlint"], "templates", "--lint", "--quiet"],
        "mypy": [tool["mypy"], "--explicit-package-bases", *typed],
        "lint-imports": [tool["lint-imports"]],
        "makemigrations --check": programs.manage("makemigrations", "--check", "--dry-run"),
    }


def run_all(environment: Mapping[str, str], directory: Path) -> list[Result]:
    """Run every check, say how each ended, and show the whole output of those that failed."""
    results = []
    for name, command in commands().items():
        log, began = directory / f"{name.replace(' ', '-')}.log", time.monotonic()
        try:
            run(command, log=log, environment={**environment, "MYPYPATH": str(SCRIPT)})
            passed = True
        except FailedError:
            passed = False
        results.append(Result(name=name, passed=passed, seconds=time.monotonic() - began))
        say(results[-1].line())
        if not passed:
            say(log.read_text(encoding="utf-8", errors="replace").rstrip())
    return results


def _has_python(place: Path) -> bool:
    return place.is_file() or any(place.rglob("*.py"))

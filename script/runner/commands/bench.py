"""script/bench: every benchmark of the project, in one table."""

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from runner import packages, programs, supervisor
from runner.console import RefusalError, say
from runner.paths import PROJECT, VENV, python_of
from runner.services import start_throwaway
from runner.state import open_state

REQUIREMENTS = "requirements-bench.txt"
BENCH_VENV = PROJECT / ".venv-bench"


def run(arguments: list[str]) -> int:
    """Run the benchmarks that are named, or all; 1 when one of them fails."""
    names = {
        path.stem.removeprefix("bench_"): path for path in sorted((PROJECT / "bench").glob("bench_*.py"))
    }
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Run the benchmarks in bench/, on a database that is thrown away, and print one table.",
    )
    parser.add_argument("name", nargs="*", help=f"run only these: {', '.join(names)}")
    wanted = parser.parse_args(arguments).name or list(names)
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise RefusalError(f"there is no benchmark {unknown[0]}. There are: {', '.join(names)}.")
    asked = supervisor.Asked()
    venv = prepare(open_state().log("bench-setup"))
    services = start_throwaway()
    try:
        environment = programs.surroundings(services.environment)
        environment[programs.OWNER_VARIABLE] = services.environment[programs.OWNER_VARIABLE]
        outputs = [output_of(names[name], venv, environment) for name in wanted]
    finally:
        asked.interrupting = False
        services.stop()
    say(merged([output for output in outputs if output is not None]))
    return 1 if None in outputs else 0


def prepare(log: Path) -> Path:
    """The environment for benchmarks: one of its own where the project names packages for them."""
    packages.prepare("requirements.txt", log)
    if not (PROJECT / REQUIREMENTS).exists():
        return VENV
    packages.prepare(REQUIREMENTS, log, venv=BENCH_VENV)
    return BENCH_VENV


def output_of(path: Path, venv: Path, environment: Mapping[str, str]) -> str | None:
    """What a benchmark prints; None when it fails. How long it took is said on standard error."""
    began = time.monotonic()
    finished = subprocess.run(
        [python_of(venv), path],
        env=dict(environment),
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    ended = "took" if finished.returncode == 0 else f"failed with status {finished.returncode} after"
    print(f"{path.stem} {ended} {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
    return finished.stdout if finished.returncode == 0 else None


def merged(outputs: list[str]) -> str:
    """The tables that the benchmarks print as one: rows under the same headings are put together."""
    tables: dict[tuple[str, ...], list[str]] = {}
    for output in outputs:
        rows = [line for line in output.splitlines() if line.startswith("|")]
        tables.setdefault(tuple(rows[:2]), []).extend(rows[2:])
    return "\n\n".join("\n".join([*heading, *body]) for heading, body in tables.items())

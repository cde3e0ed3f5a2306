"""script/test: every check and every test, on services that are thrown away afterwards."""

import os
import time
from pathlib import Path
from xml.etree import ElementTree

from runner import assets, browser, catalogues, checks, foreground, frontend, packages, programs, supervisor
from runner.checks import Result
from runner.console import RefusalError, Steps, say
from runner.paths import PROJECT, python_of
from runner.services import Services, start_throwaway
from runner.state import open_state

HELP = """usage: script/test [--no-browser] [pytest arguments]

Run every check (ruff, djlint, mypy, import-linter, migrations) and every test, on a PostgreSQL and a Redis
of their own that are thrown away afterwards. With arguments for pytest (a path, -k words, -x) only those
tests run.
--no-browser leaves out the tests that drive Chromium; without it Chromium is needed, and root gets it from
Debian's packages. CHROMIUM names another program to drive."""

NO_BROWSER = "--no-browser"
MOST_WORKERS = 8


def run(arguments: list[str]) -> int:
    """Run what is asked for; 0 only when all of it passed."""
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    with_browser = NO_BROWSER not in arguments
    chosen = [argument for argument in arguments if argument != NO_BROWSER]
    asked = supervisor.Asked()
    log = open_state().log("test-setup")
    prepare(log, chromium_needed=with_browser and not chosen)
    with Steps().step("PostgreSQL and Redis"):
        services = start_throwaway()
    try:
        environment = environment_of(services, log)
        asked.interrupting = False
        if chosen:
            return pytest([*without_browser(with_browser), *chosen], environment)
        return everything(with_browser, environment, services)
    finally:
        services.stop()


def prepare(log: Path, *, chromium_needed: bool) -> None:
    """Make the environment. RefusalError when Chromium is needed and cannot be had."""
    steps = Steps()
    with steps.step("Python packages") as note:
        note(packages.prepare("requirements-dev.txt", log))
    with steps.step("translations") as note:
        note(catalogues.prepare(log))
    with steps.step("fonts and charts") as note:
        note(frontend.prepare(log))
    if chromium_needed:
        with steps.step("Chromium") as note:
            note(chromium(log))


def chromium(log: Path) -> str:
    """The browser that the tests drive. RefusalError when there is none and none can be installed."""
    found = browser.find_or_install(log)
    if found is None:
        raise RefusalError(
            "no Chromium was found on PATH (chromium, chromium-browser or google-chrome). Install one, "
            f"or leave out the tests that need it with {NO_BROWSER}."
        )
    return found


def environment_of(services: Services, log: Path) -> dict[str, str]:
    """What the checks and tests see: the thrown-away services and nothing of those that the shell names."""
    environment = programs.surroundings(services.environment)
    for name in ("KEYSTORE_KEK_FILE", "AUDIT_KEY_FILE", "SECRET_KEY_FILE"):
        environment.pop(name, None)
    environment[programs.OWNER_VARIABLE] = services.environment[programs.OWNER_VARIABLE]
    environment |= browser.surroundings(log)
    with Steps().step("static files") as note:
        note(assets.prepare(environment, log))
    return environment


def everything(with_browser: bool, environment: dict[str, str], services: Services) -> int:
    """All checks, then all tests, then a summary; the last line counts the tests."""
    directory = services.directory or PROJECT
    report = directory / "tests.xml"
    results = checks.run_all(environment, directory)
    began = time.monotonic()
    workers = str(min(max(2, os.cpu_count() or 2), MOST_WORKERS))
    spread = ["-n", workers, "--dist", "worksteal", f"--junitxml={report}"]
    status = pytest([*without_browser(with_browser), *spread], environment)
    results.append(Result(name="pytest", passed=status == 0, seconds=time.monotonic() - began))
    say("\n" + "\n".join(result.line() for result in results))
    if not with_browser:
        say("  The tests that drive Chromium were left out.")
    say(count(report))
    return 0 if all(result.passed for result in results) else 1


def without_browser(with_browser: bool) -> list[str]:
    """The arguments that leave out the tests of a browser, saying so."""
    if with_browser:
        return []
    say(f"{NO_BROWSER}: the tests that drive Chromium are left out.")
    return ["-m", "not browser"]


def pytest(arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest in the reader's terminal; its exit status."""
    command = [str(python_of()), "-m", "pytest", *arguments]
    return foreground.run(command, environment, directory=PROJECT)


def count(report: Path) -> str:
    """How many tests passed, failed and were skipped, from pytest's own report."""
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return "tests: 0 passed, 1 failed"
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return f"tests: {total - failed - skipped} passed, {failed} failed, {skipped} skipped"

"""The commands in script/ as a person types them."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from runner import address, packages, sign_ins
from runner.commands.bench import merged
from runner.commands.test import chromium, count
from runner.console import RefusalError
from runner.paths import PROJECT, SCRIPT, reachable_by_anyone, temporary_directory
from runner.ports import free_port
from runner.state import State

COMMANDS = ["server", "test", "manage", "bench", "database"]


def typed(name: str, *arguments: str, state: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command from another directory, its state apart from that of this checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.run(
        [SCRIPT / name, *arguments],
        env=environment | {"COUNTERSIGN_STATE": str(state)},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(tmp_path: Path, name: str) -> None:
    ended = typed(name, "--help", state=tmp_path)
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"usage: script/{name}")


def test_a_port_that_was_asked_for_and_is_taken_is_a_sentence(passable_directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = typed("server", "--port", str(port), state=passable_directory)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"script/server: port {port} is taken.")
    assert "Traceback" not in ended.stderr


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        usual = taken.getsockname()[1]
        monkeypatch.setattr(address, "USUAL_PORT", usual)
        with address.listen("127.0.0.1", None) as listening:
            assert usual < listening.getsockname()[1] < usual + 20


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_cannot_be_is_a_sentence(port: int) -> None:
    with pytest.raises(RefusalError, match=r"cannot listen on .* Give another"):
        address.listen("127.0.0.1", port)


def test_without_a_demonstration_clinic_the_way_to_one_is_named() -> None:
    maya = ["psychologist", "maya", "only-a-demonstration", "Sign the oldest draft"]
    assert "maya" in sign_ins.told([maya])
    assert "seed_demo" not in sign_ins.told([maya])
    assert "nobody can sign in: ./script/manage seed_demo" in sign_ins.told([])


def test_a_second_server_of_one_checkout_says_where_the_first_is(passable_directory: Path) -> None:
    first = State(passable_directory)
    assert first.take()
    first.announce(address="http://127.0.0.1:8007/")
    ended = typed("server", "--port", str(free_port()), state=passable_directory)
    first.release()
    assert ended.returncode == 1
    assert "runs already, at http://127.0.0.1:8007/" in ended.stderr


def test_a_fresh_start_beside_a_database_of_your_own_is_refused(
    passable_directory: Path,
) -> None:
    (passable_directory / "keys").mkdir()
    environment = {name: "postgres://given" for name in os.environ if name.endswith("DATABASE_URL")}
    given = environment | {"DATABASE_OWNER_URL": "postgres://given", "KEYSTORE_URL": "postgres://given"}
    ended = subprocess.run(
        [SCRIPT / "server", "--fresh"],
        env=os.environ | given | {"COUNTERSIGN_STATE": str(passable_directory)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "DATABASE_URL names one of your own" in ended.stderr
    assert (passable_directory / "keys").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as another user")
def test_root_is_told_when_the_database_could_not_reach_its_directory(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    ended = typed("server", state=tmp_path / "closed")
    assert ended.returncode == 1
    assert ended.stderr.endswith("must be open to other users for passing: PostgreSQL runs as one.\n")


def test_the_address_is_one_that_a_browser_here_can_open() -> None:
    assert address.url_of("0.0.0.0", 8000) == "http://127.0.0.1:8000/"
    assert address.url_of("::1", 8000) == "http://[::1]:8000/"
    assert address.url_of("clinic.example", 80) == "http://clinic.example:80/"


def test_packages_are_installed_again_when_an_included_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "base.txt").write_text("django==5.2.19\n", encoding="utf-8")
    (tmp_path / "dev.txt").write_text("-r base.txt\npytest\n", encoding="utf-8")
    before = packages.digest(tmp_path / "dev.txt", "3.11")
    assert packages.digest(tmp_path / "dev.txt", "3.11") == before
    assert packages.digest(tmp_path / "dev.txt", "3.12") != before
    (tmp_path / "base.txt").write_text("django==5.2.20\n", encoding="utf-8")
    assert packages.digest(tmp_path / "dev.txt", "3.11") != before


def test_a_missing_environment_counts_as_not_installed(tmp_path: Path) -> None:
    assert not packages.installed("requirements.txt", tmp_path / "no environment")


def test_throw_away_directories_are_passable_by_the_database_user() -> None:
    directory = temporary_directory()
    try:
        assert reachable_by_anyone(directory)
    finally:
        directory.rmdir()


def test_rows_of_several_benchmarks_stand_in_one_table() -> None:
    heading = "| what | figure |\n|---|---|\n"
    table = merged([f"measuring\n{heading}| a | 1 |\n", f"{heading}| b | 2 |\n"])
    assert table.splitlines() == ["| what | figure |", "|---|---|", "| a | 1 |", "| b | 2 |"]


def test_the_closing_line_counts_what_pytest_reported(tmp_path: Path) -> None:
    report = tmp_path / "tests.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="2" errors="1" skipped="1"/></testsuites>')
    assert count(report) == "tests: 5 passed, 3 failed, 1 skipped"
    assert count(tmp_path / "missing.xml") == "tests: 0 passed, 1 failed"


def test_without_chromium_the_way_on_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusalError, match=r"no Chromium was found.*--no-browser"):
        chromium(tmp_path / "log")
    (tmp_path / "google-chrome").touch(mode=0o755)
    assert chromium(tmp_path / "log") == str(tmp_path / "google-chrome")


def test_everything_in_script_needs_only_the_standard_library() -> None:
    """It runs before the project's environment exists; psycopg is loaded by name in script/database alone."""
    code = "\n".join(f"import runner.{path.stem}" for path in sorted((SCRIPT / "runner").glob("*.py")))
    commands = "\n".join(f"import runner.commands.{name}" for name in COMMANDS)
    program = f"import sys; sys.path.insert(0, {str(SCRIPT)!r})\n{code}\n{commands}"
    bare = [str(packages.base_python()), "-S", "-I", "-c", program]
    ended = subprocess.run(bare, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert ended.returncode == 0, ended.stderr

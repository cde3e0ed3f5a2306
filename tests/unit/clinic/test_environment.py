"""Reading the environment: what is missing is said in a sentence, what is wrong is refused."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic import environment
from tests.sources import ROOT

KEY = base64.b64encode(bytes(range(32))).decode()


def test_a_variable_comes_before_its_file_and_both_before_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert environment.text("PLACE", "default") == "default"
    (tmp_path / "place").write_text("  from the file\n", encoding="utf-8")
    monkeypatch.setenv("PLACE_FILE", str(tmp_path / "place"))
    assert environment.text("PLACE", "default") == "from the file"
    monkeypatch.setenv("PLACE", "")
    assert environment.text("PLACE", "default") == "", "set and empty is an answer too"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="PLACE is not set"):
        environment.text("PLACE")


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("TRUE", True), ("yes", True), ("on", True), ("0", False), ("", False)]
)
def test_a_flag_is_on_for_four_words(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("FLAG", value)
    assert environment.flag("FLAG") is meant


def test_a_flag_that_is_not_set_is_off() -> None:
    assert environment.flag("FLAG_OF_NOBODY") is False


def test_a_list_has_no_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a , ,b,")
    assert environment.names("HOSTS", "c") == ["a", "b"]


def test_a_key_is_32_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", KEY)
    assert environment.secret_bytes("KEY") == bytes(range(32))
    monkeypatch.setenv("KEY", base64.b64encode(b"short").decode())
    with pytest.raises(ImproperlyConfigured, match="must be 32 bytes in base64; it holds 5"):
        environment.secret_bytes("KEY")


def test_only_postgresql_is_taken_for_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE", "postgres://app:secret@db.example:5433/clinic")
    found = environment.database("DATABASE")
    assert (found["NAME"], found["USER"], found["HOST"], found["PORT"]) == (
        "clinic",
        "app",
        "db.example",
        5433,
    )
    monkeypatch.setenv("DATABASE", "sqlite:///clinic.db")
    with pytest.raises(ImproperlyConfigured, match="must begin with postgres://"):
        environment.database("DATABASE")


def test_networks_are_addresses_and_ranges_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.networks("NEAR") == []
    monkeypatch.setenv("NEAR", "10.0.0.7, 10.1.0.0/16,fd00::7")
    assert [str(each) for each in environment.networks("NEAR")] == [
        "10.0.0.7/32",
        "10.1.0.0/16",
        "fd00::7/128",
    ]
    monkeypatch.setenv("NEAR", "nginx")
    with pytest.raises(ImproperlyConfigured, match="NEAR must hold addresses or networks"):
        environment.networks("NEAR")


def managed(**variables: str) -> subprocess.CompletedProcess[str]:
    """What `python manage.py check` says with these variables and no others."""
    command = [sys.executable, str(ROOT / "manage.py"), "check"]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def test_a_command_without_settings_says_in_a_sentence_what_is_missing_and_what_sets_it() -> None:
    said = managed()
    assert (said.returncode, said.stdout) == (1, "")
    assert (
        said.stderr
        == "SECRET_KEY is not set. In a checkout ./script/manage sets it, and ./script/server does.\n"
    )


def test_a_setting_that_is_wrong_keeps_its_traceback() -> None:
    said = managed(SECRET_KEY="x", DATABASE_URL="mysql://somewhere")
    assert said.returncode == 1
    assert "Traceback" in said.stderr
    assert "DATABASE_URL must begin with postgres://" in said.stderr

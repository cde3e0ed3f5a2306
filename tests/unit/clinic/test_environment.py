"""Reading the environment: what is missing is said in a sentence, what is wrong is refused."""

import base64
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic import environment

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

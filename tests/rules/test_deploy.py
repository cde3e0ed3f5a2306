"""What is shipped for operators: units, compose file and scripts are well formed and start what the code has."""

import re
import shutil
import subprocess
import tempfile
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from clinic.celery import app
from tests.rules.audited_work import COMMANDS
from tests.sources import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
PROGRAMS = {"web", "worker", "beat", "publisher"}
OWNER = "DATABASE_OWNER_URL"


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_the_compose_file_starts_every_program_and_more_than_one_where_that_helps() -> None:
    services = compose()["services"]
    assert set(services) >= PROGRAMS | {"migrate", "postgres", "keystore", "redis", "nginx"}
    replicas = {name: services[name].get("deploy", {}).get("replicas", 1) for name in PROGRAMS}
    assert (replicas["web"], replicas["worker"], replicas["publisher"]) == (2, 3, 2)


def test_no_program_but_migrate_knows_the_owner() -> None:
    knowing = {name for name, each in compose()["services"].items() if "owner.env" in str(each)}
    assert knowing == {"migrate"}
    shipped = [*UNITS, DEPLOY / "countersign.env.example"]
    assert [path.name for path in shipped if OWNER in path.read_text(encoding="utf-8")] == []


def test_keys_and_records_lie_in_servers_and_volumes_of_their_own() -> None:
    services = compose()["services"]
    assert not set(services["postgres"]["volumes"]) & set(services["keystore"]["volumes"])


def test_every_volume_and_secret_that_is_used_is_declared() -> None:
    whole = compose()
    for service in whole["services"].values():
        assert set(service.get("secrets", ())) <= set(whole["secrets"])
        named = {volume.split(":")[0] for volume in service.get("volumes", ()) if not volume.startswith(".")}
        assert named <= set(whole["volumes"])
        assert set(service.get("depends_on", ())) <= set(whole["services"])


def test_the_proxy_has_the_address_that_the_web_servers_believe() -> None:
    whole, settings = compose(), (DEPLOY / "countersign.env.example").read_text(encoding="utf-8")
    address = whole["services"]["nginx"]["networks"]["default"]["ipv4_address"]
    assert f"TRUSTED_PROXIES={address}\n" in settings
    [network] = whole["networks"]["default"]["ipam"]["config"]
    assert ip_address(address) in ip_network(network["subnet"])


def commands(text: str) -> list[tuple[str, str]]:
    """The management commands and the Celery applications that a file starts."""
    return [(found[1] or "", found[2] or "") for found in re.finditer(r"manage\.py (\w+)|-A ([\w.:]+)", text)]


@pytest.mark.parametrize("path", [*UNITS, DEPLOY / "compose.yaml"], ids=lambda path: path.name)
def test_what_they_start_exists(path: Path) -> None:
    for command, celery in commands(path.read_text(encoding="utf-8")):
        assert not command or command in get_commands()
        assert celery in {"", f"{app.main}.celery:app"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert re.findall(r"^\[(\w+)\]$", text, re.M) == ["Unit", "Service", "Install"]
    assert all(re.match(r"^(?:\[\w+\]|\w+=.*|)$", line) for line in text.splitlines())
    if shutil.which("systemd-analyze"):
        assert complaints(text, unit.name) == []


def test_a_misspelt_unit_is_seen() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine; the lint above stands alone")
    text = UNITS[0].read_text(encoding="utf-8").replace("Restart=always", "Restart=sometimes")
    assert complaints(text, UNITS[0].name)


def complaints(text: str, name: str) -> list[str]:
    """What systemd says of a unit, but for programs and users that this machine does not have."""
    with tempfile.TemporaryDirectory() as place:
        unit = Path(place) / name.replace("@.", "@1.")
        unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
        )
    return [line for line in done.stderr.splitlines() if unit.name in line]


@pytest.mark.parametrize("name", ["backup.sh", "restore.sh"])
def test_the_scripts_are_whole(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(DEPLOY / name)], check=False).returncode == 0


def test_the_proxy_logs_no_address_and_hides_what_machines_ask() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "$request_uri" not in text.split("log_format")[1].split(";")[0]
    assert "$request " not in text
    assert "healthz|readyz|metrics" in text
    assert text.count("{") == text.count("}")


def named(page: str) -> set[str]:
    """The commands that the reference names."""
    return set(re.findall(r"^\| `(\w+)` \| \S", page, re.M))


def test_the_reference_names_every_command_of_ours() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert set(COMMANDS) - named(page) == set()


def test_a_command_without_its_row_is_seen() -> None:
    assert set(COMMANDS) - named("| `migrate` | changes |\n| other |") == set(COMMANDS) - {"migrate"} != set()

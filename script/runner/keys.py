"""The secrets of a state directory: made once, readable by their owner alone, each in a file of its own."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from runner import cluster
from runner.state import State


def random_key() -> str:
    """32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "KEYSTORE_KEK": random_key,
    "AUDIT_KEY": random_key,
}
"""Each secret that the settings read, and how a new one is made."""


def fresh() -> dict[str, str]:
    """New secrets as variables, for services that are thrown away."""
    return {name: make() for name, make in MAKERS.items()}


def kept(state: State, *, own_database: bool) -> dict[str, str]:
    """NAME_FILE for each secret that is not given in the environment; made where it is missing.

    For a database that was given they lie where --fresh does not reach: its words need them.
    """
    directory = state.path("keys-of-own-database" if own_database else "keys")
    missing = [name for name in MAKERS if name not in os.environ and f"{name}_FILE" not in os.environ]
    return {f"{name}_FILE": str(keep(directory / name.lower(), MAKERS[name])) for name in missing}


def passwords(state: State) -> dict[str, str]:
    """The passwords of the embedded database's roles, made once."""
    path = keep(
        state.path("secrets") / "database-passwords.json", lambda: json.dumps(cluster.new_passwords())
    )
    return dict(json.loads(path.read_text(encoding="utf-8")))


def redis_password(state: State) -> str:
    """The password of the embedded Redis, made once."""
    return keep(state.path("secrets") / "redis-password", token).read_text(encoding="utf-8")


def token() -> str:
    """A random password of letters and digits."""
    return secrets.token_hex(24)


def keep(path: Path, make: Callable[[], str]) -> Path:
    """A file that only its owner reads, holding what `make` gave when it was first asked for."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh_path = path.with_suffix(".new")
        fresh_path.unlink(missing_ok=True)
        fresh_path.touch(mode=0o600)
        fresh_path.write_text(make(), encoding="utf-8")
        fresh_path.rename(path)
    return path

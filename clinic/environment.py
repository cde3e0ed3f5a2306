"""Reading the environment: every variable that the settings need, with a sentence when one is missing."""

import base64
import ipaddress
import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


class NotSet(ImproperlyConfigured):
    """A variable that the settings need is missing; the message says which and what sets it."""


def text(name: str, default: str | None = None) -> str:
    """The variable `name`, or what the file named by `name`_FILE holds, or `default`."""
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if default is None:
        raise NotSet(f"{name} is not set. In a checkout ./script/manage sets it, and ./script/server does.")
    return default


def flag(name: str) -> bool:
    """True when the variable is 1, true, yes or on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str) -> list[str]:
    """A comma-separated variable as a list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """A comma-separated variable of addresses and networks, such as "10.0.0.7, 10.1.0.0/16"; empty by default."""
    try:
        return [ipaddress.ip_network(each) for each in names(name, "")]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must hold addresses or networks between commas: {error}"
        ) from None


def secret_bytes(name: str) -> bytes:
    """A key of 32 bytes given as base64."""
    key = base64.b64decode(text(name))
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes in base64; it holds {len(key)}.")
    return key


def database(name: str) -> dict[str, object]:
    """Django's settings for the PostgreSQL whose URL the variable holds."""
    parsed = dict(dj_database_url.parse(text(name), conn_max_age=60, conn_health_checks=True))
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must begin with postgres://; other databases have no roles.")
    parsed.setdefault("OPTIONS", {})["connect_timeout"] = 3  # type: ignore[index]
    return parsed

"""How pages leave this machine, from the environment: the mail server, the secret of webhooks, the site's own address.

Nothing here is required. A channel that is not set up sends nothing and says so where administrators look.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from clinic import environment

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
"""With STARTTLS, which must succeed; with TLS from the first byte; with neither, for a server on the same machine."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, or a folder of this machine into which mails are written instead."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = ""
    sender: str = ""
    folder: Path | None = None

    @property
    def is_set_up(self) -> bool:
        """Whether a mail can be handed over at all."""
        return bool(self.host or self.folder)


@dataclass(frozen=True, slots=True)
class Outside:
    """All of it. `internal_hosts` may be called although they lie inside the clinic's network."""

    mail: Mail
    webhook_secret: str = field(repr=False)
    internal_hosts: frozenset[str]
    address: str


def from_environment() -> Outside:
    """What EMAIL_URL, PAGES_FOLDER, WEBHOOK_SECRET, WEBHOOK_INTERNAL_HOSTS and PUBLIC_URL say."""
    return Outside(
        mail=_mail(),
        webhook_secret=environment.text("WEBHOOK_SECRET", ""),
        internal_hosts=frozenset(environment.names("WEBHOOK_INTERNAL_HOSTS", "")),
        address=_address(),
    )


def _mail() -> Mail:
    folder, url = os.environ.get("PAGES_FOLDER", ""), environment.text("EMAIL_URL", "")
    if not url:
        return Mail(sender="countersign@localhost", folder=Path(folder)) if folder else Mail()
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must read smtp://user:password@host:port?from=address.")
    sender = parse_qs(parts.query).get("from", [environment.text("EMAIL_FROM", "")])[0]
    if not sender:
        raise ImproperlyConfigured("EMAIL_URL names no sender: add ?from=address, or set EMAIL_FROM.")
    return Mail(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=parts.scheme,
        sender=sender,
    )


def _address() -> str:
    """PUBLIC_URL, else the first of CSRF_TRUSTED_ORIGINS, else the machine itself."""
    origins = environment.names("CSRF_TRUSTED_ORIGINS", "")
    given = environment.text("PUBLIC_URL", origins[0] if origins else "http://localhost:8000")
    return given.rstrip("/")

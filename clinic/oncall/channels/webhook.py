"""A signed HTTPS POST to an address that the clinic, or its person, has set: and to nothing else.

Only https, no redirect is followed, and the name is resolved once: every address behind it must be public, unless the
installation names the host as its own (WEBHOOK_INTERNAL_HOSTS). A host of the same machine may be called over http,
and only when it is named so.
"""

import hashlib
import hmac
import http.client
import json
import ssl
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from clinic.models.page import Outcome
from clinic.oncall.channels.deadline import Deadline
from clinic.oncall.channels.places import is_inner, is_public
from clinic.oncall.wording import PageText

WHOLE_SECONDS = 8.0
"""For everything, from asking for the name to the answer; less than a claim holds."""

LONGEST_ADDRESS = 500


class NotAllowed(Exception):
    """The address is not one that may be called."""


@dataclass(frozen=True, slots=True)
class _Target:
    parts: SplitResult
    host: str
    ips: list[str]
    port: int


class Webhook:
    """Any program that takes JSON and checks a signature."""

    def is_set_up(self) -> bool:
        """Whether there is a secret to sign with: an unsigned call could be anybody's."""
        return bool(settings.OUTSIDE.webhook_secret)

    def wrong_with(self, address: str) -> str:
        """Whether it is an https address that may be called. What lies behind a name is looked at when it is called."""
        try:
            _split(address)
        except NotAllowed:
            return _(
                "Give an address that begins with https:// and names a host outside this network, without a user or a "
                "password."
            )
        return ""

    def send(self, message: PageText, address: str) -> Outcome:
        """Post it, and believe no answer but one of success."""
        if not self.is_set_up():
            return Outcome.NOT_SET_UP
        try:
            with Deadline(WHOLE_SECONDS) as until:
                status = _post(_resolved(_split(address), until), _body(message), until)
        except NotAllowed:
            return Outcome.NOT_ALLOWED
        except TimeoutError:
            return Outcome.TIMEOUT
        except (OSError, ssl.SSLError, http.client.HTTPException):
            return Outcome.UNREACHABLE
        return Outcome.SENT if 200 <= status < 300 else Outcome.REFUSED


def signature(body: bytes, *, seconds: int, secret: str) -> str:
    """What the receiver computes too: HMAC-SHA-256 of "seconds.body" in hex."""
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def _body(message: PageText) -> bytes:
    """The same id each time the same page is tried again, so that the receiver can drop a double."""
    fields = {
        "id": str(message.page_id),
        "kind": message.kind,
        "clinic": message.clinic,
        "since": message.since.isoformat(),
        "step": message.step,
        "position": message.position,
        "link": message.link,
        "text": message.text,
    }
    return json.dumps(fields, ensure_ascii=False).encode()


def _split(address: str) -> SplitResult:
    if len(address) > LONGEST_ADDRESS or any(ord(each) <= 32 or ord(each) == 127 for each in address):
        raise NotAllowed
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotAllowed from error
    if not parts.hostname or parts.username or parts.password or port == 0:
        raise NotAllowed
    if parts.hostname not in settings.OUTSIDE.internal_hosts and is_inner(parts.hostname):
        raise NotAllowed
    if parts.scheme == "https" or (parts.scheme == "http" and _is_own_machine(parts.hostname)):
        return parts
    raise NotAllowed


def _is_own_machine(host: str) -> bool:
    return host in {"127.0.0.1", "localhost", "::1"} and host in settings.OUTSIDE.internal_hosts


def _resolved(parts: SplitResult, until: Deadline) -> _Target:
    """The addresses that are called. Raises NotAllowed where any behind the name is not public."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = until.looked_up(host, port)
    if host not in settings.OUTSIDE.internal_hosts and not all(map(is_public, found)):
        raise NotAllowed
    return _Target(parts, host, found, port)


class _Pinned(http.client.HTTPConnection):
    """Calls an address that was looked at, whatever the name resolves to a moment later."""

    def __init__(self, target: _Target, until: Deadline) -> None:
        super().__init__(target.host, target.port)
        self._target, self._until = target, until

    def connect(self) -> None:
        """Connect, and speak TLS with the name that was asked for."""
        plain = self._until.connected(self._target.ips, self._target.port)
        secure = self._target.parts.scheme == "https"
        context = ssl.create_default_context() if secure else None
        self.sock = context.wrap_socket(plain, server_hostname=self._target.host) if context else plain


def _post(target: _Target, body: bytes, until: Deadline) -> int:
    seconds = int(time.time())
    signed = signature(body, seconds=seconds, secret=settings.OUTSIDE.webhook_secret)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Countersign",
        "Countersign-Signature": f"t={seconds},v1={signed}",
    }
    path = (target.parts.path or "/") + (f"?{target.parts.query}" if target.parts.query else "")
    connection = _Pinned(target, until)
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()

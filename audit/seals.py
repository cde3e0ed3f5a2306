"""What only the holder of the audit key can make: the MAC of an entry and the seal of a place in the log.

A digest alone can be computed anew by whoever changes a row. These two cannot: so a row that was inserted,
changed or moved by SQL, with every digest after it recomputed, is still found.
"""

import hmac
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

_BLOCK = 64


class Mac:
    """HMAC-SHA256 under one key. The key is hashed once, which halves the time per message."""

    def __init__(self, key: bytes) -> None:
        block = key.ljust(_BLOCK, b"\0")
        self._inner = sha256(bytes(octet ^ 0x36 for octet in block))
        self._outer = sha256(bytes(octet ^ 0x5C for octet in block))

    def __call__(self, message: bytes) -> bytes:
        """The MAC (32 bytes) of a message."""
        inner = self._inner.copy()
        inner.update(message)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.digest()


class Seals:
    """The MACs of one installation, each under a key of its own, so that one can never pass for another."""

    def __init__(self, audit_key: bytes) -> None:
        self.entry_mac = Mac(hmac.digest(audit_key, b"countersign audit entry 1", "sha256"))
        """The MAC of an entry, over its canonical content."""
        self._place_mac = Mac(hmac.digest(audit_key, b"countersign audit place 1", "sha256"))

    def place_seal(self, number: int, running: bytes) -> bytes:
        """The seal (32 bytes) of a place: over its number and the running digest up to it."""
        return self._place_mac(number.to_bytes(8, "big", signed=True) + running)


@lru_cache(maxsize=4)
def _of_key(audit_key: bytes) -> Seals:
    return Seals(audit_key)


def seals() -> Seals:
    """The seals of this installation, from `settings.AUDIT_KEY` (32 bytes)."""
    return _of_key(settings.AUDIT_KEY)

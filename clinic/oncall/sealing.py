"""What is known of staff and is nobody else's business, sealed (AES-256-GCM) under a key of the clinic.

Staff have no key of their own as patients have. The key is derived from the key-encryption key for one purpose, and
what it seals is bound to its row. It needs no key store, so that somebody is reached while that is away.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class SealLost(Exception):
    """It cannot be opened: it was changed, moved, or sealed under another key-encryption key."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens for one purpose."""

    purpose: bytes

    def closed(self, words: str, *, row: UUID) -> bytes:
        """The words as ciphertext that opens in this row alone."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, words.encode(), self._binding(row))

    def opened(self, sealed: bytes, *, row: UUID) -> str:
        """The words in clear. Raises SealLost."""
        try:
            plain = self._cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._binding(row))
            return plain.decode()
        except (InvalidTag, ValueError) as error:
            raise SealLost(f"What is sealed in the row {row} does not open.") from error

    def _cipher(self) -> AESGCM:
        kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=self.purpose)
        return AESGCM(kdf.derive(settings.KEYSTORE_KEK))

    def _binding(self, row: UUID) -> bytes:
        return self.purpose + b"|" + row.bytes

"""Per-patient keys: seal a text, open it again, make a keyed digest of it, destroy the key.

Sealing is AES-256-GCM under a key derived (HKDF-SHA-256) from the patient's data key. A ciphertext is bound to a
label, the patient and the row, so that it cannot be moved to another field, person or row unseen:

    1 byte format | 2 bytes key version | 12 bytes nonce | ciphertext and 16 bytes tag

Digests of personal words are keyed too (HMAC-SHA-256): a plain digest of a short text can be guessed.
Opening many rows costs one query: `ring()` takes all the patients of a page at once.
"""

import hashlib
import hmac
import logging
import os
from collections.abc import Iterable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import DatabaseError, transaction

from clinic.fields import Sealed
from clinic.keystore.models import PatientKey

logger = logging.getLogger(__name__)

FORMAT = 1
NONCE_BYTES = 12
TAG_BYTES = 16


class KeysUnavailable(Exception):
    """The key store did not answer; nothing was opened or sealed."""


class CannotOpen(Exception):
    """The text cannot be opened: its key was destroyed, or it was changed or moved."""


class Ring:
    """The opened keys of some patients, for the length of one request or task."""

    def __init__(self, keys: dict[UUID, dict[int, bytes]]) -> None:
        self._keys = keys
        self._derived: dict[tuple[UUID, int, bytes], bytes] = {}

    def __contains__(self, patient_id: UUID) -> bool:
        """Whether this patient's key exists."""
        return bool(self._keys.get(patient_id))

    def seal(self, text: str, *, patient_id: UUID, label: str, row_id: UUID) -> Sealed:
        """Encrypt `text` for the field `label` of the row `row_id`. Raises CannotOpen without a key."""
        version = max(self._versions(patient_id))
        nonce = os.urandom(NONCE_BYTES)
        cipher = AESGCM(self._derive(patient_id, version, b"seal/1"))
        body = cipher.encrypt(nonce, text.encode(), _binding(patient_id, label, row_id))
        return Sealed(bytes([FORMAT]) + version.to_bytes(2, "big") + nonce + body)

    def open(self, sealed: bytes, *, patient_id: UUID, label: str, row_id: UUID) -> str:
        """Decrypt what `seal` made. Raises CannotOpen when the key is gone or the binding does not fit."""
        version = int.from_bytes(sealed[1:3], "big")
        nonce, body = sealed[3 : 3 + NONCE_BYTES], sealed[3 + NONCE_BYTES :]
        whole = len(body) >= TAG_BYTES and sealed[0] == FORMAT
        if not whole or version not in self._versions(patient_id):
            raise CannotOpen(f"No key opens {label} of patient {patient_id}.")
        cipher = AESGCM(self._derive(patient_id, version, b"seal/1"))
        try:
            return cipher.decrypt(nonce, body, _binding(patient_id, label, row_id)).decode()
        except InvalidTag as error:
            raise CannotOpen(f"{label} of patient {patient_id} was changed or moved.") from error

    def digest(self, message: bytes, *, patient_id: UUID, purpose: str) -> str:
        """HMAC-SHA-256 of `message` in hex under the patient's first key, for one `purpose`."""
        key = self._derive(patient_id, min(self._versions(patient_id)), f"digest/{purpose}".encode())
        return hmac.new(key, message, hashlib.sha256).hexdigest()

    def _versions(self, patient_id: UUID) -> dict[int, bytes]:
        versions = self._keys.get(patient_id)
        if not versions:
            raise CannotOpen(f"There is no key for patient {patient_id}.")
        return versions

    def _derive(self, patient_id: UUID, version: int, info: bytes) -> bytes:
        place = (patient_id, version, info)
        if place not in self._derived:
            data_key = self._versions(patient_id)[version]
            kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"countersign/" + info)
            self._derived[place] = kdf.derive(data_key)
        return self._derived[place]


def ring(patient_ids: Iterable[UUID]) -> Ring:
    """The keys of these patients, in one query. Patients without a key are simply not in it.

    A key that was changed, moved or wrapped by another key-encryption key is reported to the log and left out: one
    of them must not close the page of all the others, or keep help from somebody in danger.
    Raises KeysUnavailable when the key store does not answer.
    """
    try:
        rows = list(PatientKey.objects.filter(patient_id__among=list(patient_ids)))
    except DatabaseError as error:
        raise KeysUnavailable("The key store does not answer.") from error
    keys: dict[UUID, dict[int, bytes]] = {}
    for row in rows:
        try:
            opened = _unwrap(bytes(row.wrapped), patient_id=row.patient_id, version=row.version)
        except (InvalidTag, ValueError):
            logger.error("Key %s of patient %s does not open and is left out.", row.version, row.patient_id)
        else:
            keys.setdefault(row.patient_id, {})[row.version] = opened
    return Ring(keys)


def make(patient_ids: Iterable[UUID]) -> Ring:
    """Make the first key of each of these new patients and return the ring that holds them."""
    keys = {patient_id: os.urandom(32) for patient_id in patient_ids}
    rows = [
        PatientKey(patient_id=patient_id, version=1, wrapped=_wrap(key, patient_id=patient_id, version=1))
        for patient_id, key in keys.items()
    ]
    try:
        with transaction.atomic(using="keystore"):
            PatientKey.objects.bulk_create(rows)
    except DatabaseError as error:
        raise KeysUnavailable("The key store does not answer; no key was made.") from error
    return Ring({patient_id: {1: key} for patient_id, key in keys.items()})


def index(message: bytes, *, purpose: str) -> str:
    """HMAC-SHA-256 of `message` in hex under a key of the whole clinic: equal messages are found across patients.

    For numbers by which other systems know a person, never for words: it outlives the key of a patient.
    """
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"countersign/index/{purpose}".encode())
    return hmac.new(kdf.derive(settings.KEYSTORE_KEK), message, hashlib.sha256).hexdigest()


def destroy(*, patient_id: UUID) -> None:
    """Delete every key of a patient. What was sealed with them cannot be opened here again."""
    PatientKey.objects.filter(patient_id=patient_id).delete()


def _binding(patient_id: UUID, label: str, row_id: UUID) -> bytes:
    return b"|".join((b"countersign/1", label.encode(), patient_id.bytes, row_id.bytes))


def _wrapping(patient_id: UUID, version: int) -> bytes:
    return b"countersign/wrap/1|" + patient_id.bytes + version.to_bytes(2, "big")


def _wrap(key: bytes, *, patient_id: UUID, version: int) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(settings.KEYSTORE_KEK).encrypt(nonce, key, _wrapping(patient_id, version))


def _unwrap(wrapped: bytes, *, patient_id: UUID, version: int) -> bytes:
    nonce, body = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    return AESGCM(settings.KEYSTORE_KEK).decrypt(nonce, body, _wrapping(patient_id, version))

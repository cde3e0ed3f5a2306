"""Rows with sealed words."""

from uuid import UUID

from django.db import models

from clinic.fields import Sealed, SealedField
from clinic.keys import Ring


class SealedModel(models.Model):
    """A row with sealed fields, all under the key of one patient."""

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        """The patient whose key seals this row."""
        owner: UUID = self.patient_id  # type: ignore[attr-defined]
        return owner

    @property
    def sealed_row(self) -> UUID:
        """The row that the ciphertext is bound to: this one."""
        row: UUID = self.pk
        return row

    def unseal(self, ring: Ring, name: str) -> str:
        """The words of the field `name`, or "" when it is empty. Raises clinic.keys.CannotOpen."""
        sealed = getattr(self, name)
        if sealed is None:
            return ""
        return ring.open(sealed, patient_id=self.key_owner, label=self._label(name), row_id=self.sealed_row)

    def seal(self, ring: Ring, **texts: str) -> None:
        """Set each named field to the sealed text; an empty text leaves it null."""
        for name, text in texts.items():
            setattr(self, name, self._sealed(ring, name, text) if text else None)

    def _sealed(self, ring: Ring, name: str, text: str) -> Sealed:
        return ring.seal(text, patient_id=self.key_owner, label=self._label(name), row_id=self.sealed_row)

    def _label(self, name: str) -> str:
        field = self._meta.get_field(name)
        assert isinstance(field, SealedField), name  # noqa: S101  a mistake in our own code
        return field.label

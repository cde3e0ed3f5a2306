"""The encrypted field: personal words as ciphertext that only the patient's own key opens."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class Sealed(bytes):
    """Ciphertext of one text. Printing or formatting it shows nothing of what it holds."""

    def __str__(self) -> str:
        """A placeholder, so that no log line or template can leak even the ciphertext."""
        return "[sealed]"

    __repr__ = __str__


class SealedField(_Binary):
    """Stores what `clinic.keys.Ring.seal` made; reading it needs a `Ring` (see `SealedModel.unseal`).

    `label` is part of what the ciphertext is bound to. It names the meaning of the field for ever
    ("check-in.note") and stays the same when tables or columns are renamed.
    """

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        self.label = label
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The label belongs to the field's definition."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs | {"label": self.label}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Bytes from the database as `Sealed`."""
        return None if value is None else Sealed(value)

"""Which rows go through which door."""

from typing import Any

from django.db.models import Model

PORTAL_VIEWS = frozenset({"publishedwords", "stoppedpublication"})
"""Model names of `recommendations` that stand for views of the role `portal`."""


class DoorRouter:
    """Views of the portal are read as role `portal`; the key store lives in its own database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The alias to read `model` from."""
        if model._meta.app_label == "keystore":
            return "keystore"
        if model._meta.app_label == "recommendations" and model._meta.model_name in PORTAL_VIEWS:
            return "portal"
        return "default"

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """The alias to write `model` to. Nothing can be written through `portal`: the role may not."""
        return self.db_for_read(model, **hints)

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool | None:
        """Relations never cross into the key store."""
        return obj1._meta.app_label != "keystore" and obj2._meta.app_label != "keystore"

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """`portal` owns nothing; the key store holds its own application only."""
        if db == "portal":
            return False
        return (app_label == "keystore") == (db == "keystore")

"""Rows that are written once. The database refuses changes too; this says so earlier and more plainly."""

from typing import Any, NoReturn, TypeVar

from django.db import models

_Row = TypeVar("_Row", bound=models.Model)


class AppendOnlyError(TypeError):
    """An attempt in our own code to change or delete a row that may only be added."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model.__name__} is append-only: a row is added, never changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet[_Row]):
    """Reads and adds."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Never: add a row instead."""
        raise AppendOnlyError(self.model)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: add rows instead."""
        raise AppendOnlyError(self.model)

    def delete(self) -> NoReturn:
        """Never."""
        raise AppendOnlyError(self.model)


class AppendOnly(models.Model):
    """A row that is written once: `save` inserts, anything else is refused."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *_args: Any, **kwargs: Any) -> None:
        """Insert this row. Raises AppendOnlyError where it is stored already."""
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise AppendOnlyError(type(self))

"""Queries that the ORM writes once per process; afterwards only their parameters change.

Django takes longer to write the SQL of a rich list than PostgreSQL takes to answer it. A prepared query is written with
samples in the place of its parameters; whoever asks it gives values, which then stand where the samples stood. It goes
through Django's own cursor and makes the same objects. ADR 25 says for which queries this is worth it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

Row = TypeVar("Row")
Value = UUID | dt.datetime

SAMPLE_ID = 0x5A3F_1E00_0000_4000_8000_0000_0000_0000
SAMPLE_TIME = dt.datetime(1970, 1, 1, 0, 0, 0, 271_828, dt.UTC)


class Prepared(Generic[Row]):
    """The queryset that `write` gives for any values of its keyword arguments, all of them UUIDs or datetimes.

    `write` must give the same SQL whatever the values are. Raises ValueError, when it is asked first, if a value that
    it is given does not reach the SQL: such a query would answer every question alike.
    """

    def __init__(
        self, write: Callable[..., QuerySet[Any, Row]], **kinds: type[UUID] | type[dt.datetime]
    ) -> None:
        self._write, self._kinds = write, kinds
        self._written: tuple[QuerySet[Any, Row], SQLCompiler, str, tuple[Any, ...]] | None = None

    def rows(self, **values: Value) -> list[Row]:
        """The rows for these values: one query."""
        if self._written is None:
            self._written = self._ask()
        queryset, compiler, sql, places = self._written
        parameters = tuple(values[each.name] if isinstance(each, _Place) else each for each in places)
        asked = queryset.all()
        query: Any = queryset.query.chain(klass=_Written)
        query.answer = _with(compiler, sql, parameters)
        asked.query = query
        return list(asked)

    def _ask(self) -> tuple[QuerySet[Any, Row], SQLCompiler, str, tuple[Any, ...]]:
        samples = {name: _sample(kind, number) for number, (name, kind) in enumerate(self._kinds.items())}
        queryset = self._write(**samples)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        names = {value: name for name, value in samples.items()}
        places = tuple(_place(each, names) for each in parameters)
        if missing := set(samples) - {each.name for each in places if isinstance(each, _Place)}:
            raise ValueError(f"These values do not reach the SQL: {', '.join(sorted(missing))}.")
        return queryset, compiler, sql, places


class _Place:
    """Where a value stands among the parameters."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Written(Query):
    """A query whose SQL stands already."""

    answer: SQLCompiler

    def get_compiler(self, *_args: Any, **_options: Any) -> SQLCompiler:
        return self.answer


class _Answer(SQLCompiler):
    """A compiler that has nothing left to write."""

    standing: tuple[str, tuple[Any, ...]]

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, tuple[Any, ...]]:
        return self.standing


def _with(compiler: SQLCompiler, sql: str, parameters: tuple[Any, ...]) -> SQLCompiler:
    answer = _Answer.__new__(_Answer)
    answer.__dict__ = compiler.__dict__ | {"standing": (sql, parameters)}
    answer.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
    return answer


def _sample(kind: type[UUID] | type[dt.datetime], number: int) -> Value:
    """A value that stands for a parameter and that nothing else in a query is equal to."""
    if kind is UUID:
        return UUID(int=SAMPLE_ID + number)
    return SAMPLE_TIME + dt.timedelta(microseconds=number)


def _place(parameter: Any, names: dict[Value, str]) -> Any:
    known = isinstance(parameter, UUID | dt.datetime) and parameter in names
    return _Place(names[parameter]) if known else parameter

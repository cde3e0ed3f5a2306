"""A lookup for many ids at once: one array in the place of a parameter for each.

`patient__in` with five hundred ids makes Django write, check and quote five hundred parameters, which takes longer than
PostgreSQL needs to find the rows; a scoring run asks a dozen such questions. The plan is the same: PostgreSQL turns a
list into an array itself.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Lookup, UUIDField
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup


class Among(_Lookup):
    """`patient__pk__among=ids`: the id is one of `ids`, an iterable of UUIDs; none of an empty one."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self) -> list[Any]:
        """The ids as a list: an iterator may be asked twice."""
        return list(self.rhs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`column = ANY(array)`."""
        column, parameters = self.process_lhs(compiler, connection)
        listed = ",".join(map(str, self.rhs))
        return f"{column} = ANY(%s::uuid[])", (*parameters, f"{{{listed}}}")


def register() -> None:
    """Teach the lookup to every column of ids."""
    UUIDField.register_lookup(Among)

"""Groups of 1 to 10 people: what may be told of groups without telling of one of them, also not by subtracting."""

from collections.abc import Mapping, Set
from typing import Final, TypeVar

SMALL: Final = 10
Name = TypeVar("Name", str, int)


def is_small(people: int) -> bool:
    """Whether a group is so small that a figure tells of its people."""
    return 0 < people <= SMALL


def masked(groups: Mapping[Name, Set[object]]) -> frozenset[Name]:
    """Which groups of a table with a total are left out, given who is in each; one person may be in several.

    Every small one; and, where those together are still 1 to 10 people, or one group alone, which the total would
    give away, the next larger ones with them.
    """
    by_size = sorted((len(people), name) for name, people in groups.items() if people)
    hidden = [name for people, name in by_size if is_small(people)]
    if not hidden:
        return frozenset()
    rest = [name for _people, name in by_size if name not in hidden]
    while rest and (len(hidden) == 1 or is_small(len(set().union(*(groups[name] for name in hidden))))):
        hidden.append(rest.pop(0))
    return frozenset(hidden)


def may_tell(people: int, *, people_in_all: int) -> bool:
    """Whether a figure of one part may stand beside the same figure of the whole, without telling of a few."""
    return not is_small(people) and not is_small(people_in_all - people)

"""A time zone is looked up in one place, which falls back where a stored name is unknown to this machine."""

import ast

from tests.sources import PRODUCT, python, tree

LOOKED_UP_IN = "clinic/clock.py"


def looks_up(module: ast.Module) -> bool:
    """Whether it names ZoneInfo in whatever way, rather than asking `clinic.clock.zone_of`."""
    return any(
        "ZoneInfo" in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", ""))
        for node in ast.walk(module)
    )


def test_nobody_but_the_clock_looks_up_a_time_zone() -> None:
    assert [path.as_posix() for path in python(*PRODUCT) if looks_up(tree(path))] == [LOOKED_UP_IN]


def test_a_zone_that_is_looked_up_elsewhere_would_be_found() -> None:
    assert looks_up(ast.parse("from zoneinfo import ZoneInfo as Place\nplace = Place(patient.zone)"))
    assert looks_up(ast.parse("import zoneinfo\nplace = zoneinfo.ZoneInfo(patient.zone)"))
    assert not looks_up(ast.parse("from clinic.clock import zone_of\nplace = zone_of(patient.zone)"))

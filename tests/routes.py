"""Every address of the project with its view, as the URL conf has it: what the tests walk."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from dashboard.access import Rule

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One address: its name, its pattern as one path, the view and the rule that the view declares, if any."""

    name: str
    pattern: str
    view: Callable[..., Any]
    rule: Rule | None

    @property
    def parameters(self) -> list[str]:
        """The names of what the address takes."""
        return PARAMETER.findall(self.pattern)

    def path(self, values: Mapping[str, object]) -> str:
        """The address with these values. KeyError names a parameter that is not among them."""
        return PARAMETER.sub(lambda found: str(values[found[1]]), self.pattern)


def routes(urlconf: str | None = None) -> list[Route]:
    """All of them, in the order in which they are tried."""
    return list(_walked(get_resolver(urlconf).url_patterns, "/"))


def _walked(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for each in patterns:
        place = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walked(each.url_patterns, place)
        else:
            yield Route(each.name or "", place, each.callback, getattr(each.callback, "access_rule", None))

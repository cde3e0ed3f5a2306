"""Every page of the site, with arguments that fit: the table that the walks over all pages take."""

from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver, reverse

Arguments = Mapping[str, str]


def names() -> list[str]:
    """The name of every address."""
    return [pattern.name or "" for pattern in _patterns(get_resolver().url_patterns)]


def paths(known: Arguments) -> dict[str, str]:
    """The path of every address by its name, its arguments taken from `known`.

    Raises KeyError for an argument that is not known: a new page needs a line in the test that walks over it.
    """
    found = {}
    for pattern in _patterns(get_resolver().url_patterns):
        wanted = {name: known[name] for name in pattern.pattern.converters}
        found[pattern.name or ""] = reverse(pattern.name or "", kwargs=wanted)
    return found


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern

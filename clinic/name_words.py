"""The words of names, compared as people compare them: case, accents and order do not count."""

import unicodedata


def folded(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(name: str) -> frozenset[str]:
    """The words of a name, whatever their order."""
    return frozenset(folded(name).split())

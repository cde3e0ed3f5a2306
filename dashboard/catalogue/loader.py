"""Loads a text of the catalogue with its versions. It is the clinic's, so every psychologist of it may open it."""

from django.http import Http404

from recommendations.catalogue import texts
from recommendations.catalogue.texts import Text


def versions_of(code: str) -> list[Text]:
    """Every version, newest first. Raises Http404 for a code that there is not."""
    found = texts.of_code(code)
    if not found:
        raise Http404
    return found


def version_of(versions: list[Text], number: str) -> Text:
    """The version with this number, or the newest where none is named. Raises Http404 for one that there is not."""
    if not number:
        return versions[0]
    found = next((text for text in versions if text.entry.version == number), None)
    if found is None:
        raise Http404
    return found

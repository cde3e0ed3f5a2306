"""Why nothing was signed, as the page says it."""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was signed: a sentence, what to do, and whether this form can still be signed."""

    title: str
    text: str = ""
    sentences: tuple[StrOrPromise, ...] = ()
    again: bool = False
    final: bool = False

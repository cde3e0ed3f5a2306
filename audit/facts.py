"""What may stand beside an action: codes, counts, ids and keyed digests, never words about a person."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias
from uuid import UUID

Scalar: TypeAlias = str | int | bool | UUID
Fact: TypeAlias = Scalar | Sequence[Scalar]
Stored: TypeAlias = str | int | bool | list[str | int | bool]

CODE_LENGTH = 64
MOST_FACTS = 32
# RFC 8785 writes numbers as JavaScript does: beyond 2^53 - 1 a whole number would lose its last digits.
LARGEST_NUMBER = 2**53 - 1

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]*", re.ASCII)


@lru_cache(maxsize=2_048)
def _is_code(text: str) -> bool:
    """Asked for the same names and kinds in every entry."""
    return _CODE.fullmatch(text) is not None


class UnfitFact(ValueError):
    """Raised when something that is not a code, count, id or digest is to be written into the log."""


def code(text: str, *, field: str, length: int = CODE_LENGTH) -> str:
    """`text` itself where it is empty or a code of at most `length` letters, digits and `. _ : / + -`.

    Raises UnfitFact otherwise: a space or a letter outside ASCII is how words look. The text is not
    repeated in the error, because errors reach the logs.
    """
    if text and (len(text) > length or not _is_code(text)):
        raise UnfitFact(f"{field}: the audit log takes a code of at most {length} characters, not words.")
    return text


def checked(facts: Mapping[str, Fact] | None) -> dict[str, Stored]:
    """Facts as they are stored, ids as text. Raises UnfitFact for words, decimals and nested facts."""
    if not facts:
        return {}
    if len(facts) > MOST_FACTS:
        raise UnfitFact(f"An audit entry takes at most {MOST_FACTS} facts.")
    return {code(name, field="fact"): _checked_fact(name, fact) for name, fact in facts.items()}


def _checked_fact(name: str, fact: Fact) -> Stored:
    if isinstance(fact, list | tuple):
        if len(fact) > MOST_FACTS:
            raise UnfitFact(f"{name}: an audit entry takes at most {MOST_FACTS} values in a list.")
        return [_checked_scalar(name, value) for value in fact]
    return _checked_scalar(name, fact)


def _checked_scalar(name: str, value: object) -> str | int | bool:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return int(value)
    if isinstance(value, str):
        return str(code(value, field=name))
    raise UnfitFact(f"{name}: the audit log takes codes, whole numbers, yes or no, ids and digests.")

"""What an administrator learns of an entry beside its action: the one list for page, file and API.

Most reasons and facts of the log are about treatment: a condition, a questionnaire, a step, how urgent an alert was.
What is not named here is not shown, so a new kind of entry tells an administrator nothing until somebody has decided
that it may.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from audit.findings import Fault
from clinic.models.care import CareKind
from clinic.models.token import Scope
from clinic.models.user import Role

REASONS = {choice.value: choice.label for kind in (Role, CareKind) for choice in kind}
"""The reasons that are shown: a role or a kind of care, nothing clinical."""


def _is_person(value: Any) -> bool:
    try:
        return bool(UUID(value))
    except (TypeError, ValueError, AttributeError):
        return False


def _is_count(value: Any) -> bool:
    return isinstance(value, int)


def _fits(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _are_scopes(value: Any) -> bool:
    return isinstance(value, list) and set(map(str, value)) <= set(Scope.values)


FACTS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("user", "from", "to"), _is_person),
    **dict.fromkeys(("rows", "entries", "waiting", "whole", "number", "sessions", "narrowed"), _is_count),
    **dict.fromkeys(("valid_until", "trained_on"), _fits(r"\d{4}-\d\d-\d\d|none")),
    "head": _fits(r"[0-9a-f]{64}"),
    "record": _fits(r"CS-[0-9A-Z-]{1,9}"),
    "fault": lambda value: value in set(Fault),
    "scopes": _are_scopes,
}
"""The facts that are shown, by name, each with what its value must look like."""


def reason_of(reason: str) -> str:
    """The code of a reason that may be shown, else nothing."""
    return reason if reason in REASONS else ""


def said_of(reason: str) -> str:
    """The same in words."""
    return str(REASONS.get(reason, ""))


def facts_of(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """Those of an entry's facts that may be shown."""
    return {name: value for name, value in (facts or {}).items() if name in FACTS and FACTS[name](value)}

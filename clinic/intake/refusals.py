"""Why something that was entered is not kept."""

from enum import StrEnum


class NotKept(StrEnum):
    """Why nothing was stored."""

    NO_CONSENT = "no_consent"
    NO_KEYS = "no_keys"

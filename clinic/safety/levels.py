"""How serious a text is."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """From nothing noticed to danger now. Every level above none shows a help card.

    A concern is a line in the worklist; urgent and emergency stand in the lane of alerts that every
    psychologist sees, and page whoever is on call (`clinic.oncall`).
    """

    NONE = 0
    CONCERN = 1
    URGENT = 2
    EMERGENCY = 3

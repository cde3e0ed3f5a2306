"""Between which thresholds one psychologist may sign alone. Trying is free; what lies beyond is signed by nobody.

The ceiling stands little above the shipped thresholds, because each step up leaves more messages unnoticed
(docs/safety/evaluation.md). The floor is where the classifier says little more: below it a third of what people write
every day would show a card, and one person's alert would stand among so many that nobody finds it.
"""

from typing import Final

from clinic.safety.ledger.thresholds import most_sensitive
from clinic.safety.thresholds import MOST, SHIPPED, Thresholds

ABOVE: Final = 0.05
"""So much above the shipped thresholds one person may go."""

CEILING: Final = Thresholds(
    round(min(SHIPPED.concern + ABOVE, MOST), 2), round(min(SHIPPED.urgent + ABOVE, MOST), 2)
)
FLOOR: Final = Thresholds(0.3, 0.6)


def may_be_signed(thresholds: Thresholds) -> bool:
    """Whether one person may sign these."""
    return (
        FLOOR.concern <= thresholds.concern <= CEILING.concern
        and FLOOR.urgent <= thresholds.urgent <= CEILING.urgent
    )


def never_above(signed: Thresholds) -> Thresholds:
    """What holds of signed thresholds: no row, however it came about, notices less than the ceiling does."""
    return most_sensitive(signed, CEILING)

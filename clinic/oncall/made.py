"""What was made for some alerts already: which steps, and which of them reached nobody."""

from collections.abc import Iterable
from uuid import UUID

from clinic.models.page import Outcome, Page, Step

FAILURES = 2
"""After so many failed attempts a page counts as one that reaches nobody, although it is tried on."""


class Made:
    """The pages of these alerts and their attempts: one query."""

    def __init__(self, alerts: Iterable[UUID]) -> None:
        self.keys: set[tuple[UUID, str, int]] = set()
        self._failures: dict[tuple[UUID, str, int], dict[UUID, int]] = {}
        found = Page.objects.filter(alert__pk__among=alerts)
        for alert, step, turn, page, outcome in found.values_list(
            "alert", "step", "turn", "pk", "attempts__outcome"
        ):
            self.keys.add((alert, step, turn))
            pages = self._failures.setdefault((alert, step, turn), {})
            pages.setdefault(page, 0)
            if outcome == Outcome.SENT:
                pages[page] = -1
            elif outcome not in (None, Outcome.BEGUN) and pages[page] >= 0:
                pages[page] += 1

    def opening(self, alert: UUID) -> bool:
        """Whether somebody was paged because this alert opened."""
        return (alert, Step.FIRST.value, 0) in self.keys

    def unreached(self, alert: UUID) -> frozenset[tuple[str, int]]:
        """The steps of an alert, each with its turn, of which no page was sent and each has failed more than once."""
        return frozenset(
            (step, turn)
            for (of_alert, step, turn), pages in self._failures.items()
            if of_alert == alert and all(failures >= FAILURES for failures in pages.values())
        )

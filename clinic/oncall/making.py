"""Making the pages of one step: who is sought, where they are reached, and the rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from uuid import UUID

from clinic.actor import SOFTWARE, log
from clinic.models.oncall import Position
from clinic.models.page import Page, Sought
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import rota, rows
from clinic.oncall.answered import UNANSWERED
from clinic.oncall.escalation import Due
from clinic.oncall.rota import Rota

Recipient = tuple[UUID | None, Sought]


class Maker:
    """Makes the pages of steps; what they all need is read once."""

    def __init__(self, *, at: dt.datetime) -> None:
        self.at = at
        self.channels = rows.channels()

    @cached_property
    def rota(self) -> Rota:
        """Not asked for where nobody has an address."""
        return rows.read(at=self.at)

    def make(self, due: Due, alert: SafetyAlert) -> bool:
        """Insert the pages of one step; False where nobody can be reached: it is tried again."""
        if not self.channels:
            return False
        patient = alert.patient
        reachable = rows.reachable(self.rota, self.channels, without=patient.user_id)
        pages = {
            (user, channel): self._page(due, user, sought, channel)
            for user, sought in self._recipients(due, alert, reachable)
            for channel in self.channels.get(user, ())
        }
        if not pages:
            return False
        Page.objects.bulk_create(pages.values(), ignore_conflicts=True)
        people = len({user for user, _channel in pages})
        facts = {"step": due.step.value, "turn": due.turn, "people": people, "pages": len(pages)}
        log("alert_paged", by=SOFTWARE, at=self.at, patient=patient, subject=alert, facts=facts)
        return True

    def _recipients(self, due: Due, alert: SafetyAlert, reachable: Rota) -> Sequence[Recipient]:
        """The clinic's own receiver last: of one person in two positions the first is kept."""
        found: list[Recipient] = []
        for seeks in due.seeks:
            found += self._in_position(seeks, alert, reachable)
        if not alert.taken_by_id:
            found += [(owner, Sought.OWNER) for owner in _owners(alert) if owner in reachable.able]
        kept = dict(reversed(found))
        return [*reversed(kept.items()), (None, Sought.CLINIC)]

    def _in_position(self, seeks: Sought, alert: SafetyAlert, reachable: Rota) -> list[Recipient]:
        if seeks == Sought.OWNER:
            owner = alert.taken_by_id
            return [(owner, seeks)] if owner in reachable.able else []
        if seeks == Sought.ANYBODY:
            return [(user, seeks) for user in sorted(reachable.able)]
        return [
            (user, Sought(position) if position else Sought.ANYBODY)
            for position, users in rota.sought_anew(reachable, Position(seeks), at=self.at)
            for user in users
        ]

    def _page(self, due: Due, user: UUID | None, sought: Sought, channel: str) -> Page:
        return Page(
            alert_id=due.case.alert,
            step=due.step,
            turn=due.turn,
            position=sought,
            recipient_id=user,
            channel=channel,
            due_at=due.due_at,
        )


def _owners(alert: SafetyAlert) -> Iterable[UUID]:
    """Who has taken other open alerts of the same person: they know what it is about."""
    paged = SafetyAlert.objects.filter(UNANSWERED, level__gte=AlertLevel.URGENT)
    taken = paged.filter(patient=alert.patient_id, taken_by__isnull=False)
    return set(taken.values_list("taken_by", flat=True))

"""Pages: made with the alert itself, and by whichever program notices first that a later step is due.

Making a page is inserting a row; sending it is `clinic.oncall.delivery`. Each step of an alert is made once: the
alert's row is locked while it is looked at, and the unique constraint stands behind that.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from functools import cached_property
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from clinic.actor import SOFTWARE, log
from clinic.models.clinic import Clinic
from clinic.models.oncall import Position
from clinic.models.page import Page, Sought, Step
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import escalation, rota, rows
from clinic.oncall.answered import AGAIN_AT, UNANSWERED
from clinic.oncall.escalation import Case, Due, Minutes
from clinic.oncall.made import Made
from clinic.oncall.rota import Rota

logger = logging.getLogger(__name__)

Recipient = tuple[UUID | None, Sought]


def page_at_once(alert: SafetyAlert, *, at: dt.datetime) -> None:
    """Make the first pages of an alert in the transaction in which it opens.

    Nothing that goes wrong here may keep an alert from opening: the watch makes the same pages seconds later.
    """
    if alert.level < AlertLevel.URGENT:
        return
    try:
        with transaction.atomic():
            waiting = _unanswered().filter(patient=alert.patient_id, taken_by=None).exclude(pk=alert.pk)
            if escalation.opens_a_page(alert.level, waiting.values_list("level", flat=True)):
                _Maker(at=at).make(escalation.first(case_of(alert, frozenset())), alert)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The first pages of an alert were not made; the watch makes them.")


def page_because(alert: SafetyAlert, step: Step, *seeks: Sought, turn: int, at: dt.datetime) -> None:
    """Make the pages of what a person has just recorded about an alert, in that transaction.

    Nothing that goes wrong here may undo what was recorded: it stands in the list as well.
    """
    try:
        with transaction.atomic():
            _Maker(at=at).make(Due(case_of(alert, frozenset()), step, at, seeks, turn), alert)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The pages of an alert were not made; it stands in the safety list.")


@transaction.atomic
def escalate(*, at: dt.datetime) -> int:
    """Make the pages of every step that is due at `at` and was not made; returns how many steps.

    Whoever else is at the same alert at this moment makes them: those that are locked are left to them.
    """
    waiting = list(_unanswered())
    if not waiting:
        return 0
    minutes = minutes_of_the_clinic()
    late = _not_made(waiting, minutes, at=at)
    if not late:
        return 0
    wanted = {each.case.alert for each in late}
    locked = {
        alert.pk: alert
        for alert in _unanswered()
        .filter(pk__in=wanted)
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
    }
    patients = {alert.patient_id for alert in locked.values()}
    due = _not_made(_unanswered().filter(patient__in=patients), minutes, at=at)
    maker = _Maker(at=at)
    return sum(maker.make(each, locked[each.case.alert]) for each in due if each.case.alert in locked)


def minutes_of_the_clinic() -> Minutes:
    """The numbers that the clinic has set. One query."""
    clinic = Clinic.objects.first()
    if clinic is None:
        return Minutes()
    return Minutes(
        second=clinic.second_page_minutes,
        lead=clinic.lead_page_minutes,
        everybody=clinic.everybody_page_minutes,
        emergency_contact=clinic.emergency_contact_minutes,
        urgent_contact=clinic.urgent_contact_minutes,
    )


def _unanswered() -> QuerySet[SafetyAlert]:
    return SafetyAlert.objects.filter(UNANSWERED, level__gte=AlertLevel.URGENT).annotate(again_at=AGAIN_AT)


def _not_made(alerts: Iterable[SafetyAlert], minutes: Minutes, *, at: dt.datetime) -> list[Due]:
    """The steps that are due and of which no page exists. Two or three queries."""
    found = list(alerts)
    able = rows.able(at=at) if any(alert.taken_by_id for alert in found) else frozenset()
    made = Made(alert.pk for alert in found)
    cases = [case_of(alert, able, made.unreached(alert.pk)) for alert in found]
    return [each for each in escalation.due(cases, minutes, at=at) if each.key not in made.keys]


def case_of(alert: SafetyAlert, able: frozenset[UUID], unreached: frozenset[str] = frozenset()) -> Case:
    """What the escalation needs to know of an alert; `able` are those who can act."""
    return Case(
        alert=alert.pk,
        patient=alert.patient_id,
        level=alert.level,
        since=alert.happened_at,
        owner=alert.taken_by_id,
        taken_at=alert.taken_at,
        owner_can_act=alert.taken_by_id in able,
        unreached=unreached,
        again_at=getattr(alert, "again_at", None),
    )


class _Maker:
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
        position, users = rota.sought(reachable, Position(seeks), at=self.at)
        return [(user, Sought(position) if position else Sought.ANYBODY) for user in users]

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
    taken = _unanswered().filter(patient=alert.patient_id, taken_by__isnull=False)
    return set(taken.values_list("taken_by", flat=True))

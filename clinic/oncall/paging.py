"""Pages: made with the alert itself, and by whichever program notices first that a later step is due.

Making a page is inserting a row; sending it is `clinic.oncall.delivery`. Each step of an alert is made once: the
alert's row is locked while it is looked at, and the unique constraint stands behind that.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from clinic.database.turns import has_turn
from clinic.models.clinic import Clinic
from clinic.models.page import Sought, Step
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import escalation, rows
from clinic.oncall.answered import AGAIN_AT, PUT_BACK_AT, UNANSWERED
from clinic.oncall.escalation import Case, Due
from clinic.oncall.made import Made
from clinic.oncall.making import Maker
from clinic.oncall.minutes import Minutes

logger = logging.getLogger(__name__)


def page_at_once(alert: SafetyAlert, *, at: dt.datetime) -> None:
    """Make the first pages of an alert in the transaction in which it opens.

    Nothing that goes wrong here may keep an alert from opening: the watch makes the same pages seconds later. It makes
    them also where another alert of this person opens at this moment: only it sees both, and whoever writes quickly
    pages once.
    """
    if alert.level < AlertLevel.URGENT:
        return
    try:
        with transaction.atomic():
            if not has_turn(f"pages of {alert.patient_id}"):
                return
            waiting = unanswered().filter(patient=alert.patient_id, taken_by=None).exclude(pk=alert.pk)
            if escalation.opens_a_page(alert.level, waiting.values_list("level", flat=True)):
                Maker(at=at).make(escalation.first(case_of(alert, frozenset())), alert)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The first pages of an alert were not made; the watch makes them.")


def page_because(alert: SafetyAlert, step: Step, *seeks: Sought, turn: int, at: dt.datetime) -> None:
    """Make the pages of what a person has just recorded about an alert, in that transaction.

    Nothing that goes wrong here may undo what was recorded: it stands in the list as well.
    """
    try:
        with transaction.atomic():
            Maker(at=at).make(Due(case_of(alert, frozenset()), step, at, seeks, turn), alert)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The pages of an alert were not made; it stands in the safety list.")


def page_left(alert: SafetyAlert, *, at: dt.datetime) -> None:
    """Make the pages of an alert that went back just now, in that transaction: as `page_because`.

    Where nobody can be paged at this moment the watch makes them as soon as somebody can.
    """
    try:
        with transaction.atomic():
            found = unanswered().filter(pk=alert.pk).first()
            if found is not None and (left := escalation.left(case_of(found, frozenset()))):
                Maker(at=at).make(left, found)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The pages of an alert that went back were not made; the watch makes them.")


@transaction.atomic
def escalate(*, at: dt.datetime) -> int:
    """Make the pages of every step that is due at `at` and was not made; returns how many steps.

    Whoever else is at the same alert at this moment makes them: those that are locked are left to them.
    """
    waiting = list(unanswered())
    if not waiting:
        return 0
    minutes = minutes_of_the_clinic()
    late = _not_made(waiting, minutes, at=at)
    if not late:
        return 0
    wanted = {each.case.alert for each in late}
    locked = {
        alert.pk: alert
        for alert in unanswered()
        .filter(pk__in=wanted)
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
    }
    patients = {alert.patient_id for alert in locked.values()}
    due = _not_made(unanswered().filter(patient__in=patients), minutes, at=at)
    maker = Maker(at=at)
    return sum(_made(maker, each, locked[each.case.alert]) for each in due if each.case.alert in locked)


def _made(maker: Maker, due: Due, alert: SafetyAlert) -> bool:
    """Make one step; whatever goes wrong with it keeps no other from being made, and it is tried again."""
    try:
        with transaction.atomic():
            return maker.make(due, alert)
    except Exception:  # another alert's pages must not wait for this one's fault
        logger.exception("Step %s of the alert %s was not made.", due.step.value, alert.pk)
        return False


def minutes_of_the_clinic() -> Minutes:
    """The numbers that the clinic has set, none later than the bounds. One query."""
    clinic = Clinic.objects.first()
    return minutes_of(clinic) if clinic else Minutes()


def minutes_of(clinic: Clinic) -> Minutes:
    """The numbers of this clinic, none later than the bounds."""
    return Minutes(
        second=clinic.second_page_minutes,
        lead=clinic.lead_page_minutes,
        everybody=clinic.everybody_page_minutes,
        emergency_contact=clinic.emergency_contact_minutes,
        urgent_contact=clinic.urgent_contact_minutes,
    ).bounded()


def unanswered() -> QuerySet[SafetyAlert]:
    """Open alerts that page and that nobody has answered, with when each began to wait anew and last went back."""
    found = SafetyAlert.objects.filter(UNANSWERED, level__gte=AlertLevel.URGENT)
    return found.annotate(again_at=AGAIN_AT, put_back_at=PUT_BACK_AT)


def _not_made(alerts: Iterable[SafetyAlert], minutes: Minutes, *, at: dt.datetime) -> list[Due]:
    """The steps that are due and of which no page exists. Two or three queries."""
    found = list(alerts)
    able = rows.able(at=at) if any(alert.taken_by_id for alert in found) else frozenset()
    made = Made(alert.pk for alert in found)
    cases = [
        case_of(alert, able, made.unreached(alert.pk), was_paged=made.opening(alert.pk)) for alert in found
    ]
    return [each for each in _due(cases, minutes, at=at) if each.key not in made.keys]


def _due(cases: list[Case], minutes: Minutes, *, at: dt.datetime) -> Iterator[Due]:
    """What is due of each person; where one cannot be reckoned, all the others are."""
    for patient in dict.fromkeys(case.patient for case in cases):
        try:
            yield from escalation.due([case for case in cases if case.patient == patient], minutes, at=at)
        except (ArithmeticError, ValueError):
            logger.exception("What is due of somebody's alerts could not be reckoned.")


def case_of(
    alert: SafetyAlert,
    able: frozenset[UUID],
    unreached: frozenset[tuple[str, int]] = frozenset(),
    *,
    was_paged: bool = False,
) -> Case:
    """What the escalation needs to know of an alert; `able` are those who can act."""
    return Case(
        alert=alert.pk,
        patient=alert.patient_id,
        level=alert.level,
        since=alert.begun_at,
        owner=alert.taken_by_id,
        taken_at=alert.taken_at,
        owner_can_act=alert.taken_by_id in able,
        unreached=unreached,
        again_at=getattr(alert, "again_at", None),
        put_back_at=getattr(alert, "put_back_at", None),
        was_paged=was_paged,
    )

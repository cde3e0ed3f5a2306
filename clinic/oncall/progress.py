"""What has happened with a patient's alert so far, as it may be told to them: who was told when, and what comes next.

It says only what pages, the alert, its acts and the log of openings show. A page that left before words were written
knew nothing of them, so it is never said to have told them. Nobody has read what they have not opened.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from audit.reads import deeds
from clinic.models.alert_act import FAILED, ActKind, AlertAct
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.models.user import User
from clinic.oncall import escalation, paging
from clinic.oncall.escalation import Case
from clinic.oncall.told import Told, told_of

OPENED, TAKEN = "safety_alert_opened", "safety_alert_taken"
CONTACT = (ActKind.SPOKE, ActKind.TO_CRISIS_TEAM, *FAILED)


@dataclass(frozen=True, slots=True)
class Contact:
    """Something that was done to reach the patient or to have them reached; `again_at` when it is tried again."""

    kind: ActKind
    by: User
    at: dt.datetime
    again_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an alert stands. `first`, `second` and `lead` are None for a step that nobody was told of these words by.

    `before` is when the newest message about earlier words of the same person left, before these were written.
    `reader` opened it at `read_at`; `owner` has taken it, and had it from `giver` where a colleague passed it on.
    """

    is_paged: bool
    first: Told | None = None
    second: Told | None = None
    lead: Told | None = None
    before: dt.datetime | None = None
    second_due: dt.datetime | None = None
    lead_due: dt.datetime | None = None
    owner: User | None = None
    taken_at: dt.datetime | None = None
    giver: User | None = None
    reader: User | None = None
    read_at: dt.datetime | None = None
    contacts: tuple[Contact, ...] = ()
    closed_at: dt.datetime | None = None


def of(alert: SafetyAlert) -> Progress:
    """How far this alert has come. No query for a note that nobody has taken, two for what somebody has, else four;
    one more for what went back."""
    paged = alert.level >= AlertLevel.URGENT
    if alert.taken_at is not None:
        return _taken(alert, is_paged=paged)
    if not paged:
        return Progress(is_paged=False)
    own, clock = _clocks_of(alert)
    told, minutes = told_of(own, clock), paging.minutes_of_the_clinic()
    second = dt.timedelta(minutes=0 if told.two_at_once else minutes.second)
    return Progress(
        is_paged=True,
        first=told.first,
        second=told.second,
        lead=told.lead,
        before=told.before,
        second_due=clock.waits_since + second,
        lead_due=clock.waits_since + dt.timedelta(minutes=minutes.lead),
        contacts=_contacts(_acts_since(alert)) if own.put_back_at else (),
    )


def _taken(alert: SafetyAlert, *, is_paged: bool) -> Progress:
    """Of an alert that somebody has: who opened it, who passed it on, and what was done since it was raised."""
    acts = _acts_since(alert)
    handed = next((act for act in reversed(acts) if act.handed_to_id == alert.taken_by_id), None)
    opened = _readings(alert)
    may_have = [alert.taken_by, *([handed.acted_by] if handed else [])]
    reader = next((each for each in may_have if each and each.pk in opened), None)
    return Progress(
        is_paged=is_paged,
        owner=alert.taken_by,
        taken_at=alert.taken_at,
        giver=handed.acted_by if handed else None,
        reader=reader,
        read_at=opened[reader.pk] if reader else None,
        contacts=_contacts(acts),
        closed_at=alert.closed_at,
    )


def _readings(alert: SafetyAlert) -> dict[UUID, dt.datetime]:
    """When each person first opened an alert after they had it: before that its page shows its words to few."""
    has_it = {alert.taken_by_id: alert.taken_at}
    read: dict[UUID, dt.datetime] = {}
    for action, actor, at in deeds(alert.patient_id, codes=(OPENED, TAKEN), subject_id=str(alert.pk)):
        if action == TAKEN:
            has_it.setdefault(actor, at)
        since = has_it.get(actor)
        if action == OPENED and since is not None and at >= since:
            read.setdefault(actor, at)
    return read


def _acts_since(alert: SafetyAlert) -> list[AlertAct]:
    """What was done about this person since these words, oldest first; from when it was opened again, if it was.

    Whoever speaks with somebody speaks with the person, so what was recorded on another of their alerts counts.
    """
    rows = AlertAct.objects.filter(patient=alert.patient_id, recorded_at__gte=alert.recorded_at)
    acts = list(rows.order_by("recorded_at", "happened_at").select_related("acted_by__staff"))
    again = [at for at, act in enumerate(acts) if act.kind == ActKind.REOPENED and act.alert_id == alert.pk]
    return acts[again[-1] :] if again else acts


def _contacts(acts: list[AlertAct]) -> tuple[Contact, ...]:
    """The newest of each kind, oldest first; an attempt that failed only where nothing came of it since."""
    made = [act for act in acts if act.kind in CONTACT]
    newest: dict[str, AlertAct] = {}
    for act in made:
        newest.pop(act.kind, None)
        if act.kind not in FAILED or act is made[-1]:
            newest[act.kind] = act
    return tuple(
        Contact(ActKind(act.kind), act.acted_by, act.happened_at, act.retry_at) for act in newest.values()
    )


def _clocks_of(alert: SafetyAlert) -> tuple[Case, Case]:
    """This alert, and the one that runs the clock for all of this person's that nobody has: one query."""
    waiting = paging.unanswered().filter(patient=alert.patient_id, taken_by=None)
    cases = {each.pk: paging.case_of(each, frozenset()) for each in waiting}
    own = cases.setdefault(alert.pk, paging.case_of(alert, frozenset()))
    return own, escalation.clock_of(list(cases.values()))

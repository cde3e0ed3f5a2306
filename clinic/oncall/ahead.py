"""What comes next with alerts if nobody does anything: the same steps that page, before their time has come."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from clinic.models.page import Step
from clinic.models.safety import SafetyAlert
from clinic.oncall import escalation, paging, rows
from clinic.oncall.escalation import CEILING, Case, Due
from clinic.oncall.made import Made
from clinic.oncall.minutes import Minutes

Key = tuple[UUID, str, int]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The steps that were not made yet, soonest first, one that is due among them: of each alert that waits for an
    answer, and of a patient's alerts that one person has, or nobody."""

    alerts: dict[UUID, tuple[Due, ...]] = field(default_factory=dict)
    owners: dict[tuple[UUID, UUID | None], tuple[Due, ...]] = field(default_factory=dict)

    def of_line(self, alert: SafetyAlert) -> tuple[Due, ...] | None:
        """Of an alert that stands for every other of its person and owner; None where all of them were answered."""
        return self.alerts.get(alert.pk, self.owners.get((alert.patient_id, alert.taken_by_id)))


def of_people(patients: Iterable[UUID], minutes: Minutes, *, at: dt.datetime) -> Ahead:
    """What is ahead of the open alerts of these patients: three queries, one where none waits for an answer."""
    found = list(paging.unanswered().filter(patient__in=set(patients)))
    if not found:
        return Ahead()
    able, made = rows.able(at=at), Made(alert.pk for alert in found)
    cases = [
        paging.case_of(alert, able, made.unreached(alert.pk), was_paged=made.opening(alert.pk))
        for alert in found
    ]
    return of_cases(cases, made.keys, minutes, at=at)


def anybody(*, at: dt.datetime) -> bool:
    """Whether there is a psychologist who can act and has an address: two queries."""
    return not rows.able(at=at).isdisjoint(rows.channels())


def of_cases(cases: Iterable[Case], made: set[Key], minutes: Minutes, *, at: dt.datetime) -> Ahead:
    """The same of these cases: those of a person that wait have one clock, those of one owner another."""
    found = Ahead()
    for of_person in escalation.by_person(cases):
        for group in _of_one_clock(of_person):
            coming = _coming(group, made, minutes, at=at)
            for case in group:
                found.alerts[case.alert] = found.owners[case.patient, case.owner] = coming
    return found


def _of_one_clock(of_person: Sequence[Case]) -> Iterable[list[Case]]:
    groups: dict[UUID | None, list[Case]] = {}
    for case in of_person:
        groups.setdefault(case.owner if case.is_taken else None, []).append(case)
    return groups.values()


def _coming(group: Sequence[Case], made: set[Key], minutes: Minutes, *, at: dt.datetime) -> tuple[Due, ...]:
    """Each step that was not made, once; of those that come again the next turn, also where everybody was paged before
    the time because nobody was reached."""
    again = dt.timedelta(minutes=minutes.everybody)
    spans = (dt.timedelta(0), again, 2 * again, CEILING)
    found = {each.key: each for span in spans for each in escalation.steps(group, minutes, at=at + span)}
    once: dict[Step, Due] = {}
    for each in sorted(found.values(), key=lambda each: each.due_at):
        if each.key not in made:
            once.setdefault(each.step, each)
    return tuple(once.values())

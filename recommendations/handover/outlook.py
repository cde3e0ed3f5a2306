"""What a change of care would touch, counted beforehand: the page says exactly this before anybody confirms."""

import datetime as dt
from dataclasses import dataclass

from clinic import access, appointments
from clinic.models.assignment import Assignment
from clinic.models.message import Message
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.models.user import User
from recommendations import publications
from recommendations.models.suggestion import Suggestion
from recommendations.workflow import ASIDE, UNDECIDED


@dataclass(frozen=True, slots=True)
class Outlook:
    """Figures of one record: undecided drafts and those of them that were put aside, standing plans, appointments to
    come, questionnaires that stand assigned, alerts that the giver has taken and alerts open in all,
    messages not read, colleagues who stay."""

    drafts: int
    aside: int
    plans: int
    appointments: int
    questionnaires: int
    alerts: int
    open_alerts: int
    unread: int
    colleagues: tuple[User, ...]

    @property
    def untaken(self) -> int:
        """Open alerts that the giver has not taken: they stay where they are."""
        return self.open_alerts - self.alerts


def outlook(*, patient: Patient, giver: User, at: dt.datetime) -> Outlook:
    """The figures as of `at`: eight queries."""
    states = list(
        Suggestion.objects.filter(patient=patient, state__in=UNDECIDED).values_list("state", flat=True)
    )
    open_ones = list(
        SafetyAlert.objects.filter(patient=patient, closed_at=None).values_list("taken_by_id", flat=True)
    )
    return Outlook(
        drafts=len(states),
        aside=sum(state in ASIDE for state in states),
        plans=publications.standing(at=at).filter(patient=patient).count(),
        appointments=appointments.upcoming(patient, at=at).count(),
        questionnaires=Assignment.objects.filter(patient=patient, ended_at=None).count(),
        alerts=open_ones.count(giver.pk),
        open_alerts=len(open_ones),
        unread=Message.objects.filter(patient=patient, from_patient=True, read_at=None).count(),
        colleagues=tuple(each for each in access.care_team(patient, at=at) if each.pk != giver.pk),
    )

"""Which alerts somebody has taken and nobody answered within the clinic's minutes: it asks what the pages ask."""

import datetime as dt

from clinic.models.page import Step
from clinic.models.safety import AlertLevel, SafetyAlert
from clinic.oncall import escalation, paging, rows
from clinic.oncall.answered import UNANSWERED


def missed(*, at: dt.datetime) -> list[SafetyAlert]:
    """The alerts about which the owner is reminded at `at`, whether a page could be made or not.

    Of several that one person owns for one patient it is the gravest, as with the pages. One query where nobody owns
    an alert without an answer, else three.
    """
    taken = SafetyAlert.objects.filter(UNANSWERED, level__gte=AlertLevel.URGENT, taken_by__isnull=False)
    found = {alert.pk: alert for alert in taken.select_related("patient")}
    if not found:
        return []
    able = rows.able(at=at)
    cases = [paging.case_of(alert, able) for alert in found.values()]
    due = escalation.due(cases, paging.minutes_of_the_clinic(), at=at)
    return [found[each.case.alert] for each in due if each.step is Step.UNANSWERED]

"""What follows from an alert, as its patient reads it: who was told when, who has read it, what comes next.

Rendered in the language of the card beside which it stands. It promises no more than the rota does.
"""

import datetime as dt

from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall import progress
from clinic.oncall.progress import Progress, Told
from dashboard.portal.letters import name_of
from dashboard.portal.when import Calendar, calendar_of


def lines_of(alert: SafetyAlert, *, patient: Patient, at: dt.datetime) -> tuple[str, ...]:
    """The sentences of an alert in the active language."""
    return tuple(said(progress.of(alert), calendar_of(patient, at=at)))


def said(stands: Progress, calendar: Calendar) -> list[str]:
    """The sentences of how far an alert has come."""
    if not stands.is_paged:
        return _of_a_note(stands, calendar)
    if stands.read_at is not None:
        return _of_one_that_somebody_has(stands, calendar)
    if stands.first is None:
        return [
            _(
                "Nobody could be called just now. It stands in the clinic’s safety list, and whoever opens that next "
                "sees it. Do not wait for it: turn to a person now."
            )
        ]
    return [_first(stands.first, calendar), *_next(stands, calendar)]


def _of_a_note(stands: Progress, calendar: Calendar) -> list[str]:
    if stands.read_at is None:
        return [_("Nobody is called because of it. If it gets harder, write it here or turn to a person.")]
    return _of_one_that_somebody_has(stands, calendar)


def _of_one_that_somebody_has(stands: Progress, calendar: Calendar) -> list[str]:
    reader = name_of(stands.reader) if stands.reader else _("A person at the clinic")
    assert stands.read_at is not None  # noqa: S101  asked by the caller
    words = [_("%(name)s has read it, %(when)s.") % {"name": reader, "when": clock(stands.read_at, calendar)}]
    if stands.tried_at is not None and stands.closed_at is None:
        when = clock(stands.tried_at, calendar)
        again = _("They tried to reach you, %(when)s, and will try again.")
        words.append(
            (again if stands.tries_again else _("They tried to reach you, %(when)s.")) % {"when": when}
        )
    if stands.closed_at is not None:
        when = clock(stands.closed_at, calendar)
        words.append(
            _("The clinic has finished with it, %(when)s. You can always write again.") % {"when": when}
        )
    return words


def _first(told: Told, calendar: Calendar) -> str:
    if told.at is None:
        if told.on_call:
            return _("The psychologist on call is being told now.")
        return _("Nobody is on call just now. The clinic’s psychologists are being told.")
    when = {"when": clock(told.at, calendar)}
    if told.on_call:
        return _("The psychologist on call has been told, %(when)s.") % when
    return _("Nobody is on call just now. The clinic’s psychologists have been told, %(when)s.") % when


def _next(stands: Progress, calendar: Calendar) -> list[str]:
    """What comes next while nobody has read it: only times that have not passed."""
    if stands.lead is not None or _is_past(stands.lead_due, calendar):
        return [
            _("Nobody has answered yet. More people are being told. Do not wait: turn to a person now."),
        ]
    if stands.second is not None or _is_past(stands.second_due, calendar):
        second = stands.second.at if stands.second else None
        words = (
            [_("A second person has been told, %(when)s.") % {"when": clock(second, calendar)}]
            if second
            else []
        )
        if stands.lead_due:
            when = {"when": clock(stands.lead_due, calendar)}
            words.append(_("If nobody has answered by %(when)s, whoever leads the service is told.") % when)
        return words
    if stands.second_due is None:
        return []
    when = {"when": clock(stands.second_due, calendar)}
    return [_("If nobody has answered by %(when)s, a second person is told.") % when]


def _is_past(due: dt.datetime | None, calendar: Calendar) -> bool:
    return due is not None and due <= calendar.now


def clock(moment: dt.datetime, calendar: Calendar) -> str:
    """A time of today on its own, "03:06"; of another day with its day."""
    zone = str(calendar.zone)
    same = local_date(at=moment, zone=zone) == calendar.today
    return calendar.time(moment) if same else calendar.said(moment)

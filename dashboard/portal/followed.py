"""What follows from an alert, as its patient reads it: who was told when, who has read it, what comes next.

Rendered in the language of the card beside which it stands. It promises no more than the rota does.
"""

import datetime as dt

from django.utils.translation import gettext as _

from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.oncall import progress
from clinic.oncall.progress import Progress
from clinic.oncall.told import Told
from dashboard.portal.answered import of_one_that_somebody_has, what_was_done
from dashboard.portal.when import Calendar, calendar_of


def lines_of(alert: SafetyAlert, *, patient: Patient, at: dt.datetime) -> tuple[str, ...]:
    """The sentences of an alert in the active language."""
    return tuple(said(progress.of(alert), calendar_of(patient, at=at)))


def said(stands: Progress, calendar: Calendar) -> list[str]:
    """The sentences of how far an alert has come."""
    if stands.owner is not None:
        return of_one_that_somebody_has(stands, calendar)
    if not stands.is_paged:
        return [_("Nobody is called because of it. If it gets harder, write it here or turn to a person.")]
    return [*what_was_done(stands, calendar), *_waits(stands, calendar)]


def _waits(stands: Progress, calendar: Calendar) -> list[str]:
    if stands.first is not None:
        return [_first(stands.first, calendar), *_next(stands, calendar)]
    if stands.before is not None:
        return [_before(stands.before, calendar), *_next(stands, calendar)]
    return [
        _(
            "Nobody could be called just now. It stands in the clinic’s safety list, and whoever opens that next "
            "sees it. Do not wait for it: turn to a person now."
        )
    ]


def _first(told: Told, calendar: Calendar) -> str:
    if told.at is None:
        if told.on_call:
            return _("The psychologist on call is being told now.")
        return _("Nobody is on call just now. The clinic’s psychologists are being told.")
    when = {"when": calendar.clock(told.at)}
    if told.on_call:
        return _("The psychologist on call has been told, %(when)s.") % when
    return _("Nobody is on call just now. The clinic’s psychologists have been told, %(when)s.") % when


def _before(last: dt.datetime, calendar: Calendar) -> str:
    """Of words that came while a message about earlier ones was out already: it knew nothing of these."""
    words = _(
        "The last message to the people on call left %(when)s, before you wrote this. What you wrote now stands "
        "beside it in the clinic’s safety list."
    )
    return words % {"when": calendar.clock(last)}


def _next(stands: Progress, calendar: Calendar) -> list[str]:
    """What comes next while nobody has read it: only times that have not passed."""
    if stands.lead is not None or _is_past(stands.lead_due, calendar):
        return [
            _("Nobody has answered yet. More people are being told. Do not wait: turn to a person now."),
        ]
    if stands.second is not None or _is_past(stands.second_due, calendar):
        words = [_second(stands.second, calendar)] if stands.second else []
        if stands.lead_due:
            when = {"when": calendar.clock(stands.lead_due)}
            words.append(_("If nobody has answered by %(when)s, whoever leads the service is told.") % when)
        return words
    if stands.second_due is None:
        return []
    when = {"when": calendar.clock(stands.second_due)}
    return [_("If nobody has answered by %(when)s, a second person is told.") % when]


def _second(told: Told, calendar: Calendar) -> str:
    if told.at is None:
        return _("A second person is being told now.")
    return _("A second person has been told, %(when)s.") % {"when": calendar.clock(told.at)}


def _is_past(due: dt.datetime | None, calendar: Calendar) -> bool:
    return due is not None and due <= calendar.now

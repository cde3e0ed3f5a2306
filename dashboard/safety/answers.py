"""What is said beside an alert that an answer to a questionnaire opened."""

import datetime as dt

from django.utils.translation import gettext as _

from clinic import consent
from clinic.models.clinic import Clinic
from clinic.models.consent import Purpose, Source
from clinic.models.questionnaire import SafetyState
from clinic.models.safety import SafetyAlert
from clinic.questionnaires import corrections
from clinic.safety.asking import ALL_RIGHT, ASKED
from clinic.safety.detect import ITEM_9, ITEM_9_IMPORTED, ITEM_9_UNANSWERED
from dashboard.times import said


def prompt_of(alert: SafetyAlert) -> str:
    """What an answer to a questionnaire asks for. No level of danger is drawn from one answer (SR-11)."""
    if ITEM_9 in alert.rules:
        return _(
            "A positive screen on a questionnaire. It asks for a structured risk assessment by a person, today; the "
            "answer alone says nothing about how great the danger is."
        )
    if ITEM_9_UNANSWERED in alert.rules:
        return _("The form was sent without this answer. That is not the same as “not at all”: ask.")
    if ITEM_9_IMPORTED in alert.rules:
        return _("It stood in a record from elsewhere, of the date below. Nobody was called for it here.")
    if ASKED in alert.rules:
        return _(
            "They pressed “Ask a person”: they want somebody of the clinic to get in touch, and said no more."
        )
    if ALL_RIGHT in alert.rules:
        return _("They had asked for a person, and then pressed “I am all right now”. Ask them all the same.")
    return ""


def changed_of(alert: SafetyAlert, clinic: Clinic, *, at: dt.datetime) -> str:
    """That the form behind the alert was corrected, and to what where its source is shared. The alert stands."""
    form = corrections.latest_of(alert.submission) if ITEM_9 in alert.rules else None
    if form is None:
        return ""
    when = said(form.recorded_at, at=at, zone=clinic.zone)
    if not consent.agreed(alert.patient, source=Source(form.source), purpose=Purpose.SHARE):
        return _("The person corrected this form, %(when)s. The alert stands all the same.") % {"when": when}
    state = SafetyState(form.safety_state).label
    words = _(
        "The person corrected this form, %(when)s. The answer now: %(state)s. The alert stands all the same."
    )
    return words % {"when": when, "state": state}

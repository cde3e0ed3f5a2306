"""What a patient is shown when an answer calls for somebody: the clinic's fixed card, and what was passed on."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.safety import alerts
from clinic.safety.alerts import Notice, is_paged
from clinic.safety.detect import Detection
from clinic.safety.protocols import GENERAL, card_of
from dashboard.portal import danger
from dashboard.portal.parts import Danger

TOLD_AND_QUOTED: dict[bool, StrOrPromise] = {
    True: gettext_lazy("The clinic was told this answer:"),
    False: gettext_lazy("Your psychologist will see a note that this question was not answered:"),
}
TOLD: dict[bool, StrOrPromise] = {
    True: gettext_lazy("The clinic was told your answer to the question about harm, and no other answer."),
    False: gettext_lazy("Your psychologist will see a note that the question about harm was not answered."),
}
"""Whether an alert opened or a note, to what the patient is told about it."""


def in_answers(found: Detection, *, patient: Patient, submission: UUID, at: dt.datetime) -> Notice:
    """Open the alert for answers of a form that is not stored."""
    source = TextSource.QUESTIONNAIRE
    return alerts.notice_found(patient=patient, detection=found, submission=submission, source=source, at=at)


def of_notice(
    found: Notice, *, patient: Patient, at: dt.datetime, after: str = "", quoting: bool = True
) -> Danger | None:
    """What to show for an answer, or None; `after` says what became of the form."""
    if found.alert is None:
        return None
    paged = is_paged(found.alert) or patient.discharged_at is not None
    words = danger.quoted(found.alert) if quoting else ()
    told = TOLD_AND_QUOTED[paged] if words else TOLD[paged]
    card, follows = danger.of_alert(found.alert, patient=patient, at=at)
    return Danger(card, told, words, after, follows)


def of_detection(found: Detection, *, language: str, at: dt.datetime) -> Danger | None:
    """What to show for answers of which it is not known whose they are: nobody can be told."""
    if not found.level:
        return None
    told = gettext_lazy("Nobody was told, because this page cannot know whose answers these are.")
    return Danger(danger.card(card_of(found) or GENERAL, language=language, at=at), told, (), "")

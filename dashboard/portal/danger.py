"""What a patient is shown when words suggest danger: the clinic's fixed card, and honestly what was passed on."""

import datetime as dt

from django.utils.translation import gettext as _

from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.safety import SafetyAlert
from clinic.safety.alerts import Notice, is_paged
from clinic.safety.detect import Detection
from clinic.safety.help import HelpCard, card_for
from dashboard.portal.parts import Danger

GENERAL = "crisis"
"""The protocol of the card that stands under Get help, and of words whose own protocol is not known."""


def card(protocol: str, *, language: str, at: dt.datetime) -> HelpCard:
    """The clinic's help card of a protocol."""
    clinic = Clinic.objects.first()
    return card_for(
        protocol,
        country=clinic.country if clinic else "",
        language=language,
        demonstration=bool(clinic and clinic.is_demonstration),
        today=local_date(at=at, zone=clinic.zone if clinic else "UTC"),
    )


def of_notice(found: Notice, *, patient: Patient, after: str, at: dt.datetime) -> Danger | None:
    """What to show for what was noticed in a patient's words, or None; `after` says what became of the form."""
    if found.alert is None:
        return None
    told, words = _told(found.alert, found.detection)
    protocol = found.detection.card or GENERAL
    return Danger(card(protocol, language=patient.language, at=at), told, words, after)


def of_detection(detection: Detection, *, language: str, at: dt.datetime) -> Danger | None:
    """What to show for words of which it is not known whose they are: nobody can be told."""
    if not detection.level:
        return None
    told = _("Nobody was told, because this page cannot know whose words these are.")
    return Danger(card(detection.card or GENERAL, language=language, at=at), told, (), "")


def _told(alert: SafetyAlert, detection: Detection) -> tuple[str, tuple[str, ...]]:
    """To whom what was passed on, and the words themselves where they were."""
    if alert.words is None:
        return _told_without_words(alert), ()
    if is_paged(alert):
        return _("The clinic was told these words:"), detection.words
    return _("Your psychologist will see a note about these words:"), detection.words


def _told_without_words(alert: SafetyAlert) -> str:
    if is_paged(alert):
        return _("The clinic was told that you may be in danger. Your words were not passed on.")
    return _("Your psychologist will see a note that something you wrote may need care, without your words.")

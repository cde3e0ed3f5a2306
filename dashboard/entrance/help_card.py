"""The help card on pages that are open to everybody."""

from clinic import clock
from clinic.models.clinic import Clinic
from clinic.safety import protocols
from clinic.safety.detect import Detection
from clinic.safety.help import HelpCard, card_for


def card_of(protocol: str, *, language: str) -> HelpCard:
    """The card of a protocol, with the numbers of the clinic's country."""
    clinic = Clinic.objects.first()
    return card_for(
        protocol,
        country=clinic.country if clinic else "",
        language=language,
        demonstration=bool(clinic and clinic.is_demonstration),
        today=clock.now().date(),
    )


def of_detection(detection: Detection, *, language: str) -> HelpCard:
    """The card for what was noticed in words of which nobody can be told."""
    return card_of(protocols.card_of(detection) or protocols.GENERAL, language=language)

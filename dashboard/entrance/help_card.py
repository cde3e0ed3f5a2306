"""The help card on pages that are open to everybody."""

from clinic import clock
from clinic.models.clinic import Clinic
from clinic.safety.help import HelpCard, card_for

GENERAL = "crisis"
"""The card for words whose own protocol is not known."""


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

"""The clinic's numbers of the escalation, and their bounds."""

from dataclasses import asdict, dataclass

from clinic.models.clinic import (
    CONTACT_AT_LEAST,
    EMERGENCY_CONTACT_AT_MOST,
    EVERYBODY_AT_LEAST,
    EVERYBODY_AT_MOST,
    LEAD_AT_MOST,
    SECOND_AT_MOST,
    URGENT_CONTACT_AT_MOST,
)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The clinic's numbers."""

    second: int = 15
    lead: int = 30
    everybody: int = 60
    emergency_contact: int = 30
    urgent_contact: int = 240

    def bounded(self) -> "Minutes":
        """The same within the bounds: whatever stands in the database, nobody is told later than they allow."""
        least, most = asdict(LEAST), asdict(MOST)
        return Minutes(**{name: min(most[name], max(least[name], at)) for name, at in asdict(self).items()})

    @property
    def go_up(self) -> bool:
        """Whether no step comes before the one that it follows."""
        return self.second <= self.lead <= self.everybody and self.emergency_contact <= self.urgent_contact


LEAST = Minutes(0, 0, EVERYBODY_AT_LEAST, CONTACT_AT_LEAST, CONTACT_AT_LEAST)
MOST = Minutes(
    SECOND_AT_MOST, LEAD_AT_MOST, EVERYBODY_AT_MOST, EMERGENCY_CONTACT_AT_MOST, URGENT_CONTACT_AT_MOST
)

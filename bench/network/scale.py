"""How large the clinic network is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Counts of a network. Open drafts: half as many again as patients; every draft beyond them is decided."""

    psychologists: int = 500
    caseload: int = 200
    drafts_each: int = 10
    observations: int = 10_000_000
    rich_share: float = 0.05
    days: int = 180
    opened: int = 5

    @property
    def patients(self) -> int:
        """Everybody in care."""
        return self.psychologists * self.caseload

    @property
    def rich(self) -> int:
        """Patients with six signals on each of `days` days."""
        return int(self.patients * self.rich_share)

    @property
    def plain_days(self) -> int:
        """Days with a check-in of everybody else, so that the observations add up."""
        left = self.observations - self.rich * self.days * 6
        return max(20, left // max(self.patients - self.rich, 1))


def of_patients(patients: int) -> Scale:
    """A network like the full one with about this many patients."""
    psychologists = max(2, patients // 200)
    return Scale(psychologists=psychologists, observations=psychologists * 200 * 100)

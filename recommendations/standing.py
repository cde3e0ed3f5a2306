"""What one patient agreed to and whether AI is stopped, asked once for a whole page.

`Standing.ai_allowed` is the same question as `clinic.ai.ai_allowed`; a test compares the two in every combination.
"""

from dataclasses import dataclass

from django.db.models import Q

from clinic import consent
from clinic.consent import Choice
from clinic.models.ai_stop import AiStop
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.patient import Patient


@dataclass(frozen=True, slots=True)
class Standing:
    """The patient's switches, the stop of this patient's AI and the stop of all AI, where they stand.

    `grants` and `stops` are all that there ever were, for what a chart says happened.
    """

    choices: tuple[Choice, ...]
    stop: AiStop | None
    stop_of_all: AiStop | None
    grants: tuple[ConsentGrant, ...] = ()
    stops: tuple[AiStop, ...] = ()
    discharged: bool = False

    def agreed(self, purpose: Purpose, source: Source = Source.CHECK_IN) -> bool:
        """Whether the patient's consent to `purpose` for this source stands."""
        return any(each.given for each in self.choices if each.source == source and each.purpose == purpose)

    @property
    def shared_sources(self) -> tuple[Source, ...]:
        """The sources whose words and numbers staff may see."""
        return tuple(source for source in Source if self.agreed(Purpose.SHARE, source))

    @property
    def shared(self) -> bool:
        """Whether staff may see the check-ins."""
        return self.agreed(Purpose.SHARE)

    @property
    def stopped(self) -> bool:
        """Whether somebody switched AI off, for this patient or for everybody."""
        return self.stop is not None or self.stop_of_all is not None

    @property
    def ai_allowed(self) -> bool:
        """Whether AI output may be made or shown for this patient."""
        return self.shared and self.agreed(Purpose.AI_READINGS) and not self.stopped and not self.discharged


def of_patient(patient: Patient) -> Standing:
    """What stands for this patient now, and what stood before: two queries."""
    rows = AiStop.objects.filter(Q(patient=patient) | Q(patient=None)).order_by("stopped_at")
    stops = list(rows.select_related("stopped_by__staff", "restart_asked_by__staff"))
    found = [stop for stop in stops if stop.restarted_at is None]
    grants = consent.history(patient)
    return Standing(
        choices=tuple(consent.choices_of(grants)),
        stop=next((stop for stop in found if stop.patient_id is not None), None),
        stop_of_all=next((stop for stop in found if stop.patient_id is None), None),
        grants=tuple(grants),
        stops=tuple(stops),
        discharged=patient.discharged_at is not None,
    )

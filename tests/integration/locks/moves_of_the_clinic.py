"""Moves: AI stopped and started, screening, alerts, care that starts and ends."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from clinic import access, ai
from clinic.actor import SOFTWARE, Actor
from clinic.ai import RestartRefused
from clinic.models.care import CareKind
from clinic.models.risk import RiskLevel
from clinic.models.safety import AlertOutcome
from clinic.models.screening import ScreeningSource, ScreeningState
from clinic.safety import alerts, closing
from clinic.screening import CONDITIONS
from recommendations import permissions
from tests.integration.locks.machine import WHO, Machine
from tests.integration.locks.promise import mark

STATES = st.sampled_from([*ScreeningState, ScreeningState.ABSENT])


class ClinicsMoves(Machine):
    """What surrounds a draft, and may block, withdraw or void it at any moment."""

    def _somebody(self, number: int) -> Actor:
        return [*(person.psychologist for person in self.clinic.people), self.clinic.administrator][number]

    @precondition(lambda self: not self.stops)
    @rule(who=st.sampled_from([0, 1, None]), by=st.integers(0, 2))
    def stop_ai(self, who: int | None, by: int) -> None:
        """For one patient or for everybody; one person is enough."""
        patient = None if who is None else self.person(who).patient
        permissions.stop_ai(patient=patient, by=self._somebody(by), at=self.clinic.tick())

    @precondition(lambda self: self.stops)
    @rule(asking=st.integers(0, 2), confirming=st.integers(0, 2))
    def start_ai_again(self, asking: int, confirming: int) -> None:
        """Two people, or it stays stopped."""
        for stop in self.stops:
            ai.ask_restart(stop=stop, by=self._somebody(asking), at=self.clinic.tick())
            with suppress(RestartRefused):
                ai.confirm_restart(stop=stop, by=self._somebody(confirming), at=self.clinic.tick())

    @rule(who=WHO, condition=st.sampled_from(sorted(CONDITIONS)), state=STATES)
    def screen(self, who: int, condition: str, state: ScreeningState) -> None:
        """A fact that may block a draft which waits."""
        person = self.person(who)
        permissions.record_screening(
            patient=person.patient,
            answers={condition: state},
            source=ScreeningSource.INTERVIEW,
            by=person.psychologist,
            at=self.clinic.tick(),
        )

    @precondition(lambda self: self.alerts)
    @rule(by=st.integers(0, 1))
    def take_and_close_an_alert(self, by: int) -> None:
        """Whoever takes it becomes its owner; the closing note stays inside."""
        somebody = self._somebody(by)
        alert = self.alerts[-1]
        with suppress(alerts.AlertRefused):
            taken = alerts.take(alert=alert, by=somebody, at=self.clinic.tick())
            note = f"Called them and spoke for long {mark()}"
            closing.close(
                alert=taken,
                outcome=AlertOutcome.SPOKE,
                note=note,
                level=RiskLevel.HIGH,
                by=somebody,
                at=self.clinic.tick(),
            )

    @rule(who=WHO)
    def cover(self, who: int) -> None:
        """The other psychologist covers."""
        self._start_care(who, self.psychologists()[1 - who], CareKind.COVERING)

    @precondition(lambda self: self.without_care)
    @rule()
    def start_care_again(self) -> None:
        """The own psychologist comes back."""
        for who in self.without_care:
            self._start_care(who, self.psychologists()[who], CareKind.TREATING)

    def _start_care(self, who: int, by: Actor, kind: CareKind) -> None:
        assert by.user is not None
        access.start_care(
            patient=self.person(who).patient, user=by.user, kind=kind, by=SOFTWARE, at=self.clinic.tick()
        )

    @precondition(lambda self: not self.without_care)
    @rule(who=WHO)
    def end_care(self, who: int) -> None:
        """All care of one patient ends; what was signed stays."""
        patient = self.person(who).patient
        for care in access.relationships(at=self.clinic.at).filter(patient=patient):
            access.end_care(care=care, by=self.clinic.administrator, at=self.clinic.tick())

"""Moves: what patients, time and the software do."""

from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import rule

from clinic import intake
from clinic.actor import Actor
from clinic.models.consent import Purpose, Source
from clinic.models.user import Role
from recommendations import permissions, pipeline
from tests.integration.locks.clinic_in_use import DAY
from tests.integration.locks.machine import WHO, Machine
from tests.integration.locks.promise import mark


class PatientsMoves(Machine):
    """Check-ins with and without danger, consent given and withdrawn."""

    @rule(who=WHO, mood=st.integers(0, 10), danger=st.booleans())
    def check_in(self, who: int, mood: int, danger: bool) -> None:
        """A note of one's own, which may come back to oneself and to nobody else."""
        person, own = self.person(who), mark()
        note = f"{own} I want to kill myself" if danger else own
        entry = intake.NewCheckIn(uuid4(), mood, (), note, happened_at=self.clinic.tick())
        outcome = intake.record_check_in(
            patient=person.patient,
            entry=entry,
            by=Actor(person.patient.user, Role.PATIENT),
            at=entry.happened_at,
        )
        person.diary.add(own)
        assert (outcome.notice.alert is not None) == danger

    @rule(who=WHO, purpose=st.sampled_from(Purpose), given=st.sampled_from([True, True, False]))
    def consent(self, who: int, purpose: Purpose, given: bool) -> None:
        """Any consent, given or withdrawn."""
        person = self.person(who)
        act = permissions.give_consent if given else permissions.withdraw_consent
        act(
            patient=person.patient,
            source=Source.CHECK_IN,
            purpose=purpose,
            by=Actor(person.patient.user, Role.PATIENT),
            at=self.clinic.tick(),
        )


class PassingMoves(Machine):
    """Days pass, and the software reads."""

    @rule(days=st.integers(0, 6))
    def time_passes(self, days: int) -> None:
        """Plans end, readings grow old."""
        self.clinic.tick(days * DAY)

    @rule()
    def score(self) -> None:
        """The nightly run: new readings, perhaps new drafts."""
        pipeline.score([person.patient.pk for person in self.clinic.people], at=self.clinic.tick())
        self.touched = {0, 1}

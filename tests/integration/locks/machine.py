"""The state machine that holds the promise: its clinic, and the check after every move. The moves stand beside it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from clinic import access, ai
from clinic.access import NotAllowed
from clinic.actor import Actor
from clinic.ai import RestartRefused
from clinic.models.safety import SafetyAlert
from recommendations.review import ReviewRefused
from recommendations.situation import SituationChanged
from tests.integration.locks.clinic_in_use import ClinicInUse, Person, open_clinic
from tests.signing import Page, opened, signed

REFUSALS = (ReviewRefused, SituationChanged, NotAllowed)
WHO = st.integers(0, 1)


@dataclass(frozen=True)
class Shown:
    """A page as somebody read it: of which patient, and who read it."""

    who: int
    by: Actor
    page: Page


class Machine(RuleBasedStateMachine):
    """Two psychologists and two patients, made anew for each run.

    `pages` reads every page of the portal too. What stands between two moves is kept for their preconditions:
    `waiting` (drafts), `stops` (of AI), `alerts`, `without_care` (patients).
    """

    pages = False
    seen: ClassVar[Counter[str]] = Counter()
    """How often each thing came about in all runs together; a run in which nothing happened proves nothing."""

    @initialize()
    def a_clinic_in_which_there_is_something_to_leak(self) -> None:
        """Both patients have drafts that wait, and a signed text of each kind."""
        self.clinic: ClinicInUse = open_clinic(browsers=self.pages)
        self.read: list[Shown] = []
        self.touched = {0, 1}
        for who, person in enumerate(self.clinic.people):
            first, *others = person.open_drafts()
            assert others
            by, at = person.psychologist, self.clinic.tick()
            self.sign(Shown(who, by, opened(first, by, with_estimate=True, days=90, at=at)))
        self._look()

    def person(self, who: int) -> Person:
        """A patient whose answers are to be read again after this move."""
        self.touched.add(who)
        return self.clinic.people[who]

    @invariant()
    def the_promise_holds(self) -> None:
        """Nothing unsigned reaches either patient, and all that stands signed does."""
        for who, person in enumerate(self.clinic.people):
            with_pages = self.pages and who in self.touched
            self.seen["texts that could be read"] += person.check(pages=with_pages)
        self.touched.clear()
        self._look()

    def _look(self) -> None:
        people = list(enumerate(self.clinic.people))
        self.waiting = [(who, draft) for who, person in people for draft in person.open_drafts()]
        self.seen["drafts that waited"] += len(self.waiting)
        stops = [ai.standing_stop(None), *(ai.standing_stop(person.patient) for _who, person in people)]
        self.stops = [stop for stop in stops if stop]
        cared_for = set(access.relationships(at=self.clinic.at).values_list("patient", flat=True))
        self.without_care = [who for who, person in people if person.patient.pk not in cared_for]
        mine = SafetyAlert.objects.filter(patient__in=[person.patient for _who, person in people])
        self.alerts = list(mine.filter(closed_at=None).order_by("recorded_at"))

    def teardown(self) -> None:
        """AI stopped for everybody is started again, for those who come after."""
        stop = ai.standing_stop(None)
        if stop and hasattr(self, "clinic"):
            for by in (*self.psychologists(), self.clinic.administrator):
                ai.ask_restart(stop=stop, by=by, at=self.clinic.tick())
                with suppress(RestartRefused):
                    ai.confirm_restart(stop=stop, by=by, at=self.clinic.tick())

    def psychologists(self) -> list[Actor]:
        """Both, each patient's own at the patient's number."""
        return [person.psychologist for person in self.clinic.people]

    def sign(self, shown: Shown) -> None:
        """Sign what was read; a refusal leaves everything as it was."""
        person, verdict = self.person(shown.who), shown.page.verdict.value
        with self.allowing_refusal(verdict):
            person.signed(shown.page, signed(shown.page, shown.by, at=self.clinic.tick()))

    @contextmanager
    def allowing_refusal(self, what: str) -> Iterator[None]:
        """Counts whether an act was done or refused."""
        try:
            yield
        except REFUSALS as refusal:
            self.seen[f"{what}: {type(refusal).__name__}"] += 1
        else:
            self.seen[what] += 1


def drawn(data: Any, choices: list[Any]) -> Any:
    """One of these, chosen by Hypothesis."""
    return choices[data.draw(st.integers(0, len(choices) - 1))]

"""The parts of the page on which a patient says what they want to be known, each frozen."""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class OwnFact:
    """One thing that the patient wants to be known, when they wrote it, and the activity that it is marked with."""

    id: str
    words: str
    when: str
    mark: str


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What the patient wrote about one thing."""

    label: StrOrPromise
    facts: tuple[OwnFact, ...]

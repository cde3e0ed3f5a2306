"""What a fact of the profile may be marked as being about: an activity, and how it is with it for this person.

The mark is a public code in the clear; the words beside it stay sealed and no software reads them. A code stays for
good: recorded facts and the clinic's texts name it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

ACTIVITIES: dict[str, StrOrPromise] = {
    "walking": _("Walking"),
    "exercise": _("Exercise or sport"),
    "small_plans": _("Planning small activities"),
    "people": _("Being with people"),
    "kindness": _("Doing something kind for others"),
    "meditation": _("Meditation or sitting quietly"),
    "breathing": _("Slow breathing"),
    "relaxing": _("Relaxing the body"),
    "senses": _("Noticing what is around"),
    "thoughts": _("Writing down thoughts"),
    "problems": _("Solving a problem step by step"),
    "worry": _("A set time for worry"),
    "sleep_habits": _("Habits around sleep"),
    "bed_for_sleep": _("Using the bed only for sleep"),
    "bed_times": _("Fixed times in bed"),
}


class Verdict(StrEnum):
    """How it is with an activity for one person."""

    HELPED = "helped"
    LIKED = "liked"
    NO_HELP = "no-help"
    UNWANTED = "unwanted"
    IMPOSSIBLE = "impossible"


SAID_BY_STAFF: dict[Verdict, StrOrPromise] = {
    Verdict.HELPED: _("It has helped"),
    Verdict.LIKED: _("The person would like it"),
    Verdict.NO_HELP: _("It did not help"),
    Verdict.UNWANTED: _("The person does not want it"),
    Verdict.IMPOSSIBLE: _("It is not possible for the person now"),
}

SAID_OF_MYSELF: dict[Verdict, StrOrPromise] = {
    Verdict.HELPED: _("It helps me"),
    Verdict.LIKED: _("I would like it"),
    Verdict.NO_HELP: _("It does not help me"),
    Verdict.UNWANTED: _("I do not want it"),
    Verdict.IMPOSSIBLE: _("I cannot do it now"),
}

SYSTEM = "urn:countersign:"


@dataclass(frozen=True, slots=True)
class Mark:
    """One activity and how it is with it."""

    activity: str
    verdict: Verdict

    @property
    def code(self) -> str:
        """The mark as a fact stores it: "urn:countersign:helped|walking"."""
        return f"{SYSTEM}{self.verdict}|{self.activity}"


def mark_of(code: str) -> Mark | None:
    """The mark that a fact's code holds, or None where the code is another's or empty."""
    verdict, _bar, activity = code.removeprefix(SYSTEM).partition("|")
    known = code.startswith(SYSTEM) and activity in ACTIVITIES and verdict in list(Verdict)
    return Mark(activity, Verdict(verdict)) if known else None

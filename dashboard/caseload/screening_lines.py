"""What is known of each condition, in words: the state, where it comes from, who recorded it and when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
from clinic.crisis import REASONS
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState
from clinic.screening import Standing
from dashboard.safety.context import printed_name
from dashboard.times import said_date


@dataclass(frozen=True, slots=True)
class ScreeningLine:
    """One condition. `kind` is the tag's: amber for what is present. `quiet` is what asks for nobody's attention."""

    label: StrOrPromise
    state: StrOrPromise
    kind: str
    source: str
    quiet: bool


def lines_of(facts: Mapping[str, Standing], *, at: dt.datetime, zone: str) -> list[ScreeningLine]:
    """Every condition in the order of the form."""
    return [
        ScreeningLine(
            label=each.label,
            state=each.state.label,
            kind="warn" if each.state == ScreeningState.PRESENT else "",
            source=source_of(each, at=at, zone=zone),
            quiet=each.state == ScreeningState.ABSENT or (each.fact is None and not each.because),
        )
        for each in facts.values()
    ]


def source_of(known: Standing, *, at: dt.datetime, zone: str) -> str:
    """Where a fact comes from: "Asked in a session · Dr Maya Okonkwo, 18 November"; and why it does not hold now."""
    recorded = _recorded(known.fact, at=at, zone=zone)
    if not known.because:
        return recorded
    return _("%(why)s. Recorded: %(recorded)s") % {
        "why": REASONS[known.because],
        "recorded": recorded if known.fact is None else f"{known.fact.get_state_display()}, {recorded}",
    }


def _recorded(fact: ScreeningFact | None, *, at: dt.datetime, zone: str) -> str:
    if fact is None:
        return _("never recorded")
    today, day = local_date(at=at, zone=zone), local_date(at=fact.happened_at, zone=zone)
    return _("%(source)s · %(name)s, %(day)s") % {
        "source": ScreeningSource(fact.source).label,
        "name": printed_name(fact.recorded_by),
        "day": said_date(day, today=today),
    }

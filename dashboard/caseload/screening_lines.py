"""What is known of each condition, in words: the state, where it comes from, who recorded it and when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
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
            source=source_of(each.fact, at=at, zone=zone),
            quiet=each.state == ScreeningState.ABSENT or each.fact is None,
        )
        for each in facts.values()
    ]


def source_of(fact: ScreeningFact | None, *, at: dt.datetime, zone: str) -> str:
    """Where a fact comes from: "Asked in a session · Dr Maya Okonkwo, 18 November"."""
    if fact is None:
        return _("never recorded")
    today, day = local_date(at=at, zone=zone), local_date(at=fact.happened_at, zone=zone)
    return _("%(source)s · %(name)s, %(day)s") % {
        "source": ScreeningSource(fact.source).label,
        "name": printed_name(fact.recorded_by),
        "day": said_date(day, today=today),
    }

"""What the page of a trial shows."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.danger import DangerReplay
from clinic.models.safety import SafetyAlert
from clinic.safety.ledger import groups, releases, replay
from clinic.safety.ledger.categories import label
from clinic.safety.ledger.changes import Counts, of_facts
from clinic.safety.ledger.wilson import share
from dashboard.safety.context import printed_name
from dashboard.safety.ledger.missed import Measured, measured
from dashboard.safety.ledger.shown import in_steps, interval
from dashboard.times import said


@dataclass(frozen=True, slots=True)
class Part:
    """One way of trying: what it says in all, and by category."""

    title: str
    told: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Lost:
    """One alert that somebody acted on and that would have been lost."""

    alert: SafetyAlert
    when: str


@dataclass(frozen=True, slots=True)
class TrialPage:
    """A trial: what was tried, how far it is, what it says, and why it cannot be signed."""

    trial: DangerReplay
    asked: str
    concern: str
    urgent: str
    concern_now: str
    urgent_now: str
    progress: str
    parts: list[Part]
    lost: list[Lost]
    lost_told: str
    measured: Measured
    must_know: bool
    refusal: str


def trial_page(tried: DangerReplay, *, at: dt.datetime, zone: str) -> TrialPage:
    """A trial as it is read."""
    lost = [Lost(alert, said(alert.begun_at, at=at, zone=zone)) for alert in replay.lost(tried)]
    parts = [_part(_("From stored scores"), tried.result["stored"])]
    if "read" in tried.result and tried.finished_at is not None:
        parts.append(_part(_("Past notes read again"), tried.result["read"], _skipped(tried)))
    return TrialPage(
        trial=tried,
        asked=_("Asked for by {name}, {when}").format(
            name=printed_name(tried.asked_by), when=said(tried.asked_at, at=at, zone=zone)
        ),
        concern=f"{tried.thresholds['concern']:.2f}",
        urgent=f"{tried.thresholds['urgent']:.2f}",
        concern_now=f"{tried.compared_with['concern']:.2f}",
        urgent_now=f"{tried.compared_with['urgent']:.2f}",
        progress=_progress(tried),
        parts=parts,
        lost=lost,
        lost_told=_lost(len(lost)) if lost else "",
        measured=measured(tried.result.get("measured") or {}),
        must_know=bool(lost) or releases.notices_less(tried),
        refusal=releases.reasons_against(tried, at=at),
    )


def _progress(tried: DangerReplay) -> str:
    if tried.finished_at is not None:
        return ""
    return _("The notes of {done} of {total} people have been read.").format(
        done=tried.done, total=tried.total
    )


def _part(title: str, stored: Mapping[str, Any], more: str = "") -> Part:
    effect = of_facts(stored)
    told = {name: counts for name, counts in effect.by_category.items() if _are_many(counts, "texts")}
    rows = [_row(_("All"), lambda name: str(getattr(effect.all, name)))]
    rows += [_row(label(name), partial(_in_steps, counts)) for name, counts in told.items()]
    hidden = _hidden() if len(told) < len(effect.by_category) else ""
    return Part(title, " ".join(filter(None, [_told(effect.all), more, hidden])), rows)


def _are_many(counts: Counts, name: str) -> bool:
    return counts.people.get(name, 0) > groups.SMALL


def _in_steps(counts: Counts, name: str) -> str:
    """A count of a category, in steps: from no difference of two trials can a few people be counted."""
    if _are_many(counts, name):
        return in_steps(getattr(counts, name))
    return _("up to {few} people").format(few=groups.SMALL)


def _hidden() -> str:
    return _("Categories in which up to {few} people stand are left out.").format(few=groups.SMALL)


def _told(counts: Counts) -> str:
    if not counts.texts:
        return _("Nothing was read, so this says nothing.")
    changed = share(counts.higher + counts.lower, counts.texts)
    words = ngettext(
        "Of %(texts)d text %(changed)d would have had another level (95%% interval %(interval)s).",
        "Of %(texts)d texts %(changed)d would have had another level (95%% interval %(interval)s).",
        counts.texts,
    )
    return words % {"texts": counts.texts, "changed": changed.hits, "interval": interval(changed)}


def _row(name: str, said: Callable[[str], str]) -> list[str]:
    return [
        name,
        said("texts"),
        f"{said('card_before')} → {said('card_after')}",
        f"{said('alert_before')} → {said('alert_after')}",
        said("higher"),
        said("lower"),
    ]


def _skipped(tried: DangerReplay) -> str:
    count = tried.result["skipped"]["not_agreed"]
    if not count:
        return ""
    if groups.is_small(count):
        few = _(
            "Up to {few} people did not agree that notes are shared and used for AI readings; theirs were not read."
        )
        return few.format(few=groups.SMALL)
    words = ngettext(
        "%(count)d person did not agree that notes are shared and used for AI readings; theirs were not read.",
        "%(count)d people did not agree that notes are shared and used for AI readings; theirs were not read.",
        count,
    )
    return words % {"count": count}


def _lost(count: int) -> str:
    words = ngettext(
        "%(count)d alert on which somebody acted would have been lost",
        "%(count)d alerts on which somebody acted would have been lost",
        count,
    )
    return words % {"count": count}

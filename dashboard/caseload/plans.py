"""What was signed for a patient, as staff see it: before it can be read, while it can, and after it was stopped."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
from clinic.models.handover import HandedPlan
from dashboard.safety.context import printed_name
from dashboard.times import said, said_date
from recommendations.publications import Released

AUTHORED, AMENDED = "authored", "amended"
PLAN_ITEM, MOOD_ESTIMATE = "plan_item", "mood_estimate"
KINDS: dict[str, StrOrPromise] = {
    PLAN_ITEM: gettext_lazy("Plan item"),
    MOOD_ESTIMATE: gettext_lazy("Mood estimate"),
}
_THE: dict[str, StrOrPromise] = {
    PLAN_ITEM: gettext_lazy("the plan item"),
    MOOD_ESTIMATE: gettext_lazy("the mood estimate"),
}
REPORTED = "stop_rule"
IN_PLACE = ("held", "standing")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One publication. `state` is "held", "standing", "ended" or "stopped"."""

    publication_id: UUID
    kind: StrOrPromise
    title: str
    words: str
    dose: str
    stop_rule: str
    fits: bool
    signed: str
    state: str
    when: str
    with_it: tuple[str, ...]
    """What one signature released beside this: taken back together, and said so."""


def lines_of(released: Sequence[Released], *, at: dt.datetime, zone: str) -> list[PlanLine]:
    """Every publication in words, newest first."""
    return [_line(each, released, at=at, zone=zone) for each in released]


def steps_in_place(released: Sequence[Released], *, at: dt.datetime, zone: str) -> tuple[PlanLine, ...]:
    """The plan items that the patient can read now, or will when the time for taking back is over; newest first."""
    steps = [each for each in released if each.kind == PLAN_ITEM and _state(each, at=at) in IN_PLACE]
    return tuple(lines_of(steps, at=at, zone=zone))


def to_confirm(
    waiting: Sequence[tuple[HandedPlan, Released]], *, at: dt.datetime, zone: str
) -> list[tuple[UUID, PlanLine]]:
    """What a colleague signed and the new psychologist has not confirmed, each with the id of its line."""
    return [(handed.pk, _line(each, (), at=at, zone=zone)) for handed, each in waiting]


def is_taken_back(each: Released) -> bool:
    """Whether it was taken back in the first minutes: it never reached the patient."""
    return each.stop is not None and each.stop.reason == "taken_back"


def _line(each: Released, all_of_them: Sequence[Released], *, at: dt.datetime, zone: str) -> PlanLine:
    state = _state(each, at=at)
    return PlanLine(
        publication_id=each.publication_id,
        kind=KINDS[PLAN_ITEM if each.kind == PLAN_ITEM else MOOD_ESTIMATE],
        title=each.title or str(KINDS[MOOD_ESTIMATE]),
        words=each.words,
        dose=each.dose,
        stop_rule=each.stop_rule,
        fits=each.fits,
        signed=_signed(each, at=at, zone=zone),
        state=state,
        when=_when(each, state, at=at, zone=zone),
        with_it=tuple(
            other.title or str(KINDS[MOOD_ESTIMATE])
            for other in all_of_them
            if other.review_id == each.review_id and other is not each and other.stop is None
        ),
    )


def kinds_in_words(kinds: Sequence[str]) -> str:
    """What one signature covers: "the plan item and the mood estimate"."""
    return _(" and ").join(str(_THE[kind]) for kind in kinds)


def _state(each: Released, *, at: dt.datetime) -> str:
    if each.stop is not None:
        return "stopped"
    if each.visible_from > at:
        return "held"
    return "ended" if each.valid_until is not None and each.valid_until <= at else "standing"


def _signed(each: Released, *, at: dt.datetime, zone: str) -> str:
    """Who signed and what the AI had to do with it."""
    if each.kind != PLAN_ITEM:
        how = _("AI estimate, as it was made")
    elif each.verdict == AUTHORED:
        how = _("written without AI")
    else:
        how = _("AI draft, changed") if each.verdict == AMENDED else _("AI draft, unchanged")
    words = _("Signed by %(name)s, %(when)s · %(how)s")
    return words % {"name": each.printed_name, "when": said(each.signed_at, at=at, zone=zone), "how": how}


def _when(each: Released, state: str, *, at: dt.datetime, zone: str) -> str:
    today = local_date(at=at, zone=zone)
    if each.stop is not None:
        stopped = said(each.stop.stopped_at, at=at, zone=zone)
        reason, name = each.stop.get_reason_display(), printed_name(each.stop.stopped_by)
        if each.stop.reason == REPORTED:
            return _("%(reason)s · %(when)s") % {"reason": reason, "when": stopped}
        return _("%(reason)s · %(name)s, %(when)s") % {"reason": reason, "name": name, "when": stopped}
    if state == "held":
        visible = said(each.visible_from, at=at, zone=zone)
        return _("Held: the patient sees it from %(when)s") % {"when": visible}
    if each.valid_until is None:
        return _("The patient can read it")
    until = said_date(local_date(at=each.valid_until, zone=zone), today=today)
    words = _("Ended on %(day)s") if state == "ended" else _("The patient can read it until %(day)s")
    return words % {"day": until}

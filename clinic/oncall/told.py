"""Who was told of a patient's words by a page, and when: from the pages of their alert and of the one that runs its
clock."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clinic.models.page import Outcome, Page, PageAttempt, Sought, Step
from clinic.oncall.escalation import Case

ON_CALL = (Sought.FIRST, Sought.SECOND, Sought.DUTY_LEAD)
STEPS = (Step.FIRST, Step.SECOND, Step.DUTY_LEAD)
OPENING = (Step.FIRST, Step.LEFT)
"""The first step of an alert, and of one that was answered and went back."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the escalation. `at` is when a message about it left, None while it is on its way.

    `on_call` is False where nobody was on call and others were sought.
    """

    at: dt.datetime | None
    on_call: bool


@dataclass(frozen=True, slots=True)
class Tellings:
    """Who was told of some words. `before`: when the newest message left that is older than the words.

    `two_at_once`: the second was paged with the first, as in an emergency.
    """

    first: Told | None
    second: Told | None
    lead: Told | None
    before: dt.datetime | None
    two_at_once: bool


def told_of(alert: Case, clock: Case) -> Tellings:
    """What the pages of an alert and of its clock have told since its words were written, or since it waits anew: two
    queries."""
    cases = {alert.alert: alert, clock.alert: clock}
    among = Page.objects.filter(alert__in=set(cases), step__in={*STEPS, *OPENING})
    found = among.exclude(position=Sought.CLINIC)
    pages = [page for page in found if page.alert_id and _counts(page, cases[page.alert_id])]
    left = _left(pages)
    earlier = {
        page.pk
        for page in pages
        if page.alert_id != alert.alert and page.pk in left and left[page.pk] < alert.since
    }
    later = [page for page in pages if page.pk not in earlier]
    at_once = _positions(page for page in pages if page.step in OPENING)[1:]

    def told(*steps: Step) -> list[Page]:
        return [page for page in later if page.step in steps]

    opening = told(*OPENING)
    beside = [page for page in opening if page.position in at_once]
    return Tellings(
        first=_told([page for page in opening if page not in beside], left),
        second=_told([*beside, *told(Step.SECOND)], left),
        lead=_told(told(Step.DUTY_LEAD), left),
        before=max((left[pk] for pk in earlier), default=None),
        two_at_once=bool(at_once),
    )


def _counts(page: Page, case: Case) -> bool:
    """Whether a page tells of these words as they wait now: of what waits anew only those since then do."""
    return page.due_at >= case.waits_since if case.turn else page.step in STEPS


def _left(pages: Iterable[Page]) -> dict[UUID, dt.datetime]:
    """When each of these pages was first sent."""
    sent = PageAttempt.objects.filter(page__in=list(pages), outcome=Outcome.SENT).order_by("-happened_at")
    return dict(sent.values_list("page_id", "happened_at"))


def _positions(pages: Iterable[Page]) -> list[Sought]:
    """In which positions on call somebody was sought, first first."""
    found = {page.position for page in pages}
    return [position for position in ON_CALL if position in found]


def _told(pages: list[Page], left: dict[UUID, dt.datetime]) -> Told | None:
    """Those on call alone, where some of them are: whoever has other alerts of the person is paged beside them."""
    if not pages:
        return None
    on_call = [page for page in pages if page.position in ON_CALL]
    times = [left[page.pk] for page in on_call or pages if page.pk in left]
    return Told(min(times, default=None), bool(on_call))

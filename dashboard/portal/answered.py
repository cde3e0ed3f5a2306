"""What a patient reads of an alert that somebody has: who has taken and read it, what they did, how it ended."""

from django.utils.translation import gettext as _

from clinic.models.alert_act import ActKind
from clinic.oncall.progress import Contact, Progress
from dashboard.portal.letters import name_of
from dashboard.portal.when import Calendar


def of_one_that_somebody_has(stands: Progress, calendar: Calendar) -> list[str]:
    """Its sentences. "Has read it" is said of nobody who has not opened it."""
    words = [*_who_has_it(stands, calendar), *what_was_done(stands, calendar)]
    if stands.closed_at is not None:
        after = _(
            "The clinic has looked after this, %(when)s. If it comes back or gets harder, write again at any time."
        )
        words.append(after % {"when": calendar.clock(stands.closed_at)})
    return words


def what_was_done(stands: Progress, calendar: Calendar) -> list[str]:
    """Each contact, also where nobody has it any more: what somebody did stays said."""
    return [_contact(each, stands, calendar) for each in stands.contacts]


def _who_has_it(stands: Progress, calendar: Calendar) -> list[str]:
    assert stands.owner is not None  # noqa: S101  asked by the caller
    assert stands.taken_at is not None  # noqa: S101  the same
    words = []
    if stands.reader is not None and stands.read_at is not None:
        facts = {"name": name_of(stands.reader), "when": calendar.clock(stands.read_at)}
        words.append(_("%(name)s has read it, %(when)s.") % facts)
    if stands.reader == stands.owner:
        return words
    when = calendar.clock(stands.taken_at)
    if stands.giver is not None:
        names = {"giver": name_of(stands.giver), "name": name_of(stands.owner), "when": when}
        return [*words, _("%(giver)s has passed it on to %(name)s, %(when)s.") % names]
    return [*words, _("%(name)s has taken it on, %(when)s.") % {"name": name_of(stands.owner), "when": when}]


def _contact(done: Contact, stands: Progress, calendar: Calendar) -> str:
    """One thing that was done. A time of the next attempt is said only while it lies ahead."""
    facts = {"name": name_of(done.by), "when": calendar.clock(done.at)}
    match done.kind:
        case ActKind.SPOKE:
            return _("%(name)s spoke with you, %(when)s.") % facts
        case ActKind.TO_CRISIS_TEAM:
            passed = _(
                "%(name)s has passed it on to the crisis team, %(when)s. When they ring is not known here."
            )
            return passed % facts
        case _:
            return _tried(done, facts, calendar, is_open=stands.closed_at is None)


def _tried(done: Contact, facts: dict[str, str], calendar: Calendar, *, is_open: bool) -> str:
    if done.again_at is None or not is_open:
        return _("They tried to reach you, %(when)s.") % facts
    if done.again_at <= calendar.now:
        return _("They tried to reach you, %(when)s, and will try again.") % facts
    again = {**facts, "again": calendar.clock(done.again_at)}
    return _("They tried to reach you, %(when)s, and mean to try again at about %(again)s.") % again

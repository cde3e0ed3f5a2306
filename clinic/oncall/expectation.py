"""When a person will look at an alert that opens now: what pages may promise, and nothing more than that."""

import datetime as dt
from dataclasses import dataclass

from clinic.oncall import paging, rota, rows
from clinic.oncall.escalation import CEILING


@dataclass(frozen=True, slots=True)
class Expectation:
    """What happens with an alert that opens at this moment.

    `who_is_on_call`: printed names, first first; empty where nobody is on call. `is_staffed`: somebody on call can be
    paged at once. Until `first_by` it is theirs alone; then the second is paged, and at `then_by` the duty lead.
    `latest`: by then everybody who can act has been paged again and again. No time says when somebody rings.
    `reaches_anybody`: at least one psychologist has an address; where False nobody is paged, and the list is looked at.
    """

    who_is_on_call: tuple[str, ...]
    first_by: dt.datetime
    then_by: dt.datetime
    latest: dt.datetime
    is_staffed: bool
    reaches_anybody: bool


def expected(*, at: dt.datetime) -> Expectation:
    """What may be said at `at`. Six queries."""
    read, minutes = rows.read(at=at), paging.minutes_of_the_clinic()
    reachable = rows.reachable(read, rows.channels())
    duties = rota.on_call(read, at=at)
    names = rows.names(duty.user for duty in duties)
    return Expectation(
        who_is_on_call=tuple(dict.fromkeys(names[duty.user] for duty in duties if duty.user in names)),
        first_by=at + dt.timedelta(minutes=minutes.second),
        then_by=at + dt.timedelta(minutes=minutes.lead),
        latest=at + CEILING,
        is_staffed=bool(rota.on_call(reachable, at=at)),
        reaches_anybody=bool(reachable.able),
    )

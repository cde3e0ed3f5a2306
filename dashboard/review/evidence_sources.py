"""Where each piece of evidence comes from, and of which day or nights."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.observation import Signal
from dashboard.caseload.reading import as_of
from dashboard.times import said_date
from recommendations.evidence import Piece, Side
from recommendations.models.suggestion import Suggestion
from recommendations.releases import SUGGEST_PARAMETERS


def source_of(draft: Suggestion, piece: Piece, *, today: dt.date) -> str:
    """Where a piece comes from, and up to which day it goes."""
    if piece.side is Side.UNSEEN:
        return _("not in the model")
    if "form" in piece.figures:
        words = _("%(form)s, filled in %(day)s")
        name, day = Signal(str(piece.figures["form"])).label, _said_on(piece.figures["day"], today)
        return words % {"form": name, "day": day}
    if "fact" in piece.figures:
        return _("Profile, %(day)s") % {"day": _said_on(piece.figures["day"], today)}
    if piece.key == "sleep":
        return _nights(draft, piece, today=today)
    return _("Check-ins, %(as_of)s") % {"as_of": as_of(draft.reading, today=today)}


def _nights(draft: Suggestion, piece: Piece, *, today: dt.date) -> str:
    """Which nights of a device: those of the week up to the day of the reading."""
    last = draft.reading.as_of
    first = last - dt.timedelta(days=SUGGEST_PARAMETERS["sleep_shorter_than_usual"]["recent_days"] - 1)
    words = ngettext(
        "Device, %(count)d night from %(first)s to %(last)s",
        "Device, %(count)d nights from %(first)s to %(last)s",
        int(piece.figures["nights"]),
    )
    days = {"first": said_date(first, today=today), "last": said_date(last, today=today)}
    return words % (days | {"count": int(piece.figures["nights"])})


def _said_on(day: float | str, today: dt.date) -> str:
    return said_date(dt.date.fromisoformat(str(day)), today=today)

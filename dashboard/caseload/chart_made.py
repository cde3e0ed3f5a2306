"""How the forecast was made, in words that promise no more than what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from recommendations.forecasts import MEASURED, RELEASE, DayAhead
from recommendations.signal_wording import number


@dataclass(frozen=True, slots=True)
class Made:
    """One line of "How this was made"."""

    term: str
    words: str


def forecast_made(ahead: Sequence[DayAhead]) -> tuple[Made, ...]:
    """What made the forecast, what it says of its last day, and how often it was right."""
    end = ahead[-1]
    says = _(
        "a check-in in seven days lies between %(low)s and %(high)s 8 times in 10, between %(lowest)s and %(highest)s "
        "9 times in 10"
    )
    figures = {
        "low": number(round(end.low, 1)),
        "high": number(round(end.high, 1)),
        "lowest": number(round(end.lowest, 1)),
        "highest": number(round(end.highest, 1)),
    }
    right = _(
        "on people of other studies, %(eight)d of 100 days lay in its 8-in-10 range and %(nine)d in the wider one; its "
        "middle was only 3 to 7%% nearer than the plain mean of 14 days"
    )
    return (
        Made(_("Forecast by"), _("%(release)s, from check-ins of the last 8 weeks") % {"release": RELEASE}),
        Made(_("It says"), says % figures),
        Made(_("How often right"), right % MEASURED),
        Made(_("Kept"), _("nowhere: it is computed when a clinician opens this page")),
    )

"""How long a draft has waited: briefly in a list, at length in a sentence. Nobody needs the minutes of a day."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def briefly(span: dt.timedelta) -> str:
    """For a list: "26 min", "9 h", "2 d 3 h"."""
    seconds = max(int(span.total_seconds()), 0)
    if seconds < HOUR:
        return _("%(minutes)d min") % {"minutes": seconds // MINUTE}
    if seconds < DAY:
        return _("%(hours)d h") % {"hours": seconds // HOUR}
    return _("%(days)d d %(hours)d h") % {"days": seconds // DAY, "hours": seconds % DAY // HOUR}


def at_length(span: dt.timedelta) -> str:
    """For a sentence: "26 minutes", "9 hours", "2 days 3 hours"."""
    seconds = max(int(span.total_seconds()), 0)
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = seconds % DAY // HOUR
    in_hours = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    if seconds < DAY:
        return in_hours
    days = seconds // DAY
    in_days = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return f"{in_days} {in_hours}" if hours else in_days

"""The mood estimate as it would be signed: every figure that the patient would see, read from the body itself."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboard.times import said_date
from recommendations.review.sign import Prepared
from recommendations.signal_wording import number


@dataclass(frozen=True, slots=True)
class EstimateShown:
    """The sentence in the patient's words, the day up to which it goes, its table, and the fingerprint of it all."""

    sentence: str
    as_of: str
    usual: str
    columns: list[dict[str, str]]
    rows: list[list[str]]
    fingerprint: str


def estimate_shown(prepared: Prepared, *, today: dt.date) -> EstimateShown:
    """What the signature under the estimate would cover."""
    body = prepared.body
    low, high = body["usual"]
    heads = [_("Day"), _("Estimate"), _("Likely from"), _("Likely to")]
    return EstimateShown(
        sentence=body["sentence"],
        as_of=said_date(dt.date.fromisoformat(body["as_of"]), today=today),
        usual=_("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
        if low is not None
        else "",
        columns=[{"label": head} for head in heads],
        rows=[
            [said_date(dt.date.fromisoformat(day), today=today), *(number(figure) for figure in figures)]
            for day, *figures in reversed(body["days"])
        ],
        fingerprint=prepared.fingerprint,
    )

"""Sentences about facts of the profile as evidence: which activity, how it is with it, whose word, and of which day."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.activities import ACTIVITIES, Verdict
from clinic.models.profile import Origin
from recommendations import catalogue

VERDICTS: dict[Verdict, StrOrPromise] = {
    Verdict.HELPED: gettext_lazy("has helped before"),
    Verdict.LIKED: gettext_lazy("is something the person would like"),
    Verdict.NO_HELP: gettext_lazy("did not help"),
    Verdict.UNWANTED: gettext_lazy("is not wanted"),
    Verdict.IMPOSSIBLE: gettext_lazy("is not possible for the person now"),
}


def known(figures: Mapping[str, Any]) -> str:
    """What a fact says in favour of the step: "Walking has helped before (said by the person, 3 October)."."""
    return _("%(activity)s %(verdict)s (%(source)s).") % _said(figures)


def left_out(figures: Mapping[str, Any]) -> str:
    """Which step of the same rule was not drafted, and the fact that kept it from being drafted."""
    words = _("“%(step)s” is left out: %(activity)s %(verdict)s (%(source)s).")
    said = _said(figures)
    said["activity"] = said["activity"][:1].lower() + said["activity"][1:]
    return words % (said | {"step": catalogue.name_of(figures["step"])})


def source(figures: Mapping[str, Any]) -> str:
    """Whose word it is and of which day."""
    day = date_format(dt.date.fromisoformat(figures["day"]), "j F Y", use_l10n=False)
    own = figures["origin"] == Origin.PATIENT
    words = _("said by the person, %(day)s") if own else _("recorded by staff, %(day)s")
    return words % {"day": day}


def _said(figures: Mapping[str, Any]) -> dict[str, str]:
    return {
        "activity": str(ACTIVITIES[figures["activity"]]),
        "verdict": str(VERDICTS[Verdict(figures["verdict"])]),
        "source": source(figures),
    }

"""Sentences about questionnaires and sleep as evidence: source, figure and day of each."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models.observation import Signal


def number(value: float | None, digits: int = 1) -> str:
    """A figure in the reader's language; a dash where it is not known. Whole numbers have no decimals."""
    if value is None:
        return "–"
    return number_format(value, 0 if float(value).is_integer() else digits)


def form(figures: Mapping[str, Any]) -> str:
    """A questionnaire's total with its day, and the one that it is compared with where there is one."""
    said = {
        "form": Signal(figures["form"]).label,
        "total": number(figures["total"]),
        "day": _day(figures["day"]),
    }
    if "before" not in figures:
        told = _("%(form)s of %(day)s: total %(total)s; none before it to compare with.") % said
    else:
        words = _("%(form)s of %(day)s: total %(total)s; %(before)s on %(before_day)s.")
        told = words % (
            said | {"before": number(figures["before"]), "before_day": _day(figures["before_day"])}
        )
    return f"{told} {age}" if (age := _age(figures)) else told


def _age(figures: Mapping[str, Any]) -> str:
    """How old a form was when it was read; "" on that day, and in drafts from before it was counted."""
    days = int(figures.get("age") or 0)
    words = ngettext(
        "It was %(days)d day old when this was drafted.",
        "It was %(days)d days old when this was drafted.",
        days,
    )
    return words % {"days": days} if days else ""


def sleep(figures: Mapping[str, Any]) -> str:
    """Mean hours of sleep in the last week against the four weeks before it."""
    words = ngettext(
        "Sleep by a device: %(recent)s hours over the last %(nights)d night; usual %(usual)s.",
        "Sleep by a device: %(recent)s hours over the last %(nights)d nights; usual %(usual)s.",
        figures["nights"],
    )
    return words % {
        "recent": number(figures["recent"]),
        "usual": number(figures["usual"]),
        "nights": figures["nights"],
    }


def _day(iso: str) -> str:
    return date_format(dt.date.fromisoformat(iso), "j F", use_l10n=False)

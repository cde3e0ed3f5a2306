"""What is said about one form: its total with its band, what is missing, its language, which way is better."""

import datetime as dt

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from clinic.clock import local_date, zone_of
from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.definition import Definition
from clinic.questionnaires.scoring import band_of
from dashboard.times import place, said, said_date


def better_words(definition: Definition) -> str:
    """Which way is better, in words."""
    return _("Higher is better") if definition.higher_is_better else _("Lower is better")


def total_words(row: QuestionnaireResponse) -> str:
    """The total with its band: "12, moderate"."""
    if row.total is None:
        return _("No total")
    band = band_of(of_row(row.instrument), row.total)
    return f"{row.total:g}, {band.name}" if band else f"{row.total:g}"


def missing_words(row: QuestionnaireResponse) -> str:
    """How many answers are missing, and what that means for the total."""
    if not row.missing:
        return ""
    words = ngettext("%(count)d answer missing", "%(count)d answers missing", row.missing)
    said = words % {"count": row.missing}
    return said if row.total is None else _("%(missing)s, put at the mean of the others") % {"missing": said}


def language_words(row: QuestionnaireResponse) -> str:
    """The language of the form, and whether it is validated in it."""
    if row.language == "und":
        return _("language not known, not validated")
    try:
        name = str(get_language_info(row.language)["name_translated"])
    except KeyError:
        name = row.language
    if row.validated:
        words = _("%(language)s, validated")
    elif row.language in of_row(row.instrument).validated_languages:
        words = _("%(language)s, not this person’s language: not counted as validated")
    else:
        words = _("%(language)s, not validated")
    return words % {"language": name}


def day_there(row: QuestionnaireResponse, here: str) -> str:
    """Whose clock the day of a form is by, where it is another day by the clinic's: "by the clock of Tashkent"."""
    if not here or local_date(at=row.happened_at, zone=here) == row.local_date:
        return ""
    return _("by the clock of %(place)s") % {"place": place(row.zone)}


def moment_words(row: QuestionnaireResponse, *, at: dt.datetime, here: str) -> str:
    """When a form was filled in by the clinic's clock, and by the person's where theirs showed something else."""
    words = said(row.happened_at, at=at, zone=here)
    there = row.happened_at.astimezone(zone_of(row.zone))
    if there.utcoffset() == row.happened_at.astimezone(zone_of(here)).utcoffset():
        return words
    facts = {
        "words": words,
        "here": place(here),
        "day": said_date(there.date(), today=local_date(at=at, zone=here)),
        "time": f"{there:%H:%M}",
        "there": place(row.zone),
    }
    return _("%(words)s in %(here)s (%(day)s, %(time)s in %(there)s)") % facts

"""What is said about one form: its total with its band, what is missing, its language, which way is better."""

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from clinic.models.questionnaire import QuestionnaireResponse
from clinic.questionnaires.catalogue import of_row
from clinic.questionnaires.definition import Definition
from clinic.questionnaires.scoring import band_of


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
    try:
        name = str(get_language_info(row.language)["name_translated"])
    except KeyError:
        name = row.language
    words = _("%(language)s, validated") if row.validated else _("%(language)s, not validated")
    return words % {"language": name}

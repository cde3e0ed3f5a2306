"""What the categories of danger are called on the screens of staff, and in which order they stand."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

CATEGORIES: dict[str, StrOrPromise] = {
    "medical_emergency": _("Medical emergency"),
    "overdose": _("Overdose"),
    "suicidal_intent": _("Suicide: intent"),
    "suicidal_plan": _("Suicide: plan"),
    "suicidal_means": _("Suicide: means"),
    "command_voices": _("Voices that command"),
    "abuse_child": _("A child in danger"),
    "perinatal": _("Around birth"),
    "harm_to_others": _("Harm to others"),
    "suicidal_active": _("Suicide: active wish"),
    "suicidal_passive": _("Suicide: passive wish"),
    "self_injury": _("Self-injury"),
    "abuse_partner": _("Abuse by a partner"),
    "abuse_elder": _("Abuse of an older person"),
    "withdrawal": _("Withdrawal"),
    "psychosis": _("Psychosis"),
    "mania": _("Mania"),
    "eating_disorder": _("Eating disorder"),
    "minor": _("A minor"),
    "someone_else": _("Somebody else in danger"),
    "intoxication": _("Intoxication"),
    "unsafe": _("Feeling unsafe"),
    "distress": _("Distress"),
    "reported_effect": _("Reported about a step"),
    "asked_for_person": _("Asked for a person"),
}


def ordered(categories: Iterable[str]) -> list[str]:
    """As above, the gravest first; what has no words yet stands last, by its code."""
    places = {name: place for place, name in enumerate(CATEGORIES)}
    return sorted(categories, key=lambda name: (places.get(name, len(places)), name))


def label(category: str) -> str:
    """The words for a category; one that has none yet is shown by its code."""
    known = CATEGORIES.get(category)
    return (
        str(known)
        if known
        else category.replace("_", " ").capitalize()
        if category
        else str(_("No category"))
    )

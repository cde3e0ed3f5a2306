"""What differs between two versions of a text, for whoever is to sign the newer one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from clinic.activities import ACTIVITIES
from clinic.screening import CONDITIONS
from dashboard.review.diff import DiffPart, diff
from recommendations.catalogue import LEVELS, CatalogueEntry
from recommendations.catalogue.activities import activities_of

PARTS: dict[str, StrOrPromise] = {
    "title": gettext_lazy("Title"),
    "words": gettext_lazy("What to do"),
    "dose": gettext_lazy("How often, how long"),
    "stop_rule": gettext_lazy("When to stop"),
    "signs": gettext_lazy("Stop signs"),
    "rules": gettext_lazy("Rules"),
    "activities": gettext_lazy("Activities"),
    "caution": gettext_lazy("Caution"),
    "outcome": gettext_lazy("How one sees that it helps"),
    "sources": gettext_lazy("Sources"),
}


@dataclass(frozen=True, slots=True)
class TextChange:
    """One part of the text that differs from the version before."""

    label: StrOrPromise
    parts: list[DiffPart]


def rules_of(entry: CatalogueEntry) -> list[str]:
    """Each condition that the text names, in a sentence."""
    strict = _("%(condition)s: blocks when present, and when it is not known")
    plain = _("%(condition)s: blocks when present")
    found = [
        (strict if each.must_be_known else plain) % {"condition": CONDITIONS[each.condition]}
        for each in entry.contraindications
    ]
    care = _("%(condition)s: take care; it does not block")
    return found + [care % {"condition": CONDITIONS[code]} for code in entry.cautions]


def activities_in_words(entry: CatalogueEntry) -> str:
    """The activities of a text in one line."""
    return ", ".join(str(ACTIVITIES[each]) for each in sorted(activities_of(entry)))


def changes_of(before: CatalogueEntry, after: CatalogueEntry) -> tuple[TextChange, ...]:
    """Every part that differs between two versions, word by word; rules condition by condition."""
    old, new = _comparable(before), _comparable(after)
    return tuple(
        TextChange(label, _changed_rules(before, after) if name == "rules" else diff(old[name], new[name]))
        for name, label in PARTS.items()
        if old[name] != new[name]
    )


def _changed_rules(before: CatalogueEntry, after: CatalogueEntry) -> list[DiffPart]:
    """Condition by condition: what a rule says now, and what was dropped or added. The order of a file says nothing."""
    old, new = _rule_of(before), _rule_of(after)
    found = []
    for code in (code for code in CONDITIONS if code in old or code in new):
        if old.get(code) == new.get(code):
            found.append(DiffPart("same", f"{new[code]}. "))
            continue
        found += [DiffPart("removed", f"{old[code]}. ")] if code in old else []
        found += [DiffPart("added", f"{new[code]}. ")] if code in new else []
    return found


def _rule_of(entry: CatalogueEntry) -> dict[str, str]:
    """The sentences of each condition."""
    named = [*(each.condition for each in entry.contraindications), *entry.cautions]
    found: dict[str, str] = {}
    for code, sentence in zip(named, rules_of(entry), strict=True):
        found[code] = f"{found[code]}; {sentence}" if code in found else sentence
    return found


def _comparable(entry: CatalogueEntry) -> dict[str, str]:
    """Each part as one text, so that a change in a list is seen word by word too."""
    signs = [f"{sign.words} ({LEVELS[sign.level]})" for sign in entry.stop_signs]
    lists = {"signs": signs, "rules": sorted(rules_of(entry)), "sources": list(entry.sources)}
    lists["activities"] = [activities_in_words(entry)]
    return {name: "\n".join(lists[name]) if name in lists else str(getattr(entry, name)) for name in PARTS}

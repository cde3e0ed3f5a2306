"""Which activities a step is made of, so that a fact about walking finds the walk and not the breathing."""

from collections.abc import Iterable

from recommendations.catalogue import CatalogueEntry, Contraindication, entries

SHIPPED: dict[str, tuple[str, ...]] = {
    "behavioural_activation": ("small_plans",),
    "brisk_exercise": ("exercise",),
    "grounding": ("senses",),
    "kind_act": ("kindness",),
    "longer_mindfulness": ("meditation",),
    "muscle_relaxation": ("relaxing",),
    "paced_breathing": ("breathing",),
    "planned_walk": ("walking",),
    "problem_solving": ("problems",),
    "short_mindfulness": ("meditation",),
    "sleep_habits": ("sleep_habits",),
    "sleep_window": ("bed_times",),
    "social_contact": ("people",),
    "stimulus_control": ("bed_for_sleep",),
    "thought_record": ("thoughts",),
    "worry_time": ("worry",),
}
"""For the texts that came with the program, whose versions were signed before a text could say it itself."""


def activities_of(entry: CatalogueEntry) -> tuple[str, ...]:
    """What the text itself says, else what is known of its code."""
    return entry.activities if entry.activities is not None else SHIPPED.get(entry.code, ())


def least_rules(activities: Iterable[str]) -> list[Contraindication]:
    """What must block every step of these activities: the rules that all shipped steps of one activity have in common.

    So a new step of sitting quietly blocks where the shipped ones do, whoever writes it (SR-82).
    """
    found: dict[str, bool] = {}
    for activity in activities:
        steps = [entries()[code] for code, named in SHIPPED.items() if activity in named]
        rules = [{each.condition: each.must_be_known for each in entry.contraindications} for entry in steps]
        common = set.intersection(*(set(each) for each in rules)) if rules else set()
        for condition in common:
            strict = all(each[condition] for each in rules)
            found[condition] = found.get(condition, False) or strict
    return [Contraindication(condition, strict) for condition, strict in sorted(found.items())]

"""Which activities a step is made of, so that a fact about walking finds the walk and not the breathing."""

from recommendations.catalogue import CatalogueEntry

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

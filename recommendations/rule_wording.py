"""The rules that indicate a step, each in the sentence that psychologists read."""

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

INDICATIONS: dict[str, StrOrPromise] = {
    "level_below_usual": gettext_lazy(
        "The whole range of the estimate lies below 5 in 6 of this person’s usual days."
    ),
    "check_ins_below_usual": gettext_lazy(
        "In the last 14 days, check-ins on at least 4 days lie below the usual range."
    ),
    "swings_wider_than_usual": gettext_lazy(
        "Mood swings from day to day at least half as much again as is usual for this person."
    ),
    "depression_at_caseness": gettext_lazy(
        "The newest PHQ-9 or PHQ-8 total, of the last four weeks, is 10 or more."
    ),
    "depression_rising": gettext_lazy(
        "The PHQ-9 or PHQ-8 total rose by 6 points or more: reliable deterioration."
    ),
    "depression_easing": gettext_lazy(
        "The PHQ-9 or PHQ-8 total fell by 6 points or more, to less than 10: reliable improvement, "
        "a time to guard what was won."
    ),
    "anxiety_at_caseness": gettext_lazy("The newest GAD-7 total, of the last four weeks, is 10 or more."),
    "anxiety_rising": gettext_lazy("The GAD-7 total rose by 4 points or more: reliable deterioration."),
    "sleep_shorter_than_usual": gettext_lazy(
        "In the last week sleep was at least an hour shorter than in the four weeks before."
    ),
}

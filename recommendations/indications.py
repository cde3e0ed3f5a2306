"""What a person's figures point to: the rules of the registered release, over readings, questionnaires and sleep.

Questionnaires and sleep are read only for those who agreed to that source's use for AI. A step is indicated by one
rule; among the steps of one rule the gentlest comes first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from clinic import consent
from clinic.models.consent import Source
from clinic.models.observation import Observation, Signal
from recommendations.models.reading import MoodReading
from recommendations.releases import SUGGEST_PARAMETERS

FORMS = (Signal.PHQ9, Signal.PHQ8, Signal.GAD7)
DEPRESSION = (Signal.PHQ9, Signal.PHQ8)
CASENESS = {
    Signal.PHQ9: "depression_at_caseness",
    Signal.PHQ8: "depression_at_caseness",
    Signal.GAD7: "anxiety_at_caseness",
}
RISING = {
    Signal.PHQ9: "depression_rising",
    Signal.PHQ8: "depression_rising",
    Signal.GAD7: "anxiety_rising",
}


@dataclass(frozen=True, slots=True)
class Score:
    """One total of one questionnaire and the day on which it was answered."""

    signal: Signal
    day: dt.date
    value: float


@dataclass(frozen=True, slots=True)
class FormSignal:
    """The newest total of a questionnaire, and the one before it that is old enough to compare with."""

    newest: Score
    before: Score | None

    @property
    def change(self) -> float | None:
        """Points by which the total rose; None where there is nothing to compare with."""
        return self.newest.value - self.before.value if self.before else None


@dataclass(frozen=True, slots=True)
class SleepSignal:
    """Mean hours of sleep in the last week and in the four before it, with the nights behind each."""

    recent: float
    recent_nights: int
    usual: float
    usual_nights: int


@dataclass(frozen=True, slots=True)
class Signals:
    """What the other sources say of one person; empty where they gave no consent or there is nothing."""

    forms: tuple[FormSignal, ...] = ()
    sleep: SleepSignal | None = None


NONE = Signals()


def of_patients(readings: Sequence[MoodReading]) -> dict[UUID, Signals]:
    """The signals behind these readings, each up to its reading's day: one query."""
    days = {reading.patient_id: reading.as_of for reading in readings}
    if not days:
        return {}
    rows: dict[UUID, list[Score]] = defaultdict(list)
    for patient, signal, day, value in _numbers(days):
        rows[patient].append(Score(Signal(signal), day, value))
    return {
        patient: Signals(forms_of(found, today=days[patient]), sleep_of(found, today=days[patient]))
        for patient, found in rows.items()
    }


def _numbers(days: Mapping[UUID, dt.date]) -> Iterable[tuple[UUID, str, dt.date, float]]:
    """Totals and nights of every source whose sharing and whose use for AI the person agreed to. What came from
    elsewhere needs the agreement about records from elsewhere, whatever was agreed about forms filled in here."""
    answered = min(days.values()) - dt.timedelta(days=SUGGEST_PARAMETERS["questionnaire"]["compared_days"])
    slept = min(days.values()) - dt.timedelta(days=SUGGEST_PARAMETERS["sleep_shorter_than_usual"]["days"])
    wanted = Q(source__in=[Source.QUESTIONNAIRE, Source.IMPORTED], signal__in=FORMS, local_date__gte=answered)
    wanted |= Q(source=Source.DEVICE, signal=Signal.SLEEP, local_date__gte=slept)
    rows = Observation.objects.filter(wanted, patient__pk__among=list(days), superseded_at=None)
    ordered = consent.for_readings(rows).order_by("local_date", "happened_at", "id")
    return ordered.values_list("patient_id", "signal", "local_date", "value")


def forms_of(rows: Sequence[Score], *, today: dt.date) -> tuple[FormSignal, ...]:
    """The questionnaires with a total that is fresh on this day; `rows` stand oldest first. Later ones do not count."""
    rules = SUGGEST_PARAMETERS["questionnaire"]
    fresh, apart = dt.timedelta(days=rules["fresh_days"]), dt.timedelta(days=rules["apart_days"])
    first, found = today - dt.timedelta(days=rules["compared_days"]), []
    for signal in FORMS:
        scores = [row for row in rows if row.signal == signal and first <= row.day <= today]
        if not scores or today - scores[-1].day > fresh:
            continue
        earlier = [each for each in scores if scores[-1].day - each.day >= apart]
        found.append(FormSignal(scores[-1], earlier[-1] if earlier else None))
    return tuple(found)


def sleep_of(rows: Sequence[Score], *, today: dt.date) -> SleepSignal | None:
    """The last week of nights against the four before it; None where either has too few."""
    rules = SUGGEST_PARAMETERS["sleep_shorter_than_usual"]
    first, week = today - dt.timedelta(days=rules["days"]), today - dt.timedelta(days=rules["recent_days"])
    nights = [row for row in rows if row.signal == Signal.SLEEP and first < row.day <= today]
    recent = [each.value for each in nights if each.day > week]
    usual = [each.value for each in nights if each.day <= week]
    if len(recent) < rules["least_recent_nights"] or len(usual) < rules["least_usual_nights"]:
        return None
    return SleepSignal(sum(recent) / len(recent), len(recent), sum(usual) / len(usual), len(usual))


def met_by(reading: MoodReading, signals: Signals = NONE) -> frozenset[str]:
    """The indications that this reading and these signals meet, by the thresholds of the registered release."""
    return frozenset({*_of_reading(reading), *_of_forms(signals.forms), *_of_sleep(signals.sleep)})


def _of_reading(reading: MoodReading) -> set[str]:
    facts = reading.facts or {}
    met = set()
    if reading.direction == SUGGEST_PARAMETERS["level_below_usual"]["direction"]:
        met.add("level_below_usual")
    if (facts.get("below_usual") or 0) >= SUGGEST_PARAMETERS["check_ins_below_usual"]["least_days"]:
        met.add("check_ins_below_usual")
    recent, usual = facts.get("swing_recent"), facts.get("swing_usual")
    ratio = SUGGEST_PARAMETERS["swings_wider_than_usual"]["least_ratio"]
    if recent is not None and usual is not None and recent >= max(ratio * usual, 1.0):
        met.add("swings_wider_than_usual")
    return met


def _of_forms(forms: Iterable[FormSignal]) -> set[str]:
    rules, met = SUGGEST_PARAMETERS["questionnaire"], set()
    for form in forms:
        signal, change = form.newest.signal, form.change
        reliable = rules["reliable_change"][signal.value]
        if form.newest.value >= rules["caseness"]:
            met.add(CASENESS[signal])
        if change is not None and change >= reliable:
            met.add(RISING[signal])
        eased = change is not None and -change >= reliable and form.newest.value < rules["caseness"]
        if eased and signal in DEPRESSION:
            met.add("depression_easing")
    return met


def _of_sleep(sleep: SleepSignal | None) -> set[str]:
    least = SUGGEST_PARAMETERS["sleep_shorter_than_usual"]["least_hours"]
    short = sleep is not None and sleep.usual - sleep.recent >= least
    return {"sleep_shorter_than_usual"} if short else set()

"""Screening facts: recording what is known about a condition, and what holds now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic import crisis
from clinic.actor import Actor, log
from clinic.crisis import Because
from clinic.models.patient import Patient
from clinic.models.screening import ScreeningFact, ScreeningSource, ScreeningState

CONDITION_GROUPS: tuple[tuple[StrOrPromise, dict[str, StrOrPromise]], ...] = (
    (
        _("Mind"),
        {
            "mania": _("Mania or bipolar disorder"),
            "psychosis": _("Psychosis"),
            "dissociation": _("Dissociation, or trauma that is still acute"),
            "ocd": _("Obsessions or rituals"),
            "severe_depression": _("Severe depression"),
            "acute_crisis": _("Acute crisis"),
        },
    ),
    (
        _("Body"),
        {
            "eating_disorder": _("Eating disorder or compulsive exercise"),
            "underweight": _("Very low weight"),
            "cardiac": _("Heart condition, or fainting on effort"),
            "breathing": _("Unstable asthma or COPD"),
            "epilepsy": _("Epilepsy or seizures"),
            "pregnancy": _("Pregnancy"),
            "injury": _("Injury, or pain on effort"),
            "fall_risk": _("Unsteady, or at risk of falling"),
            "parasomnia": _("Sleepwalking, or acting out dreams"),
        },
    ),
    (
        _("What sets it off"),
        {
            "panic_breathing": _("Panic set off by noticing the breath"),
            "panic_relaxing": _("Panic set off by relaxing"),
        },
    ),
    (
        _("Life"),
        {
            "unsafe_setting": _("Home or neighbourhood not safe"),
            "abusive_contact": _("Contact with somebody who abuses"),
            "harmful_group": _("A group in which harm spreads"),
            "alert_work": _("Drives or works where sleepiness is dangerous"),
        },
    ),
)
"""Every condition that a contraindication of the catalogue may name, in the order and the groups of the form. A code
stays for good: recorded facts name it."""

CONDITIONS: dict[str, StrOrPromise] = {
    code: label for _group, conditions in CONDITION_GROUPS for code, label in conditions.items()
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one condition now; `fact` is None where nobody ever recorded anything.

    `because` says why the state is not the one that was recorded: see `clinic.crisis`.
    """

    code: str
    label: StrOrPromise
    state: ScreeningState
    fact: ScreeningFact | None
    because: Because = Because.RECORDED


def standing(patient: Patient) -> dict[str, Standing]:
    """The newest fact of every known condition, by code; unknown where there is none: one query.

    An acute crisis that was absent is unknown too where something was reported since.
    """
    newest = (
        ScreeningFact.objects.filter(patient=patient)
        .annotate(reported_at=crisis.reported_at(patient.pk))
        .order_by("code", "-recorded_at", "-id")
        .distinct("code")
        .select_related("recorded_by__staff")
    )
    facts = {fact.code: fact for fact in newest}
    return {code: _standing(code, label, facts.get(code)) for code, label in CONDITIONS.items()}


def _standing(code: str, label: StrOrPromise, fact: ScreeningFact | None) -> Standing:
    if fact is None:
        return Standing(code, label, ScreeningState.UNKNOWN, None)
    state = ScreeningState(fact.state)
    if code != crisis.CONDITION:
        return Standing(code, label, state, fact)
    reported: dt.datetime | None = getattr(fact, "reported_at", None)  # annotated above
    now = crisis.since(state, fact.happened_at, reported)
    return Standing(code, label, now, fact, Because.RECORDED if now == state else Because.REPORTED)


@transaction.atomic
def record_facts(
    *,
    patient: Patient,
    answers: Mapping[str, ScreeningState],
    source: ScreeningSource,
    by: Actor,
    at: dt.datetime,
) -> list[ScreeningFact]:
    """Add one row for each answer that differs from what holds now; returns the new rows."""
    assert by.user is not None  # noqa: S101  facts come from a person
    present = standing(patient)
    changed = {code: state for code, state in answers.items() if _is_news(present[code], state)}
    made = []
    for code, state in changed.items():
        fact = ScreeningFact.objects.create(
            patient=patient, code=code, state=state, source=source, recorded_by=by.user, happened_at=at
        )
        log(
            "screening_fact_recorded",
            by=by,
            at=at,
            patient=patient,
            subject=fact,
            facts={"code": code, "state": state, "source": source},
        )
        made.append(fact)
    return made


def _is_news(present: Standing, state: ScreeningState) -> bool:
    return present.state != state or (present.fact is None and state != ScreeningState.UNKNOWN)

"""Consent: given and withdrawn by source and by purpose, to a text of a named version and language."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language, gettext

from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.consent_texts import TEXT_VERSION, TEXTS
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.observation import Observation
from clinic.models.patient import Patient


@dataclass(frozen=True, slots=True)
class Choice:
    """One switch on the patient's page: the question in words and whether it stands."""

    source: Source
    purpose: Purpose
    title: str
    text: str
    grant: ConsentGrant | None

    @property
    def given(self) -> bool:
        """Whether the patient agreed and has not withdrawn it."""
        return self.grant is not None


def choices(patient: Patient) -> list[Choice]:
    """Every switch of this patient in a fixed order, with the standing grant where there is one."""
    return choices_of(_standing(patient))


def history(patient: Patient) -> list[ConsentGrant]:
    """Every grant that this patient ever gave, oldest first: one query."""
    return list(ConsentGrant.objects.filter(patient=patient).order_by("given_at", "pk"))


def choices_of(grants: Iterable[ConsentGrant]) -> list[Choice]:
    """Every switch in a fixed order, from grants that were fetched already."""
    standing = {(grant.source, grant.purpose): grant for grant in grants if grant.withdrawn_at is None}
    return [
        Choice(source, purpose, gettext(title), gettext(text), standing.get((source, purpose)))
        for (source, purpose), (title, text) in TEXTS.items()
    ]


def agreed(patient: Patient, *, source: Source, purpose: Purpose) -> bool:
    """Whether this patient's consent to `purpose` for `source` stands."""
    return _standing(patient).filter(source=source, purpose=purpose).exists()


def patients_who_agreed(
    patient_ids: Iterable[UUID], *, source: Source, purposes: Sequence[Purpose]
) -> set[UUID]:
    """Those patients who agreed to every one of `purposes` for `source`: one query."""
    rows = ConsentGrant.objects.filter(
        patient__pk__among=list(patient_ids), source=source, purpose__in=purposes, withdrawn_at=None
    )
    counts = Counter(rows.values_list("patient_id", flat=True))
    return {patient for patient, count in counts.items() if count == len(purposes)}


def refused(patient: Patient, *, source: Source, purpose: Purpose) -> bool:
    """Whether this patient withdrew `purpose` for `source` and did not give it again. One query."""
    rows = ConsentGrant.objects.filter(patient=patient, source=source, purpose=purpose)
    states = set(rows.values_list("withdrawn_at", flat=True))
    return bool(states) and None not in states


def for_readings(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those observations whose source may be used for AI readings; still one query.

    Check-ins are let through: for them `ai.allowed_patients` is asked first, about sharing and stops as well. Every
    other source needs both agreements of its own.
    """
    return _agreed_to(rows, Purpose.SHARE, Purpose.AI_READINGS)


def shared(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those observations whose source is shared; still one query. Check-ins are let through: ask for them first."""
    return _agreed_to(rows, Purpose.SHARE)


def _agreed_to(rows: QuerySet[Observation], *purposes: Purpose) -> QuerySet[Observation]:
    standing = ConsentGrant.objects.filter(
        patient=OuterRef("patient"), source=OuterRef("source"), withdrawn_at=None
    )
    agreed = (Exists(standing.filter(purpose=purpose)) for purpose in purposes)
    return rows.filter(Q(source=Source.CHECK_IN) | Q(*agreed))


@transaction.atomic
def give(*, patient: Patient, source: Source, purpose: Purpose, by: Actor, at: dt.datetime) -> ConsentGrant:
    """Record the patient's agreement to the present text. A standing grant is returned unchanged."""
    standing = _standing(patient).filter(source=source, purpose=purpose).first()
    if standing:
        return standing
    title, text = TEXTS[source, purpose]
    words = f"{gettext(title)}\n{gettext(text)}"
    grant = ConsentGrant.objects.create(
        patient=patient,
        source=source,
        purpose=purpose,
        text_version=TEXT_VERSION,
        text_language=get_language() or "en",
        text_digest=hashlib.sha256(words.encode()).hexdigest(),
        given_by=by.user,
        given_at=at,
    )
    facts = {"source": source, "purpose": purpose}
    log("consent_given", by=by, at=at, patient=patient, subject=grant, facts=facts)
    return grant


@transaction.atomic
def withdraw(*, patient: Patient, source: Source, purpose: Purpose, by: Actor, at: dt.datetime) -> None:
    """End the patient's agreement at once. What it allowed stops with the next question asked."""
    for grant in _standing(patient).filter(source=source, purpose=purpose):
        ConsentGrant.objects.filter(pk=grant.pk).update(
            withdrawn_at=not_before("given_at", at=at), withdrawn_by=by.user
        )
        facts = {"source": source, "purpose": purpose}
        log("consent_withdrawn", by=by, at=at, patient=patient, subject=grant, facts=facts)


def _standing(patient: Patient) -> QuerySet[ConsentGrant]:
    return ConsentGrant.objects.filter(patient=patient, withdrawn_at=None)

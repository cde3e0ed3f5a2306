"""Consent that came with records: written down with where it stands; what a person refused here stays refused."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from clinic import consent
from clinic.actor import Actor
from clinic.imports.arrivals import Placed
from clinic.imports.refused import ImportRefused, Reason
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.imported import ImportConsent


def refused_here(patients: Sequence[UUID], source: Source) -> set[tuple[UUID, str]]:
    """What these people withdrew here and did not give again, as (person, purpose). One query."""
    standing = ConsentGrant.objects.filter(
        patient=OuterRef("patient"), source=source, purpose=OuterRef("purpose"), withdrawn_at=None
    )
    rows = ConsentGrant.objects.filter(~Exists(standing), patient__in=patients, source=source)
    return set(rows.values_list("patient_id", "purpose"))


def check_may_keep(people: Sequence[Placed], source: Source) -> None:
    """Raises ImportRefused where somebody withdrew, here, that such records are kept."""
    refused = refused_here([each.patient.pk for each in people], source)
    reasons = [
        Reason(each.patient.record_number, _("This person withdrew here that such records are kept."))
        for each in people
        if (each.patient.pk, Purpose.KEEP) in refused
    ]
    if reasons:
        raise ImportRefused(reasons)


def write_down(
    people: Sequence[Placed], source: Source, *, reference: str, batch: UUID, by: Actor, at: dt.datetime
) -> int:
    """Record that these people agreed elsewhere, and where that stands; how many agreements are new.

    Where somebody withdrew a purpose here, their later word counts: it is not given again.
    """
    refused = refused_here([each.patient.pk for each in people], source)
    given = 0
    for each in people:
        wanted = [purpose for purpose in Purpose if (each.patient.pk, purpose) not in refused]
        missing = [
            purpose for purpose in wanted if not consent.agreed(each.patient, source=source, purpose=purpose)
        ]
        for purpose in missing:
            consent.give(patient=each.patient, source=source, purpose=purpose, by=by, at=at)
        if missing:
            row = ImportConsent(patient=each.patient, batch_id=batch, happened_at=at)
            row.seal(each.ring, reference=reference)
            row.save()
        given += len(missing)
    return given

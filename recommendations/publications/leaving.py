"""Publications on their way out of the clinic: for a record that staff export, and for the patient's own copy.

What is not signed is not a publication and so is not here. What can still be taken back does not leave, and neither
does what was taken back: its words are a draft again.
"""

import datetime as dt
from typing import Any

from clinic.keys import Ring
from clinic.models.patient import Patient
from recommendations.fhir.outgoing.signed import Ended, Leaving
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.signature import Kind
from recommendations.publications.portal import alarm, estimate_of, step_of
from recommendations.publications.staff import signed_body


def for_export(patient: Patient, ring: Ring, *, at: dt.datetime) -> list[Leaving]:
    """Every publication that the patient could read at some time until `at`, oldest first: two queries.

    Words that do not fit their digest are left out here too, with the alarm.
    """
    rows = list(
        Publication.objects.filter(patient=patient, visible_from__lte=at)
        .select_related("signature", "words")
        .order_by("visible_from", "id")
    )
    stops = PublicationStop.objects.in_bulk([row.pk for row in rows])
    could_be_read = [
        row for row in rows if row.pk not in stops or stops[row.pk].stopped_at > row.visible_from
    ]
    bodies = {row.pk: signed_body(row, patient, ring) for row in could_be_read}
    failed = [row for row in could_be_read if bodies[row.pk] is None]
    if failed:
        alarm(failed, patient, at=at)
    return [
        _leaving(row, body, stops.get(row.pk))
        for row in could_be_read
        if (body := bodies[row.pk]) is not None
    ]


def _leaving(row: Publication, body: dict[str, Any], stop: PublicationStop | None) -> Leaving:
    shown = step_of(row, body) if row.kind == Kind.PLAN_ITEM else estimate_of(row, body)
    return Leaving(shown, row.valid_until, Ended(stop.reason, stop.stopped_at) if stop else None)

"""The days of a record's charts as a CSV file: the same function, the same consent, the same days."""

import csv
import datetime as dt
import io

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from clinic import access, series
from clinic.actor import log
from clinic.clock import local_date
from clinic.models.observation import Signal
from clinic.signals import MEANINGS
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.course import RANGES, range_of
from dashboard.caseload.loader import record_of

HEADS = ("day", "signal", "value", "unit", "numbers", "source")


@allow(PSYCHOLOGIST)
@require_GET
def series_csv(request: ActingRequest, ref: str) -> HttpResponse:
    """One line for each day and signal that is shared, oldest first. The file is named by the record number alone."""
    record = record_of(request, ref, right=access.REVIEW)
    today = local_date(at=request.at, zone=record.patient.zone)
    days = RANGES[range_of(request.GET.get("range", ""))][0]
    found = series.read(
        record.patient,
        signals=list(Signal),
        sources=record.standing.shared_sources,
        since=today - dt.timedelta(days=days - 1),
        until=today,
    )
    with transaction.atomic():
        log("record_exported", by=request.actor, at=request.at, patient=record.patient, reason="series")
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow(HEADS)
    for signal in Signal:
        for each in found.get(signal, ()):
            unit = MEANINGS[signal].unit
            lines.writerow(
                [
                    each.day.isoformat(),
                    signal.value,
                    round(each.value, 3),
                    unit,
                    each.count,
                    each.source.value,
                ]
            )
    name = f"{record.patient.record_number}-series.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)

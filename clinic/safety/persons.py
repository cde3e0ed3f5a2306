"""Open alerts by person: however much one person writes, they never hide another, and one colleague rings them."""

from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from clinic.models.safety import BEGUN_AT, AlertLevel, SafetyAlert
from clinic.safety.alerts import open_alerts
from clinic.safety.sources import with_source


def by_person() -> QuerySet[SafetyAlert]:
    """Of every person's open alerts the gravest, with `of_person`, how many there are, and `since`, the first of them.

    One row for whoever has taken them, one for those that nobody has, concerns apart: however much one person writes,
    they never hide another. Gravest first, then whoever has waited longest.
    """
    group: list[Any] = ["patient", "taken_by", Q(level__gte=AlertLevel.URGENT)]
    rows = SafetyAlert.objects.filter(closed_at=None).annotate(
        place=Window(RowNumber(), partition_by=group, order_by=["-level", BEGUN_AT, "pk"]),
        of_person=Window(Count("pk"), partition_by=group),
        since=Window(Min(BEGUN_AT), partition_by=group),
    )
    return rows.filter(place=1).order_by("-level", "since", "pk")


def others_of(alert: SafetyAlert) -> list[SafetyAlert]:
    """The other open alerts of the same person, gravest first: one query."""
    return list(with_source(open_alerts().filter(patient=alert.patient_id).exclude(pk=alert.pk)))

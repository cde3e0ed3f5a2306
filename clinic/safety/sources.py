"""Where a person entered what opened an alert, as the ledger of what was read has it."""

from django.db.models import OuterRef, QuerySet, Subquery

from clinic.models.danger import DangerReading
from clinic.models.safety import SafetyAlert


def with_source(alerts: QuerySet[SafetyAlert]) -> QuerySet[SafetyAlert]:
    """The same alerts, each with `source`, a TextSource, or None where its reading was not kept: no further query."""
    read = DangerReading.objects.filter(alert=OuterRef("pk")).order_by("recorded_at", "pk")
    return alerts.annotate(source=Subquery(read.values("source")[:1]))

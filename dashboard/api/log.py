"""The audit log for administrators: ids, codes and record numbers, and of reasons and facts what the page shows."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from audit.models import AuditEntry
from clinic.actor import log
from clinic.models.token import Scope
from dashboard.access import ADMINISTRATOR
from dashboard.api.cursors import decode, limit_of, page
from dashboard.api.door import CURSOR, acting_of, endpoint
from dashboard.api.own_shapes import EntryShape
from dashboard.api.shapes import page_of
from dashboard.governance.context import disclosed

LONGEST = 64
RECORD = OpenApiParameter("record_number", str, description="Only entries about this record.")
ACTION = OpenApiParameter("action", str, description="Only entries with this code.")


@endpoint(
    ADMINISTRATOR,
    scope=Scope.AUDIT,
    response=page_of(EntryShape),
    refusals=(422,),
    parameters=[*CURSOR, RECORD, ACTION],
)
def entries(request: Request) -> Response:
    """The audit log, newest first."""
    acting, limit = acting_of(request), limit_of(request)
    rows = AuditEntry.objects.order_by("-id")
    for name in ("record_number", "action"):
        if wanted := request.query_params.get(name, "").replace("\0", "")[:LONGEST]:
            rows = rows.filter(**{name: wanted})
    if place := decode(request, _entry_id):
        rows = rows.filter(id__lt=place[0])
    found = list(rows[: limit + 1])
    with transaction.atomic():
        log("audit_page_opened", by=acting.actor, at=acting.at, facts={"rows": min(len(found), limit)})
    return Response(page(found, limit=limit, shown=_shown, place=lambda row: (row.pk,)))


def _entry_id(text: str) -> int:
    """A row's number. Raises ValueError for what no row has."""
    number = int(text)
    if not 0 < number < 2**63:
        raise ValueError(text)
    return number


def _shown(row: AuditEntry) -> dict[str, Any]:
    names = ("id", "action", "actor_id", "actor_role", "record_number", "happened_at", "recorded_at")
    shown = {name: getattr(row, name) for name in names}
    return shown | {"reason": disclosed.reason_of(row.reason), "facts": disclosed.facts_of(row.facts)}

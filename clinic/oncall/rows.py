"""The rota as it stands in the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from clinic import access
from clinic.models.clinic import Clinic
from clinic.models.oncall import Absence, PagingAddress, Position, RotaSlot
from clinic.models.user import StaffProfile
from clinic.oncall import rota as pure
from clinic.oncall.rota import Away, Duty, Rota, Slot


def read(*, at: dt.datetime, zone: str | None = None) -> Rota:
    """Every row that matters from `at` on: three queries, four without `zone`."""
    standing = RotaSlot.objects.filter(removed_at=None).order_by("weekday", "starts", "pk")
    away = Absence.objects.filter(removed_at=None, ends_at__gt=at).order_by("starts_at", "pk")
    return Rota(
        zone=zone or Clinic.objects.values_list("zone", flat=True).first() or "UTC",
        slots=tuple(
            Slot(row.user_id, Position(row.position), row.weekday, row.starts, row.ends) for row in standing
        ),
        absences=tuple(Away(row.user_id, row.starts_at, row.ends_at, row.cover_id) for row in away),
        able=able(at=at),
    )


def able(*, at: dt.datetime) -> frozenset[UUID]:
    """Those who can act on an alert: they may sign in and are psychologists. One query."""
    return frozenset(access.psychologists(at=at).values_list("pk", flat=True))


def on_call(*, at: dt.datetime) -> tuple[Duty, ...]:
    """Who is on call at `at`, first first; empty where nobody is."""
    return pure.on_call(read(at=at), at=at)


def reachable(rota: Rota, addressed: Iterable[UUID | None], *, without: UUID | None = None) -> Rota:
    """The same rota for those alone who have an address; `without` the person whom the alert is about."""
    return replace(rota, able=(rota.able & {each for each in addressed if each}) - {without or UUID(int=0)})


def channels() -> dict[UUID | None, list[str]]:
    """By which channels everybody can be paged; under None the clinic's own receiver. One query."""
    found: dict[UUID | None, list[str]] = {}
    for user_id, channel in PagingAddress.objects.order_by("channel").values_list("user_id", "channel"):
        found.setdefault(user_id, []).append(channel)
    return found


def names(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Printed names. One query."""
    found = StaffProfile.objects.filter(user__in=set(user_ids))
    return dict(found.values_list("user_id", "printed_name"))

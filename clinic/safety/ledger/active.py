"""Which thresholds are in use in this process. Asking costs no query: the watch looks every few seconds.

A process that nobody watches for (a command, a pool of a worker) looks itself, at most once in half a minute. Where
the database is slow or away the last answer stays, and the shipped thresholds where there was none: help never waits.
"""

import logging
import time
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from clinic.models.danger import DangerRelease
from clinic.safety.ledger import scored
from clinic.safety.ledger.bounds import never_above
from clinic.safety.ledger.thresholds import most_sensitive, of_facts
from clinic.safety.thresholds import SHIPPED, Thresholds

logger = logging.getLogger(__name__)

STALE_SECONDS: Final = 30.0
PATIENCE_MS: Final = 200
LOOKED_AT: Final = 20
"""So many releases are looked at for one that can be read."""


@dataclass(frozen=True, slots=True)
class Active:
    """The thresholds in use, and the release that signed them; None where they came with the program."""

    thresholds: Thresholds
    release_id: UUID | None
    number: int = 0


UNSIGNED: Final = Active(SHIPPED, None)


class _Known:
    active: Active | None = None
    looked_at: float = 0.0
    damaged: ClassVar[set[int]] = set()


def current() -> Active:
    """What is in use now; a query only where this process has not looked for half a minute."""
    known = _Known.active
    if known is None or time.monotonic() - _Known.looked_at > STALE_SECONDS:
        return look(patience_ms=PATIENCE_MS)
    return known


def look(*, patience_ms: int = 0) -> Active:
    """Look now, waiting no longer than `patience_ms` where it is set."""
    _Known.looked_at = time.monotonic()
    try:
        with transaction.atomic():
            found = _newest(patience_ms)
    except DatabaseError:
        logger.exception(
            "The signed release of danger detection could not be read; what was known stays in use."
        )
        found = _Known.active or UNSIGNED
    _Known.active = found
    return found


def forget() -> None:
    """Look again with the next question."""
    _Known.active = None


def assume(active: Active) -> None:
    """Take this as just looked up."""
    _Known.active, _Known.looked_at = active, time.monotonic()


def newest() -> DangerRelease | None:
    """The release that was signed last."""
    return DangerRelease.objects.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Stored:
    """What the stored releases mean: what is in use, the release that signed it, and newer ones that are damaged."""

    active: Active
    release: DangerRelease | None
    damaged: tuple[int, ...] = ()


def stored() -> Stored:
    """What the newest release means that can be read: a damaged row silences nobody and stops no page."""
    damaged: list[int] = []
    for release in DangerRelease.objects.select_related("signed_by__staff").order_by("-number")[:LOOKED_AT]:
        try:
            return Stored(in_use(release), release, tuple(damaged))
        except (ValueError, LookupError, TypeError):
            damaged.append(release.number)
            if release.number not in _Known.damaged:
                logger.exception("The signed release %s of danger detection is damaged.", release.number)
            _Known.damaged.add(release.number)
    return Stored(in_use(None), None, tuple(damaged))


def in_use(release: DangerRelease | None) -> Active:
    """What a release means for the programs as installed.

    Thresholds were signed for one classifier. Where another is installed the more sensitive of the signed and the
    shipped ones hold until somebody signs again: raising never waits. None holds above what one person may sign.
    """
    if release is None:
        return UNSIGNED
    signed = never_above(of_facts(release.thresholds))
    if release.classifier != scored.installed_classifier():
        signed = most_sensitive(signed, SHIPPED)
    return Active(signed, release.pk, release.number)


def _newest(patience_ms: int) -> Active:
    if not patience_ms:
        return stored().active
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(patience_ms)])
        found = stored().active
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
    return found

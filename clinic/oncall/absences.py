"""Absences from the rota: recorded with whoever is on call instead, never without a word about what they leave."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.actor import Actor, log
from clinic.clock import not_before
from clinic.database.turns import take_turn
from clinic.models.oncall import Absence
from clinic.oncall import gaps, rows
from clinic.oncall.gaps import Left
from clinic.oncall.keeping import RotaRefused
from clinic.oncall.rota import Away

LONGEST = dt.timedelta(days=90)
"""Whoever is away for longer is not on the rota."""


AHEAD = dt.timedelta(days=730)
"""Whoever is away later than this is a slip of the pen, and some times have no day after them."""


class EndsTooLate(RotaRefused):
    """The absence was not recorded: its end does not fit, which stands beside that field."""


class LeavesNobody(RotaRefused):
    """The absence was not recorded: it would leave hours for which nobody is there, and nobody said that they know."""

    def __init__(self, left: Left) -> None:
        super().__init__(_("Nothing was recorded yet: this absence would leave hours with nobody."))
        self.left = left


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Who is away from when to when, and who is on call in their place."""

    user: UUID
    starts_at: dt.datetime
    ends_at: dt.datetime
    cover: UUID | None


@transaction.atomic
def add_absence(*, absence: NewAbsence, by: Actor, at: dt.datetime, known: str = "") -> Absence:
    """Record an absence; `known` is the digest of what whoever records it has read that it leaves.

    Raises RotaRefused for one that is over, too long or too far ahead, of somebody who is away then already, of whoever
    covers themselves, or whose cover cannot act; LeavesNobody where it leaves hours with nobody and that was not read.
    """
    assert by.user is not None  # noqa: S101  software takes no leave
    take_turn("the rota")
    _refuse(absence, at=at)
    away = Away(absence.user, absence.starts_at, absence.ends_at, absence.cover)
    left = gaps.left_by(rows.read(at=at), away, at=at)
    if left and known != left.digest:
        raise LeavesNobody(left)
    row = Absence(
        user_id=absence.user,
        cover_id=absence.cover,
        starts_at=absence.starts_at,
        ends_at=absence.ends_at,
        added_by=by.user,
        added_at=at,
    )
    facts = {"user": row.user_id, "is_covered": row.cover_id is not None, "leaves_nobody": bool(left)}
    log("absence_added", by=by, at=at, subject=row, facts=facts)
    row.save(force_insert=True)
    return row


def _refuse(absence: NewAbsence, *, at: dt.datetime) -> None:
    if absence.ends_at <= max(at, absence.starts_at):
        raise RotaRefused(_("An absence ends after it begins, and not in the past."))
    if absence.ends_at - at > AHEAD:
        raise EndsTooLate(_("An absence is recorded at most two years ahead."))
    if absence.ends_at - absence.starts_at > LONGEST:
        raise EndsTooLate(
            _("An absence has at most {days} days. Whoever is away for longer is taken off the rota.").format(
                days=LONGEST.days
            )
        )
    if absence.cover is not None and absence.cover == absence.user:
        raise RotaRefused(_("Somebody else must cover an absence."))
    if absence.cover is not None and absence.cover not in rows.able(at=at):
        raise RotaRefused(_("Only a psychologist who can sign in covers an absence."))
    standing = Absence.objects.filter(user=absence.user, removed_at=None)
    if standing.filter(starts_at__lt=absence.ends_at, ends_at__gt=absence.starts_at).exists():
        raise RotaRefused(
            _(
                "They are recorded as away in a part of this time already. Take that back first, then record the whole."
            )
        )


@transaction.atomic
def remove_absence(*, absence: Absence, by: Actor, at: dt.datetime) -> bool:
    """Take an absence back, also while it lasts: from now on they are on call again."""
    take_turn("the rota")
    standing = Absence.objects.filter(pk=absence.pk, removed_at=None)
    if not standing.exists():
        return False
    log("absence_removed", by=by, at=at, subject=absence, facts={"user": absence.user_id})
    standing.update(removed_by=by.user, removed_at=not_before("added_at", at=at))
    return True

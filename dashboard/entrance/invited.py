"""Invitations in words, newest first: the administrator's list of all, and a psychologist's of their own."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.utils.translation import gettext as _

from clinic import invitations
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.user import Role, User
from dashboard.handing import name_of
from dashboard.times import said

PAGE = 50


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation. `who` is a printed name or a record number; `open` while its code works.

    No new code is made here for a record that exists: see clinic.invitable.
    """

    invitation_id: UUID
    who: str
    role: str
    invited: str
    state: str
    open: bool
    may_renew: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class InvitationList:
    """One page, newest first; `after` asks for the next, empty on the last."""

    lines: list[InvitationLine]
    after: str


def invitation_list(
    *, made_by: User | None = None, everything: bool, after: UUID | None, at: dt.datetime, zone: str
) -> InvitationList:
    """Those that nobody has used or taken back, or all; of one psychologist or of everybody: one query, two on later
    pages."""
    found = invitations.rows(at=at)
    if made_by is not None:
        found = found.filter(invited_by=made_by, invited_as=Role.PSYCHOLOGIST)
    if not everything:
        found = found.filter(accepted_at=None, revoked_at=None)
    if after and (last := Invitation.objects.filter(pk=after).first()):
        place = Tuple(F("invited_at"), F("id"))
        found = found.filter(TupleLessThan(place, (last.invited_at, last.pk)))
    page = list(found.order_by("-invited_at", "-id")[: PAGE + 1])
    lines = [_line(row, of_maker=made_by is not None, at=at, zone=zone) for row in page[:PAGE]]
    return InvitationList(lines, str(lines[-1].invitation_id) if len(page) > PAGE else "")


def _line(row: Invitation, *, of_maker: bool, at: dt.datetime, zone: str) -> InvitationLine:
    state = invitations.state_of(row, at=at)
    of_record: bool = row.of_record  # type: ignore[attr-defined]  # annotated by invitations.rows
    may_end = row.accepted_at is None and row.revoked_at is None
    made = _("{when}, by {name}").format(
        when=said(row.invited_at, at=at, zone=zone), name=name_of(row.invited_by)
    )
    return InvitationLine(
        invitation_id=row.pk,
        who=row.printed_name or row.record_number,
        role=str(Role(row.role).label),
        invited=made,
        state=_state(row, state, at=at, zone=zone),
        open=state == InvitationState.OPEN,
        may_renew=may_end and (of_maker or not of_record),
        may_end=may_end,
    )


def _state(row: Invitation, state: InvitationState, *, at: dt.datetime, zone: str) -> str:
    words = {
        InvitationState.OPEN: (_("Open until {when}"), row.expires_at),
        InvitationState.USED: (_("Used {when}"), row.accepted_at),
        InvitationState.EXPIRED: (_("Expired {when}"), row.expires_at),
        InvitationState.REVOKED: (_("Taken back {when}"), row.revoked_at),
    }
    sentence, moment = words.get(state, (str(state.label), None))
    return sentence.format(when=said(moment, at=at, zone=zone)) if moment else sentence

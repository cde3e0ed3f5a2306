"""Loads what an administrator may manage, and reads the parameters of lists."""

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpRequest

from clinic import access
from clinic.models.care import CareRelationship
from clinic.models.invitation import Invitation
from clinic.models.oncall import Absence, RotaSlot
from clinic.models.user import User

LONGEST_QUERY = 80


def account(user_id: UUID) -> User:
    """One account with its professional name. Raises Http404."""
    found = User.objects.select_related("staff").filter(pk=user_id).first()
    if found is None:
        raise Http404
    return found


def psychologist(user_id: UUID, *, at: dt.datetime) -> User:
    """One psychologist who can act. Raises Http404."""
    found = access.psychologists(at=at).filter(pk=user_id).first()
    if found is None:
        raise Http404
    return found


def care(care_id: UUID) -> CareRelationship:
    """One care relationship; of the patient nothing but the record number is read. Raises Http404."""
    found = CareRelationship.objects.select_related("patient", "user__staff").filter(pk=care_id)
    row = found.defer("patient__name", "patient__pronouns", "patient__birth_date", "patient__phone").first()
    if row is None:
        raise Http404
    return row


def invitation(invitation_id: UUID) -> Invitation:
    """One invitation. Raises Http404."""
    found = Invitation.objects.select_related("treating").filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    return found


def slot(slot_id: UUID) -> RotaSlot:
    """One slot of the rota. Raises Http404."""
    found = RotaSlot.objects.filter(pk=slot_id).first()
    if found is None:
        raise Http404
    return found


def absence(absence_id: UUID) -> Absence:
    """One absence. Raises Http404."""
    found = Absence.objects.filter(pk=absence_id).first()
    if found is None:
        raise Http404
    return found


def query(request: HttpRequest, name: str = "q") -> str:
    """What was searched for, shortened to what can be searched; PostgreSQL takes no NUL."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST_QUERY]


def cursor(request: HttpRequest) -> UUID | None:
    """The id after which a page begins. Raises Http404 for what is none."""
    given = request.GET.get("after", "")
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise Http404 from error

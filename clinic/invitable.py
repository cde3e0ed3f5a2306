"""To which record somebody may invite, and whether whoever invited may still open it to the person who comes.

A record that exists holds somebody's history. Only a psychologist who may decide about it invites to it: they have met
the person. An administrator sees no clinical word, so none of their codes opens a record that is there already.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from clinic import access, people
from clinic.access import NotAllowed
from clinic.actor import Actor
from clinic.models.invitation import Invitation
from clinic.models.patient import Patient
from clinic.models.user import Role, User


def number_for(asked: str, *, by: Actor, at: dt.datetime) -> str:
    """The record number of a new invitation: one that is free, or the one asked for. Raises NotAllowed.

    A psychologist is refused in one sentence whatever the reason: it must not tell whose number this is.
    """
    if not asked:
        return people.free_record_number()
    record = Patient.objects.only("pk", "user_id").filter(record_number=asked).first()
    if by.role == Role.ADMINISTRATOR:
        _check_administrator(asked, record)
    elif not (_is_own(asked, by.user) if record is None else _may_claim(by.user, record, at=at)):
        raise NotAllowed(
            _("You can invite nobody to this record number. Leave it empty for somebody who is new here.")
        )
    return asked


def _check_administrator(number: str, record: Patient | None) -> None:
    """Administrators see every record number, so they are told what is the matter."""
    if record is not None and record.user_id is not None:
        raise NotAllowed(_("Somebody signs in for this record already."))
    if record is not None:
        raise NotAllowed(
            _(
                "This record exists already, so whoever joins it reads what it holds. Only the psychologist who treats "
                "the person invites them to it: put one in care first."
            )
        )
    if not _unused(number).exists():
        raise NotAllowed(_("No record has this number. Leave it empty for a new record."))


def _unused(number: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(record_number=number, accepted_at=None)


def _is_own(number: str, user: User | None) -> bool:
    """Whether the newest invitation that promised this number is theirs: a colleague's is never taken over."""
    newest = _unused(number).order_by("-invited_at", "-id").first()
    return newest is not None and user is not None and newest.invited_by_id == user.pk


def _may_claim(user: User | None, record: Patient, *, at: dt.datetime) -> bool:
    nobody_yet = record.user_id is None
    return nobody_yet and user is not None and access.REVIEW in access.rights(user, record, at=at)


def may_open(invitation: Invitation, record: Patient, *, at: dt.datetime) -> bool:
    """Whether whoever made this invitation may still give this record to the person it is about."""
    as_psychologist = invitation.invited_as == Role.PSYCHOLOGIST
    return as_psychologist and _may_claim(invitation.invited_by, record, at=at)


def with_record(rows: QuerySet[Invitation], *, at: dt.datetime) -> QuerySet[Invitation]:
    """Each with `of_record`, whether its record exists already, and `inviter_cares`: the answer of `may_open`."""
    caring = access.relationships(at=at).filter(
        kind__in=access.kinds_with(access.REVIEW),
        user=OuterRef("invited_by"),
        patient__record_number=OuterRef("record_number"),
    )
    record = Patient.objects.filter(record_number=OuterRef("record_number"))
    return rows.annotate(of_record=Exists(record), inviter_cares=Exists(caring))

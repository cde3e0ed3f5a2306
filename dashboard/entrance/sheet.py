"""The sheet that is handed over with an invitation: the code, the link, until when. Shown once, made to be printed."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_stubs_ext import StrOrPromise

from clinic.models.invitation import Invitation
from clinic.models.password_link import PasswordLink
from clinic.models.user import Role
from dashboard.times import clinic_zone, said


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on it. `who` is a printed name or a record number."""

    who: str
    role: StrOrPromise
    is_patient: bool
    code: str
    link: str
    join_url: str
    until: str


def sheet(
    request: HttpRequest, template: str, *, made: tuple[Invitation, str], at: dt.datetime, back: str
) -> HttpResponse:
    """The answer to the form that made the invitation: its code is on this page and nowhere else."""
    invitation, code = made
    shown = Sheet(
        who=invitation.printed_name or invitation.record_number,
        role=Role(invitation.role).label,
        is_patient=invitation.role == Role.PATIENT,
        code=code,
        link=request.build_absolute_uri(reverse("join-code", args=[code])),
        join_url=request.build_absolute_uri(reverse("join")),
        until=said(invitation.expires_at, at=at, zone=clinic_zone()),
    )
    return render(request, template, {"sheet": shown, "back": back}, status=201)


@dataclass(frozen=True, slots=True)
class PasswordSheet:
    """The same for a new password."""

    who: str
    is_patient: bool
    code: str
    link: str
    page_url: str
    until: str


def password_sheet(
    request: HttpRequest, *, who: str, is_patient: bool, made: tuple[PasswordLink, str], at: dt.datetime
) -> HttpResponse:
    """The answer to the form that made the link: its code is on this page and nowhere else."""
    link, code = made
    shown = PasswordSheet(
        who=who,
        is_patient=is_patient,
        code=code,
        link=request.build_absolute_uri(reverse("new-password", args=[code])),
        page_url=request.build_absolute_uri(reverse("forgot-password")),
        until=said(link.expires_at, at=at, zone=clinic_zone()),
    )
    return render(
        request, "governance/password_sheet.html", {"sheet": shown, "user_id": link.user_id}, status=201
    )

"""What every page shows around its content: the clinic, who is signed in, where one can go."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic import access, unattended
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.user import Role, StaffProfile
from clinic.safety import waiting
from dashboard import assets, languages
from dashboard.access import ActingRequest, signed_in
from dashboard.around import clinic_of, frame
from dashboard.entrance.shortcuts import GO, keys_of
from dashboard.times import said_date
from recommendations import demo, queue

LICENCE_SOON = dt.timedelta(days=60)

THEMES, THEME_COOKIE = ("light", "dark"), "countersign-theme"


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One place in the navigation. `kind` is "safety" or "help" where it must stand out; `go` is the key after G."""

    label: StrOrPromise
    url: str
    current: bool
    icon: str = ""
    kind: str = ""
    count: int = 0
    go: str = ""


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that the person could act in instead."""

    value: str
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Language:
    """A language that can be chosen, by its own name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, in which role."""

    name: str
    role_label: StrOrPromise
    other_roles: list[RoleChoice]
    notice: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the shells. For a signed-in psychologist it costs four queries, for others three or four."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    acting = signed_in(request)
    clinic = clinic_of(acting)
    context: dict[str, Any] = {
        "clinic": clinic,
        "theme": theme if theme in THEMES else "",
        "own_language": languages.of(request),
        "assets": {"fonts": assets.has_fonts(), "plotly": assets.plotly_static()},
    }
    if acting is None:
        context["languages"] = [
            Language(code, get_language_info(code)["name_local"].capitalize())
            for code, _name in settings.LANGUAGES
        ]
        context["demo_sign_ins"] = demo.sign_ins() if clinic and clinic.is_demonstration else ()
    else:
        context |= {
            "nav": NAVS[Role(acting.actor.role)](acting, _waiting(acting, clinic)),
            "person": SimpleLazyObject(lambda: _person(acting)),
        }
        if acting.actor.role == Role.PATIENT and (patient := languages.patient_of(acting)):
            context |= frame(acting, patient, clinic)
        if acting.actor.role == Role.PSYCHOLOGIST:
            context["keys"] = keys_of(request)
    return context


def _waiting(request: ActingRequest, clinic: Clinic | None) -> int:
    """What waits for whoever is signed in: messages, or for an administrator records that nobody attends to."""
    if clinic is None or request.actor.role != Role.ADMINISTRATOR:
        return getattr(clinic, "unread", None) or 0
    today = local_date(at=request.at, zone=clinic.zone)
    return unattended.records(at=request.at, today=today).count()


def _person(request: ActingRequest) -> Person:
    role = Role(request.actor.role)
    profile = StaffProfile.objects.filter(user=request.person).first()
    others = sorted(access.roles_of(request.person, at=request.at) - {role})
    return Person(
        name=profile.printed_name if profile else request.person.sign_in_name,
        role_label=role.label,
        other_roles=[RoleChoice(other.value, Role(other).label) for other in others],
        notice=_licence(profile, request) if role == Role.PSYCHOLOGIST else "",
    )


def _licence(profile: StaffProfile | None, request: ActingRequest) -> str:
    """What a psychologist must know of their own licence, 60 days before it ends and afterwards; "" while it is far."""
    until, today = profile.licence_valid_until if profile else None, request.at.date()
    if until is None:
        return gettext("No licence recorded: signing is refused")
    if until < today:
        return gettext("Your licence has ended: signing is refused")
    if until - today > LICENCE_SOON:
        return ""
    return gettext("Your licence ends {date}").format(date=said_date(until, today=today))


def _entry(request: HttpRequest, label: StrOrPromise, name: str, **more: Any) -> NavEntry:
    url = reverse(name)
    current = _is_current(request.path, name, url)
    return NavEntry(label=label, url=url, current=current, go=GO.get(name, ""), **more)


def _is_current(path: str, name: str, url: str) -> bool:
    """Whether the entry leads to where one is. A draft, and a question about one, belong to the queue."""
    if name == "portal-today":
        return path == url
    if name in {"queue", "patients"} and ("/drafts/" in path or "/questions/" in path):
        return name == "queue"
    return path.startswith(url)


def _psychologist(request: ActingRequest, unread: int) -> list[NavEntry]:
    at: dt.datetime = request.at
    drafts = queue.summary(request.person, at=at).drafts
    return [
        _entry(request, _("Queue"), "queue", count=drafts),
        _entry(request, _("Safety"), "safety", count=waiting.people(request.person), kind="safety"),
        _entry(request, _("Patients"), "patients"),
        _entry(request, _("Messages"), "conversations", count=unread),
        _entry(request, _("Catalogue"), "catalogue"),
    ]


def _administrator(request: ActingRequest, waiting: int) -> list[NavEntry]:
    return [
        _entry(request, _("People"), "manage-people"),
        _entry(request, _("Care teams"), "manage-teams", count=waiting),
        _entry(request, _("On call"), "manage-rota"),
        _entry(request, _("Questionnaires"), "manage-instruments"),
        _entry(request, _("AI switches"), "manage-switch"),
        _entry(request, _("Safety"), "manage-safety"),
        _entry(request, _("Health"), "manage-health"),
        _entry(request, _("Audit"), "manage-audit"),
    ]


def _patient(request: ActingRequest, unread: int) -> list[NavEntry]:
    return [
        _entry(request, _("Today"), "portal-today", icon="home"),
        _entry(request, _("My plan"), "portal-plan", icon="plan"),
        _entry(request, _("My mood"), "portal-mood", icon="mood"),
        _entry(request, _("Messages"), "portal-messages", icon="chat", count=unread),
        _entry(request, _("About me"), "portal-about", icon="person"),
        _entry(request, _("Get help"), "portal-help", icon="phone", kind="help"),
    ]


NAVS: dict[Role, Callable[[ActingRequest, int], list[NavEntry]]] = {
    Role.PSYCHOLOGIST: _psychologist,
    Role.ADMINISTRATOR: _administrator,
    Role.PATIENT: _patient,
}

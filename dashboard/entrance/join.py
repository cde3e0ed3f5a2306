"""Joining by an invitation: the code, then an account that the person makes themselves. Open to everybody."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import clock, guessing, invitations, joining, password_links
from clinic.actor import NOBODY, log
from clinic.clock import local_date
from clinic.invitations import Ended, NameTaken, UnknownCode
from clinic.joining import Joined, Newcomer, WrongBirthDate
from clinic.models.invitation import Invitation, InvitationState
from clinic.models.user import Role
from clinic.safety.help import HelpCard
from clinic.safety.ledger.reading import read
from dashboard import languages
from dashboard.access import EVERYBODY, ActingRequest, act_as, allow, begin_session, home_of
from dashboard.entrance.help_card import of_detection
from dashboard.entrance.join_forms import CodeForm, JoinForm, PatientJoinForm
from dashboard.entrance.suggested import suggested_name

LONGEST_READ = 10_000
"""Characters of a field that are read for danger, as many as a note may have; the form takes fewer."""

BACKEND = "django.contrib.auth.backends.ModelBackend"


@allow(EVERYBODY)
@require_http_methods(["GET", "POST"])
def join(request: ActingRequest) -> HttpResponse:
    """Type the code."""
    if request.method == "GET":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    found = _invitation(request, form.cleaned_data["code"])
    if isinstance(found, HttpResponse):
        return found
    return redirect("join-code", code=invitations.tidied(form.cleaned_data["code"]))


@allow(EVERYBODY)
@require_http_methods(["GET", "POST"])
def join_code(request: ActingRequest, code: str) -> HttpResponse:
    """Choose how to sign in; a patient says who they are. Nothing is made before all of it fits."""
    found = _invitation(request, code)
    if isinstance(found, HttpResponse):
        return found
    form = _form(request, found)
    if request.method == "GET":
        return _join_page(request, found, form)
    if not form.is_valid():
        return _join_page(request, found, form, status=422)
    return _joined(request, found, form, code)


def _joined(request: ActingRequest, invitation: Invitation, form: JoinForm, code: str) -> HttpResponse:
    given = {name: value for name, value in form.cleaned_data.items() if name != "repeated"}
    try:
        joined = joining.join(code=code, newcomer=Newcomer(**given), submission=uuid4(), at=clock.now())
    except NameTaken:
        form.name_is_taken()
        return _join_page(request, invitation, form, status=422)
    except WrongBirthDate as wrong:
        return _not_the_same(request, invitation, form, wrong.left)
    except Ended as ended:
        return _ended_page(request, ended)
    return _enter(request, joined)


def _not_the_same(request: ActingRequest, invitation: Invitation, form: JoinForm, left: int) -> HttpResponse:
    """What was said is not what the record holds; nothing else is told. After the last try the code is over."""
    if not left:
        return _ended_page(request, Ended(InvitationState.GUESSED))
    form.does_not_fit("birth_date", left)
    return _join_page(request, invitation, form, status=422)


def _invitation(request: ActingRequest, code: str) -> Invitation | HttpResponse:
    """The open invitation of a code, or the page that says why there is none and what to do."""
    try:
        return invitations.of_code(code, at=clock.now())
    except Ended as ended:
        return _ended_page(request, ended)
    except UnknownCode:
        if password_links.is_known(code):
            return redirect("new-password", code=invitations.tidied(code))
        if guessing.is_guessing(request):
            return render(request, "entrance/join_paused.html", status=429)
        with transaction.atomic():
            log("join_failed", by=NOBODY, at=clock.now())
        guessing.count_wrong_code(request)
        form = CodeForm({"code": code[:60]})
        form.add_error("code", _("No invitation has this code. Compare it letter by letter with the paper."))
        return _code_page(request, form, status=422)


def _form(request: ActingRequest, invitation: Invitation) -> JoinForm:
    given = request.POST if request.method == "POST" else None
    if invitation.role != Role.PATIENT:
        return JoinForm(given)
    today = local_date(at=clock.now(), zone=invitation.zone)
    first = {"sign_in_name": suggested_name()}
    asked = joining.needs_birth_date(invitation)
    return PatientJoinForm(given, today=today, needs_birth_date=asked, initial=first)


def _code_page(request: ActingRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "entrance/join_code.html", {"form": form}, status=status)


def _join_page(
    request: ActingRequest, invitation: Invitation, form: JoinForm, *, status: int = 200
) -> HttpResponse:
    shown = {
        "form": form,
        "card": _card_for_words(request, invitation),
        "is_patient": invitation.role == Role.PATIENT,
        "role": Role(invitation.role).label,
        "name": invitation.printed_name,
        "record_number": invitation.record_number,
    }
    return render(request, "entrance/join.html", shown, status=status)


def _card_for_words(request: ActingRequest, invitation: Invitation) -> HelpCard | None:
    """The help card where what was typed asks for one, also while nothing could be stored yet."""
    typed = "\n".join(request.POST.get(name, "")[:LONGEST_READ] for name in ("name", "pronouns", "phone"))
    if invitation.role != Role.PATIENT or not typed.strip():
        return None
    detection = read(typed, language=invitation.language)
    return of_detection(detection, language=invitation.language) if detection.level else None


def _ended_page(request: ActingRequest, ended: Ended) -> HttpResponse:
    return render(request, "entrance/join_ended.html", {"state": str(ended.state)}, status=410)


def _enter(request: ActingRequest, joined: Joined) -> HttpResponse:
    """Sign the newcomer in; a patient is led to their choices, and to help first where their words ask for it."""
    user, role = joined.actor.user, Role(joined.actor.role)
    assert user is not None  # noqa: S101  whoever joined has an account
    with transaction.atomic():
        login(request, user, backend=BACKEND)
        act_as(request, role)
        begin_session(request, at=clock.now())
        log("signed_in", by=joined.actor, at=clock.now())
    if role != Role.PATIENT:
        messages.success(
            request, _("Your account is ready. From now on you sign in with this name and password.")
        )
        return redirect(home_of(role))
    messages.success(
        request, _("Welcome. Nothing is kept, shared or read by AI until you say so: each choice is yours.")
    )
    if joined.notice and joined.notice.detection.level:
        card = of_detection(joined.notice.detection, language=languages.of(request))
        return render(request, "entrance/join_help.html", {"card": card})
    return redirect("portal-about")

"""Tokens for programs that act for oneself: making one, which is shown once, and revoking it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from clinic import reauth, token_ends, tokens
from clinic.access import NotAllowed
from clinic.models.token import ApiToken, Scope
from clinic.reauth import NotConfirmed
from dashboard.access import SIGNED_IN, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.entrance.frames import frame_of, zone_of
from dashboard.times import said

DAYS = (("7", gettext_lazy("A week")), ("90", gettext_lazy("90 days")), ("365", gettext_lazy("A year")))


class TokenForm(forms.Form):
    """A new token: what it is for, what it may do, how long, and one's own password."""

    label = forms.CharField(
        label=gettext_lazy("Name of the program"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    lasts = forms.ChoiceField(label=gettext_lazy("For"), choices=DAYS, initial="90", widget=forms.RadioSelect)
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Give your password.")},
    )

    def __init__(self, *args: object, role: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [(scope.value, scope.label) for scope in tokens.SCOPES.get(role, ())]
        self.fields["scopes"].choices = offered  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in words."""

    token_id: UUID
    label: str
    may: str
    made: str
    ends: str
    used: str


@allow(SIGNED_IN, outsider=ended)
@require_http_methods(["GET", "POST"])
def own(request: ActingRequest) -> HttpResponse:
    """One's tokens and the form for another; the answer to it shows the secret, once."""
    role = request.actor.role
    if request.method == "GET":
        typed = resume.take(request)
        return _page(request, TokenForm(role=role, initial=typed.fields.dict() if typed else {}))
    form = TokenForm(request.POST, role=role)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _made(request, form)


def _made(request: ActingRequest, form: TokenForm) -> HttpResponse:
    said_so = form.cleaned_data
    try:
        reauth.confirm(request, user=request.person, password=said_so["password"], at=request.at)
        _token, secret = tokens.make(
            label=said_so["label"],
            scopes=said_so["scopes"],
            lasts=dt.timedelta(days=int(said_so["lasts"])),
            by=request.actor,
            at=request.at,
        )
    except NotConfirmed as refused:
        form.add_error("password", str(refused))
        return _page(request, form, status=422)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=422)
    return _page(
        request, TokenForm(role=request.actor.role), secret=secret, label=said_so["label"], status=201
    )


@allow(SIGNED_IN)
@require_POST
def revoke(request: ActingRequest, token_id: UUID) -> HttpResponse:
    """End one of one's own tokens at once."""
    token = ApiToken.objects.filter(pk=token_id, user=request.person).first()
    if token is None:
        raise Http404
    token_ends.revoke(token=token, by=request.actor, at=request.at)
    messages.success(request, _("Revoked. A program that used it is refused from now on."))
    return redirect("tokens")


def _page(request: ActingRequest, form: TokenForm, *, status: int = 200, **more: object) -> HttpResponse:
    zone = zone_of(request)
    shown = {
        "form": form,
        "lines": [line(each, request, zone) for each in token_ends.of_person(request.person, at=request.at)],
    }
    return render(request, "entrance/tokens.html", shown | frame_of(request) | more, status=status)


def line(token: ApiToken, request: ActingRequest, zone: str) -> TokenLine:
    """A token as a page shows it."""
    return TokenLine(
        token_id=token.pk,
        label=token.label,
        may=", ".join(str(Scope(each).label) for each in token.scopes),
        made=said(token.made_at, at=request.at, zone=zone),
        ends=said(token.expires_at, at=request.at, zone=zone),
        used=said(token.used_at, at=request.at, zone=zone) if token.used_at else _("not yet"),
    )

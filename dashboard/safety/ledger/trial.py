"""Trying a change of danger detection on the past, and signing it as a release."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clinic import reauth
from clinic.actor import log
from clinic.models.danger import DangerReplay, ReleaseReason
from clinic.reauth import NotConfirmed
from clinic.safety.ledger import active, releases, replay
from clinic.safety.ledger.releases import ReleaseRefused
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.entrance.ended import ended
from dashboard.safety.ledger.effects import trial_page
from dashboard.safety.ledger.forms import ReleaseForm, TryForm
from dashboard.safety.ledger.page import render_ledger
from dashboard.times import clinic_zone


@allow(PSYCHOLOGIST, outsider=ended)
@require_POST
def try_change(request: ActingRequest) -> HttpResponse:
    """Try thresholds on the past. Nothing changes by that."""
    form = TryForm(request.POST)
    if not form.is_valid():
        return render_ledger(request, form, status=422)
    asked = {"thresholds": form.thresholds, "read_texts": form.cleaned_data["texts"]}
    try:
        tried = replay.start(**asked, by=request.actor, at=request.at)
    except replay.ReadAlready as refused:
        form.add_error("texts", str(refused))
        return render_ledger(request, form, status=422)
    return redirect("ledger-trial", trial_id=tried.pk)


@allow(PSYCHOLOGIST)
@require_GET
def trial(request: ActingRequest, trial_id: UUID) -> HttpResponse:
    """What the change would have done, and the form to sign it where it may be signed."""
    tried = _load(trial_id)
    with transaction.atomic():
        log("ledger_opened", by=request.actor, at=request.at, subject=tried)
    return _shown(request, tried, _form(initial={"seen": tried.digest}))


@allow(PSYCHOLOGIST, outsider=ended)
@require_POST
def sign(request: ActingRequest, trial_id: UUID) -> HttpResponse:
    """Sign what was tried as a release, with the password."""
    tried, form = _load(trial_id), _form(request.POST)
    if not form.is_valid():
        return _shown(request, tried, form, failure=_("This was not signed."))
    try:
        given = form.cleaned_data["password"]
        proof = reauth.confirm(request, user=request.person, password=given, at=request.at)
        release = releases.sign(
            tried=tried,
            seen=form.cleaned_data["seen"],
            reason=ReleaseReason(form.cleaned_data["reason"]),
            knows_what_is_lost=form.cleaned_data["lost"],
            proof=proof,
            by=request.actor,
            at=request.at,
        )
    except (NotConfirmed, ReleaseRefused) as refused:
        with transaction.atomic():
            log("signing_refused", by=request.actor, at=request.at, subject=tried, reason="danger_release")
        if isinstance(refused, NotConfirmed):
            form.add_error("password", str(refused))
        return _shown(request, tried, form, failure=_("This was not signed. %(why)s") % {"why": refused})
    messages.success(
        request,
        _("Release {number} is signed. Every program uses it within seconds.").format(number=release.number),
    )
    return redirect("ledger")


def _form(*args: Any, **kwargs: Any) -> ReleaseForm:
    return ReleaseForm(*args, is_first=active.newest() is None, **kwargs)


def _load(trial_id: UUID) -> DangerReplay:
    found = DangerReplay.objects.select_related("asked_by__staff").filter(pk=trial_id).first()
    if found is None:
        raise Http404
    return found


def _shown(
    request: ActingRequest, tried: DangerReplay, form: ReleaseForm, *, failure: str = ""
) -> HttpResponse:
    page = trial_page(tried, at=request.at, zone=clinic_zone())
    context = {"page": page, "form": form, "failure": failure}
    return render(request, "safety/ledger_trial.html", context, status=422 if failure or form.errors else 200)

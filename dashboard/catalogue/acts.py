"""Signing a text for use in this clinic, and ending its use."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic import reauth
from clinic.actor import log
from clinic.reauth import NotConfirmed
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.catalogue.forms import TextSignForm
from dashboard.catalogue.loader import version_of, versions_of
from dashboard.catalogue.text import show
from dashboard.entrance.ended import ended
from recommendations.catalogue import write
from recommendations.catalogue.write import TextRefused
from recommendations.review import ReviewRefused


@allow(PSYCHOLOGIST, outsider=ended)
@require_POST
def sign(request: ActingRequest, step: str) -> HttpResponse:
    """Sign the version that the form names, with the password; nothing is suggested from it before."""
    versions, form = versions_of(step), TextSignForm(request.POST)
    shown = version_of(versions, request.POST.get("version", ""))
    if not form.is_valid():
        return show(request, shown, versions, form, failure=_("This was not signed."))
    try:
        given = form.cleaned_data["password"]
        proof = reauth.confirm(request, user=request.person, password=given, at=request.at)
        seen = form.cleaned_data["seen"]
        write.sign_text(text=shown, seen=seen, proof=proof, by=request.actor, at=request.at)
    except (NotConfirmed, TextRefused, ReviewRefused) as refused:
        with transaction.atomic():
            log("signing_refused", by=request.actor, at=request.at, subject=shown.row, reason="text")
        if isinstance(refused, NotConfirmed):
            form.add_error("password", str(refused))
        words = _("This was not signed. %(why)s") % {"why": refused}
        return show(request, shown, versions, form, failure=words)
    messages.success(
        request, _("Signed for use in this clinic. Suggestions may be drafted from it from now on.")
    )
    return redirect("catalogue-text", step=step)


@allow(PSYCHOLOGIST, outsider=ended)
@require_POST
def withdraw(request: ActingRequest, step: str) -> HttpResponse:
    """End the use of a version that is merely not used any more. What is unsafe has a page of its own."""
    shown = version_of(versions_of(step), request.POST.get("version", ""))
    try:
        if shown.row is None:
            raise TextRefused(_("Nobody has signed this text, so it is not in use."))
        write.end_use(row=shown.row, by=request.actor, at=request.at)
    except TextRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("No longer used here. Drafts and signed steps that came from it stay."))
    return redirect("catalogue-text", step=step)

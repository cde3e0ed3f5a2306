"""Writing a new version of a text, or the first of a new step: unsigned, so nothing is suggested from it yet."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.catalogue.forms import NewStepForm, VersionForm, initial_of
from dashboard.catalogue.loader import versions_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from recommendations.catalogue import lint, write
from recommendations.catalogue.texts import Text
from recommendations.catalogue.write import TextRefused


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, step: str) -> HttpResponse:
    """The newest version in a form, or what had been typed."""
    newest = versions_of(step)[0]
    if request.method == "POST":
        return _write(request, newest, VersionForm(request.POST))
    typed = resume.take(request)
    form = VersionForm(typed.fields) if typed else VersionForm(initial=initial_of(newest.entry))
    with transaction.atomic():
        log("catalogue_opened", by=request.actor, at=request.at, subject=newest.row, reason=step)
    return _page(request, newest, form, resumed=typed is not None)


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def propose(request: ActingRequest) -> HttpResponse:
    """An empty form for a step that the catalogue does not have, or what had been typed."""
    if request.method == "POST":
        return _propose(request, NewStepForm(request.POST))
    typed = resume.take(request)
    form = NewStepForm(typed.fields) if typed else NewStepForm(initial={"rank": "2"})
    with transaction.atomic():
        log("catalogue_opened", by=request.actor, at=request.at, reason="new")
    return _page(request, None, form, resumed=typed is not None)


def _propose(request: ActingRequest, form: NewStepForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, None, form, failure=(_("Something is missing. It is marked below."),))
    body = form.body(code=form.cleaned_data["code"], language=lint.ENGLISH)
    try:
        row = write.propose(body=body, by=request.actor, at=request.at)
    except TextRefused as refused:
        return _page(request, None, form, failure=refused.findings)
    messages.success(request, _("Proposed. Nothing is suggested from it until it is signed."))
    return redirect("catalogue-text", step=row.code)


def _write(request: ActingRequest, newest: Text, form: VersionForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, newest, form, failure=(_("Something is missing. It is marked below."),))
    try:
        row = write.write_version(
            body=form.body(code=newest.entry.code, language=newest.entry.language),
            based_on=form.cleaned_data["based_on"],
            by=request.actor,
            at=request.at,
        )
    except TextRefused as refused:
        return _page(request, newest, form, failure=refused.findings)
    words = _("Version %(version)s is written. Nothing is suggested from it until it is signed.")
    messages.success(request, words % {"version": row.version})
    return redirect("catalogue-text", step=row.code)


def _page(
    request: ActingRequest,
    newest: Text | None,
    form: VersionForm,
    *,
    failure: tuple[str, ...] = (),
    resumed: bool = False,
) -> HttpResponse:
    context = {
        "entry": newest.entry if newest else None,
        "form": form,
        "failure": failure,
        "resumed": resumed,
    }
    return render(request, "catalogue/edit.html", context, status=422 if failure else 200)

"""Writing a new version of a text. It is an unsigned draft: nothing is suggested from it until it is signed."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.catalogue.forms import VersionForm, initial_of
from dashboard.catalogue.loader import versions_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from recommendations.catalogue import write
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


def _write(request: ActingRequest, newest: Text, form: VersionForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, newest, form, failure=(_("Something is missing. It is marked below."),))
    try:
        row = write.write_version(
            body=form.body(newest.entry),
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
    newest: Text,
    form: VersionForm,
    *,
    failure: tuple[str, ...] = (),
    resumed: bool = False,
) -> HttpResponse:
    context = {"entry": newest.entry, "form": form, "failure": failure, "resumed": resumed}
    return render(request, "catalogue/edit.html", context, status=422 if failure else 200)

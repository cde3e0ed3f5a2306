"""The page of one text: what a patient would read, its rules, what was changed, and the signature for use."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.catalogue.context import text_page
from dashboard.catalogue.forms import TextSignForm
from dashboard.catalogue.loader import version_of, versions_of
from dashboard.catalogue.reported import reported
from dashboard.times import clinic_zone
from recommendations.catalogue.texts import Text


@allow(PSYCHOLOGIST)
@require_GET
def text(request: ActingRequest, step: str) -> HttpResponse:
    """The newest version, or the one that `?version=` names."""
    versions = versions_of(step)
    shown = version_of(versions, request.GET.get("version", ""))
    with transaction.atomic():
        log("catalogue_opened", by=request.actor, at=request.at, subject=shown.row, reason=step)
    return show(request, shown, versions, TextSignForm(initial=_seen(shown)))


def show(
    request: ActingRequest, shown: Text, versions: list[Text], form: TextSignForm, *, failure: str = ""
) -> HttpResponse:
    """The page with a form that may hold errors: a signature that failed comes back with 422."""
    page = text_page(shown, versions, at=request.at, zone=clinic_zone())
    told = reported(request, shown.entry.code, versions)
    context = {"page": page, "form": form, "failure": failure, "reported": told}
    return render(request, "catalogue/text.html", context, status=422 if failure or form.errors else 200)


def _seen(shown: Text) -> dict[str, str]:
    return {"version": shown.entry.version, "seen": shown.entry.digest}

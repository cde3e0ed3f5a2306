"""Safety for administrators: figures of the alerts without names, and the clinic's settings for answering them."""

import csv
from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic.actor import log
from clinic.models.clinic import Clinic
from clinic.models.safety import AlertLevel, AlertOutcome
from clinic.safety import clinic_settings, counts
from clinic.safety.counts import Figure
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.downloads import download
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance.safety_forms import SETTINGS, SettingsForm
from dashboard.times import clinic_zone

COLUMNS = ("year", "category", "level", "outcome", "alerts")


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def figures(request: ActingRequest) -> HttpResponse:
    """The figures, and the settings; a POST changes these."""
    clinic = Clinic.objects.get()
    if request.method == "POST":
        return _changed(request, clinic)
    with transaction.atomic():
        log("safety_counts_opened", by=request.actor, at=request.at)
    kept = resume.take(request)
    begun = {name: getattr(clinic, name) for name in SETTINGS}
    return _page(request, clinic, SettingsForm(initial=kept.fields.dict() if kept else begun))


def _changed(request: ActingRequest, clinic: Clinic) -> HttpResponse:
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, clinic, form, status=422)
    given = form.cleaned_data
    try:
        clinic_settings.change(
            high=given["reassess_high_days"],
            moderate=given["reassess_moderate_days"],
            low=given["reassess_low_days"],
            welfare_route=given["welfare_route"],
            by=request.actor,
            at=request.at,
        )
    except clinic_settings.SettingsRefused:
        form.add_error(
            None, _("Nothing was stored: a graver risk is judged again no later than a smaller one.")
        )
        return _page(request, clinic, form, status=422)
    messages.success(request, _("Stored."))
    return redirect("manage-safety")


def _page(request: ActingRequest, clinic: Clinic, form: SettingsForm, *, status: int = 200) -> HttpResponse:
    rows = [_said(each) for each in counts.figures(zone=clinic.zone)]
    return render(request, "governance/safety.html", {"rows": rows, "form": form}, status=status)


def _said(figure: Figure) -> dict[str, Any]:
    every = figure.category == counts.EVERY
    is_open = figure.outcome == counts.OPEN
    return {
        "year": figure.year,
        "category": _("every alert") if every else figure.category.replace("_", " "),
        "level": AlertLevel(figure.level).label,
        "outcome": _("still open") if is_open else AlertOutcome(figure.outcome).label,
        "alerts": figure.alerts,
    }


@allow(ADMINISTRATOR)
@require_GET
def figures_csv(request: ActingRequest) -> HttpResponse:
    """The figures as CSV: codes and counts, no name and no record number."""
    with transaction.atomic():
        log("safety_counts_downloaded", by=request.actor, at=request.at)
    lines = _lines(counts.figures(zone=clinic_zone()))
    return cast(
        HttpResponse, download(name="safety-alerts.csv", content_type="text/csv; charset=utf-8", chunks=lines)
    )


class _Line:
    """A file of one line, for the writer of the standard library."""

    def write(self, text: str) -> str:
        """Give the line back instead of keeping it."""
        return text


def _lines(found: list[Figure]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for each in found:
        level = AlertLevel(each.level).name.lower()
        yield writer.writerow((each.year, each.category, level, each.outcome, each.alerts))

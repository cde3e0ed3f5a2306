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
from clinic.safety.counts import Told
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.downloads import download
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance.safety_forms import SETTINGS, SettingsForm
from dashboard.times import clinic_zone

NOT_TOLD = "not told"
"""In the place of a count that would tell of 1 to 10 people."""
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
    years = [_said(each) for each in counts.figures(zone=clinic.zone, at=request.at)]
    return render(request, "governance/safety.html", {"years": years, "form": form}, status=status)


def _said(told: Told) -> dict[str, Any]:
    return {
        "told": told,
        "outcomes": [(AlertOutcome(outcome).label, count) for outcome, count in told.outcomes],
    }


@allow(ADMINISTRATOR)
@require_GET
def figures_csv(request: ActingRequest) -> HttpResponse:
    """The figures as CSV: codes and counts, no name and no record number, nothing that tells of a few people."""
    with transaction.atomic():
        log("safety_counts_downloaded", by=request.actor, at=request.at)
    lines = _lines(counts.figures(zone=clinic_zone(), at=request.at))
    return cast(
        HttpResponse, download(name="safety-alerts.csv", content_type="text/csv; charset=utf-8", chunks=lines)
    )


class _Line:
    """A file of one line, for the writer of the standard library."""

    def write(self, text: str) -> str:
        """Give the line back instead of keeping it."""
        return text


def _lines(found: list[Told]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for each in found:
        for category, level, outcome, alerts in _rows(each):
            yield writer.writerow(
                (each.year, category, level, outcome, NOT_TOLD if alerts is None else alerts)
            )


def _rows(told: Told) -> Iterator[tuple[str, str, str, int | None]]:
    yield (counts.EVERY, counts.EVERY, "", told.total)
    for line in told.lines:
        yield (line.category, counts.EVERY, "", line.alerts)
        for level, count in zip(AlertLevel, line.counts, strict=True):
            yield (line.category, level.name.lower(), "", count)
    for outcome, count in told.outcomes:
        yield (counts.EVERY, counts.EVERY, outcome, count)

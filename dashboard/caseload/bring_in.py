"""Bringing in records from elsewhere by the browser: for people who are new here, or into one record."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from clinic import access, keys
from clinic.actor import log
from clinic.imports.refused import ImportRefused
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.uploads import NO_ROOM, TOO_LARGE, fault_of, takes_a_file
from recommendations.fhir.incoming.uploads import Summary, take_in_file

MOST_LISTED = 200
"""Reasons on one page; the number of all is said."""

DRAWN: dict[str, StrOrPromise] = {
    "facts": gettext_lazy("Facts in the profile"),
    "numbers": gettext_lazy("Numbers"),
    "questionnaires": gettext_lazy("Answered questionnaires"),
    "signs_of_danger": gettext_lazy("Signs of danger, each a line in the safety list"),
    "left_out_without_consent": gettext_lazy("Left out: no consent is written down"),
}


class BringInForm(forms.Form):
    """The file, and where the consent stands on which it is taken in."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("FHIR R4 as JSON or NDJSON, or a CSV table of numbers. Up to 50 MB."),
        widget=forms.ClearableFileInput(attrs={"class": "input", "accept": ".json,.ndjson,.csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    consent_record = forms.CharField(
        label=gettext_lazy("Where does the person’s consent stand?"),
        help_text=gettext_lazy(
            "For example: consent form of 3 May, folder 12. Left empty, the records are kept as history, no number is "
            "drawn from them and no AI reading uses them."
        ),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of resource in the summary."""

    kind: str
    new: int
    known: int
    unused: int


@takes_a_file
@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def bring_in(request: ActingRequest) -> HttpResponse:
    """Take in a file about people who get records here, or about the own caseload."""
    return _page(request, None)


@takes_a_file
@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def bring_into(request: ActingRequest, ref: str) -> HttpResponse:
    """Take in a file into this record."""
    record = record_of(request, ref, right=access.REVIEW)
    if request.method == "GET":
        with transaction.atomic():
            log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="import")
    return _page(request, record)


def _page(request: ActingRequest, record: Record | None) -> HttpResponse:
    typed = resume.take(request) if request.method == "GET" else None
    context: dict[str, Any] = {
        "record": record,
        "banner": banner(request, record) if record else None,
        "action": request.path,
        "resumed": typed is not None,
    }
    if request.method == "GET":
        form = BringInForm(
            initial={"consent_record": typed.fields.get("consent_record", "")} if typed else None
        )
        return render(request, "caseload/import.html", context | {"form": form})
    form = BringInForm(request.POST, request.FILES)
    if not _arrived(request, form):
        return render(request, "caseload/import.html", context | {"form": form}, status=422)
    return _take(request, record, form, context)


def _arrived(request: ActingRequest, form: BringInForm) -> bool:
    """Whether the file is here whole; where it is not, the reason stands beside the field."""
    faults = {
        TOO_LARGE: _(
            "This file is larger than 50 MB. An administrator can take it in by the command import_fhir."
        ),
        NO_ROOM: _(
            "The disk of the clinic is full, so nothing was stored. Tell whoever runs this installation."
        ),
    }
    valid = form.is_valid()
    if fault := faults.get(fault_of(request)):
        form.errors.pop("file", None)
        form.add_error("file", fault)
    return valid and not form.errors


def _take(
    request: ActingRequest, record: Record | None, form: BringInForm, context: dict[str, Any]
) -> HttpResponse:
    upload: TemporaryUploadedFile = form.cleaned_data["file"]
    try:
        summary = take_in_file(
            path=Path(upload.temporary_file_path()),
            into=record.patient if record else None,
            consent_record=form.cleaned_data["consent_record"].strip(),
            by=request.actor,
            at=request.at,
        )
    except ImportRefused as refused:
        listed = [str(reason) for reason in refused.reasons[:MOST_LISTED]]
        told = {"form": form, "reasons": listed, "more": len(refused.reasons) - len(listed)}
        return render(request, "caseload/import.html", context | told, status=422)
    except (DatabaseError, keys.KeysUnavailable):
        form.add_error(
            "file", _("The database did not take it, so nothing was stored. Try again in a moment.")
        )
        return render(request, "caseload/import.html", context | {"form": form}, status=503)
    return render(request, "caseload/imported.html", context | _shown(request, summary))


def _shown(request: ActingRequest, summary: Summary) -> dict[str, Any]:
    kinds = sorted({*summary.new, *summary.known, *summary.unused})
    mine = access.records(request.person, at=request.at).filter(record_number__in=summary.records)
    records = [
        {"number": number, "url": reverse("patient", args=[number]), "fresh": number in summary.fresh_records}
        for number in sorted(mine.values_list("record_number", flat=True))
    ]
    return {
        "summary": summary,
        "records": records,
        "rows": [
            Row(kind, summary.new.get(kind, 0), summary.known.get(kind, 0), summary.unused.get(kind, 0))
            for kind in kinds
        ],
        "drawn": [(DRAWN.get(name, name), count) for name, count in sorted(summary.drawn.items()) if count],
        "anything": sum(summary.new.values()) > 0,
    }

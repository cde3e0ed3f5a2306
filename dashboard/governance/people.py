"""The lists of people."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.actor import log
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.governance import loader
from dashboard.governance.context.people import PatientList, StaffList, patient_list, staff_list
from dashboard.times import clinic_zone


@allow(ADMINISTRATOR)
@require_GET
def people(request: ActingRequest) -> HttpResponse:
    """Staff by printed name, or patients by record number and sign-in name."""
    patients, query = request.GET.get("show") == "patients", loader.query(request)
    listed: StaffList | PatientList
    if patients:
        listed = patient_list(query=query, after=loader.query(request, "after"))
    else:
        listed = staff_list(query=query, after=loader.cursor(request), at=request.at, zone=clinic_zone())
    with transaction.atomic():
        facts = {"listed": "patients" if patients else "staff", "rows": len(listed.lines)}
        log("people_page_opened", by=request.actor, at=request.at, facts=facts)
    shown = {"listed": listed, "patients": patients, "query": query, "paged": "after" in request.GET}
    return render(request, "governance/people.html", shown)

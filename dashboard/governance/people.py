"""The lists of people, and adding a member of staff."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from clinic import staff
from clinic.actor import log
from clinic.models.user import Role
from clinic.staff import NewStaff
from dashboard.access import ADMINISTRATOR, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.governance import loader
from dashboard.governance.context.people import PatientList, StaffList, patient_list, staff_list
from dashboard.governance.forms import AddStaffForm
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


@allow(ADMINISTRATOR, outsider=ended)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Add a member of staff. The answer shows the password, once: it is kept nowhere in readable form."""
    if request.method == "GET":
        typed = resume.take(request)
        form = AddStaffForm(initial=typed.fields.dict() if typed else {"role": Role.PSYCHOLOGIST})
        return render(request, "governance/add.html", {"form": form, "resumed": typed is not None})
    form = AddStaffForm(request.POST)
    if not form.is_valid():
        return render(request, "governance/add.html", {"form": form}, status=422)
    person = NewStaff(**(form.cleaned_data | {"role": Role(form.cleaned_data["role"])}))
    user, password = staff.add(person=person, by=request.actor, at=request.at)
    shown = {
        "name": person.printed_name,
        "sign_in_name": user.sign_in_name,
        "password": password,
        "user_id": user.pk,
    }
    return render(request, "governance/password.html", shown | {"added": True}, status=201)

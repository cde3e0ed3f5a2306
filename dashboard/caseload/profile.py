"""The profile of one record: what is known by topic, with its source; recording, correcting and ending a fact."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import access, consent, profile
from clinic.actor import log
from clinic.fact_rows import NewFact
from clinic.models.consent import Purpose, Source
from clinic.models.profile import Origin, ProfileFact, Topic
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.fact_forms import CorrectionForm, FactForm, submission_of
from dashboard.caseload.fact_lines import earlier_of, groups_of, may_be_marked
from dashboard.caseload.loader import Record, record_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from recommendations import permissions

CORRECT, END = "correct", "end"


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def profile_page(request: ActingRequest, ref: str) -> HttpResponse:
    """Whoever may open the record reads it; whoever decides about the person writes in it."""
    if request.method == "POST":
        record = record_of(request, ref, right=access.REVIEW)
        return _posted(request, record, _facts(record))
    record = record_of(request, ref)
    typed = resume.take(request)
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="profile")
    return _page(request, record, _facts(record), entered=typed.fields if typed else None)


def _facts(record: Record) -> list[ProfileFact]:
    """Every row that this person may see. One query, and one more where nothing is agreed about records from elsewhere.

    Those are the history that a care team must know: they are shown unless the patient withdrew that they are shared.
    """
    agreed = record.standing.agreed(Purpose.SHARE, Source.IMPORTED)
    shown = agreed or not consent.refused(record.patient, source=Source.IMPORTED, purpose=Purpose.SHARE)
    return profile.shown_to_staff(profile.history(record.patient), imported_shared=shown)


def _posted(request: ActingRequest, record: Record, facts: list[ProfileFact]) -> HttpResponse:
    act = request.POST.get("act", "")
    if act not in (CORRECT, END):
        form = FactForm(request.POST)
        return _recorded(request, record, form) if form.is_valid() else _refused(request, record, facts)
    fact = _one(facts, request.POST.get("fact", ""))
    correction = CorrectionForm(request.POST)
    if act == CORRECT and not correction.is_valid():
        return _refused(request, record, facts)
    try:
        if act == CORRECT:
            said = {name: correction.cleaned_data[name] for name in ("words", "dated")}
            code = correction.code if may_be_marked(fact) else fact.code
            permissions.correct_fact(fact=fact, **said, code=code, by=request.actor, at=request.at)
            messages.success(request, _("Corrected. What stood there before stays in the record."))
        else:
            permissions.end_fact(fact=fact, by=request.actor, at=request.at)
            messages.success(request, _("Ended. It stays in the record under Earlier."))
    except profile.FactRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("profile", ref=record.patient.record_number)


def _recorded(request: ActingRequest, record: Record, form: FactForm) -> HttpResponse:
    fact = NewFact(
        topic=Topic(form.cleaned_data["topic"]),
        origin=Origin.STAFF,
        words=form.cleaned_data["words"],
        dated=form.cleaned_data["dated"],
        code=form.code,
        submission=submission_of(request.POST),
    )
    permissions.record_fact(patient=record.patient, fact=fact, by=request.actor, at=request.at)
    messages.success(request, _("Recorded."))
    return redirect("profile", ref=record.patient.record_number)


def _one(facts: list[ProfileFact], wanted: str) -> ProfileFact:
    found = next((fact for fact in facts if str(fact.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def _refused(request: ActingRequest, record: Record, facts: list[ProfileFact]) -> HttpResponse:
    return _page(request, record, facts, entered=request.POST, status=422)


def _page(
    request: ActingRequest, record: Record, facts: list[ProfileFact], *, entered: Any, status: int = 200
) -> HttpResponse:
    """The page; `entered` is what was typed into one of its forms, which stands open with it again."""
    corrected = entered.get("fact", "") if entered and entered.get("act") == CORRECT else ""
    standing, before = profile.parted(facts)
    context = {
        "record": record,
        "banner": banner(request, record),
        "form": FactForm(entered if entered and not corrected else None),
        "submission": submission_of(entered or {}),
        "groups": groups_of(
            standing, record, at=request.at, correction=(corrected, entered) if corrected else None
        ),
        "earlier": earlier_of(before, facts, record, at=request.at),
        "resumed": bool(entered) and status == 200,
        "wrong": status == 422,
    }
    return render(request, "caseload/profile.html", context, status=status)

"""Taking back what the patient cannot read yet, withdrawing what they can."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic import access
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.loader import Record, record_of
from dashboard.caseload.plans import kinds_in_words
from recommendations import publications, review
from recommendations.review import ReviewRefused


@allow(PSYCHOLOGIST)
@require_POST
def take_back(request: ActingRequest, ref: str, publication: UUID) -> HttpResponse:
    """Undo a signature before the patient can read it; its draft is open again, where AI may still be used."""
    record = _checked(request, ref, publication)
    try:
        stopped = review.take_back(publication_id=publication, by=request.actor, at=request.at)
    except ReviewRefused as refused:
        messages.warning(request, str(refused))
        return redirect("patient", ref=ref)
    if stopped:
        messages.success(request, _taken_back(record, [each.kind for each in stopped]))
    else:
        messages.info(request, _("It was stopped before already."))
    return redirect("patient", ref=ref)


def _taken_back(record: Record, kinds: list[str]) -> str:
    """What went, and what became of the draft: one signature may have released more than one thing."""
    if len(kinds) > 1:
        told = _("Taken back: %(goes)s.") % {"goes": kinds_in_words(sorted(kinds, reverse=True))}
    else:
        told = _("Taken back.")
    if record.standing.ai_allowed:
        return f"{told} {_('The patient saw nothing, and the draft is open again.')}"
    return f"{told} {_('The patient saw nothing. AI is not used, so no draft is open.')}"


@allow(PSYCHOLOGIST)
@require_POST
def withdraw(request: ActingRequest, ref: str, publication: UUID) -> HttpResponse:
    """Stop what the patient can read, for a reason; they read a plain sentence in its place."""
    _checked(request, ref, publication)
    try:
        review.withdraw(
            publication_id=publication,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.at,
        )
    except ReviewRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Withdrawn. The patient reads a plain sentence in its place."))
    return redirect("patient", ref=ref)


def _checked(request: ActingRequest, ref: str, publication: UUID) -> Record:
    """The record. Raises Http404 unless it is a publication of this record, and the person may review it."""
    record = record_of(request, ref, right=access.REVIEW)
    if not publications.belongs(publication, record.patient):
        raise Http404
    return record

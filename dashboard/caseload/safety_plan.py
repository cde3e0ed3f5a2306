"""The safety plan of one record: reading it, writing in it together with the patient, saying that it was looked at."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from clinic import access, safety_plan
from clinic.actor import log
from clinic.clock import local_date
from clinic.models.risk import RiskLevel
from clinic.models.safety_plan import Section
from clinic.safety import cadence
from clinic.safety_plan import LONGEST, ChangedMeanwhile, NewWords, TooManyVersions
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.caseload.banner import banner
from dashboard.caseload.loader import Record, record_of
from dashboard.caseload.safety_plan_lines import looked_at, sections_of, versions_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from dashboard.writing import submission_of
from recommendations import correspondence
from recommendations.correspondence import WordsOfADraft

LOOKED = "looked"

LOOK_AT_EACH_CONTACT = (RiskLevel.HIGH, RiskLevel.MODERATE)
"""At these levels of risk, which a person set, the page asks to look at the plan in each contact (SR-34)."""


class SectionForm(forms.Form):
    """Words for one section; none empty it."""

    section = forms.ChoiceField(choices=Section.choices)
    words = forms.CharField(required=False, strip=False)
    seen = forms.IntegerField(min_value=0, required=False)

    def clean_words(self) -> str:
        """The words with plain line ends, refused when they are too long to be kept whole."""
        words: str = self.cleaned_data["words"].replace("\r\n", "\n").strip()
        if len(words) > LONGEST:
            counts = {"count": len(words), "longest": LONGEST}
            raise forms.ValidationError(
                _("These are %(count)d characters, and %(longest)d can be kept.") % counts
            )
        return words


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and not stored: into which section, why not; `resumed` after a session that had ended, `empties`
    where it is asked whether the section is to be emptied."""

    section: str = ""
    words: str = ""
    error: str = ""
    submission: UUID | None = None
    resumed: bool = False
    empties: bool = False


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def safety_plan_of(request: ActingRequest, ref: str) -> HttpResponse:
    """The plan. Opening it is an audit entry that the patient can see."""
    record = record_of(request, ref)
    if request.method != "POST":
        kept = resume.take(request)
        return _page(request, record, _typed(kept.fields, resumed=True) if kept else Typed())
    looked = request.POST.get("act") == LOOKED
    if (access.ANSWER if looked else access.REVIEW) not in record.rights:
        raise Http404
    if looked:
        safety_plan.review(patient=record.patient, by=request.actor, at=request.at)
        messages.success(request, _("Recorded that you looked at the plan together."))
        return redirect("safety-plan", ref=ref)
    return _written(request, record)


def _typed(fields: QueryDict, *, resumed: bool = False) -> Typed:
    return Typed(
        fields.get("section", ""), fields.get("words", ""), submission=submission_of(fields), resumed=resumed
    )


def _written(request: ActingRequest, record: Record) -> HttpResponse:
    form, typed = SectionForm(request.POST), _typed(request.POST)
    if not form.is_valid():
        return _page(request, record, replace(typed, error=str(next(iter(form.errors.values()))[0])))
    section, seen = Section(form.cleaned_data["section"]), form.cleaned_data["seen"] or 0
    if not form.cleaned_data["words"] and "empty" not in request.POST and _stands(record, section):
        return _page(request, record, replace(typed, error=str(_EMPTIES), empties=True))
    new = NewWords(section, form.cleaned_data["words"], seen, typed.submission or uuid4())
    try:
        correspondence.write_safety_plan(patient=record.patient, new=new, by=request.actor, at=request.at)
    except (WordsOfADraft, ChangedMeanwhile, TooManyVersions) as refused:
        return _page(request, record, replace(typed, error=_why(refused)))
    said = _("Saved. The patient reads it at once, under your name.")
    if not new.words:
        said = _("Emptied. The patient reads it so at once. What stood there can be put back.")
    messages.success(request, said)
    return redirect(f"{reverse('safety-plan', args=[record.patient.record_number])}#{section}")


_EMPTIES = gettext_lazy(
    "Nothing was saved yet. Without words this section leaves the patient’s plan at once, on their pages and on paper."
)


def _stands(record: Record, section: Section) -> bool:
    parts = safety_plan.standing(record.patient, record.ring)
    return any(part.section == section and part.words for part in parts)


def _why(refused: Exception) -> str:
    if isinstance(refused, ChangedMeanwhile):
        return _(
            "This section was changed since you opened it: what stands now is above. Save again to put yours there."
        )
    if isinstance(refused, TooManyVersions):
        return _("You have saved very many times within the hour. Please wait a little; your words are kept.")
    return str(refused)


def _is_to_look(record: Record, *, at: dt.datetime) -> bool:
    """Whether this contact is to look at the plan: the risk that stands asks for it, and nobody did so today."""
    if cadence.level_of(record.patient.pk) not in LOOK_AT_EACH_CONTACT:
        return False
    review = safety_plan.last_review(record.patient)
    today = local_date(at=at, zone=record.zone)
    return review is None or local_date(at=review.reviewed_at, zone=record.zone) < today


def _page(request: ActingRequest, record: Record, typed: Typed) -> HttpResponse:
    parts = safety_plan.standing(record.patient, record.ring)
    earlier = safety_plan.versions(record.patient)
    with transaction.atomic():
        log("record_opened", by=request.actor, at=request.at, patient=record.patient, reason="safety_plan")
    context = {
        "record": record,
        "banner": banner(request, record),
        "typed": typed,
        "submission": typed.submission or uuid4(),
        "sections": sections_of(
            parts, earlier, record.ring, typed_in=typed.section, at=request.at, zone=record.zone
        ),
        "earlier": versions_of(earlier, parts, record.ring, at=request.at, zone=record.zone),
        "looked_at": looked_at(record.patient, at=request.at, zone=record.zone),
        "look_now": _is_to_look(record, at=request.at),
        "may_look": access.ANSWER in record.rights,
    }
    return render(request, "caseload/safety_plan.html", context, status=422 if typed.error else 200)

"""Did anything bad happen? A patient's report about one step: it leaves the plan at once, and help is shown first."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.models.danger import TextSource
from clinic.models.patient import Patient
from clinic.safety import alerts
from clinic.safety.ledger.reading import read
from dashboard.access import PATIENT, ActingRequest, allow
from dashboard.entrance import resume
from dashboard.portal import answers, danger, loaders
from dashboard.portal.ended import ended_check_in, token_fits
from dashboard.portal.forms import StepReportForm, submission_of
from dashboard.portal.parts import Danger, Notice
from dashboard.portal.reading import read_plan
from dashboard.portal.report_parts import SignChoice, StepReportPage, StepStoppedPage
from recommendations import publications, reports
from recommendations.publications import PlanItem
from recommendations.reports import NewReport, Outcome

UNPROCESSABLE = 422


@allow(PATIENT, outsider=ended_check_in)
@csrf_exempt  # its token is checked below: see `token_fits`
@require_http_methods(["GET", "POST"])
def report(request: ActingRequest, publication: UUID) -> HttpResponse:
    """The form for one step of the own plan. Anybody else's step does not exist."""
    patient = loaders.me(request)
    published = read_plan(request, patient, loaders.my_ring(patient))
    items = published.plan if published else ()
    item = next((each for each in items if each.publication_id == publication), None)
    if request.method == "POST":
        return _posted(request, patient, publication, item)
    if item is None and published and any(each.publication_id == publication for each in published.stopped):
        return render(request, "portal/step_stopped.html", {"page": _gone()})
    if item is None and not publications.can_be_read(publication, patient):
        raise Http404
    typed = resume.take(request)
    asked = reports.asked_about(item.stop_signs if item else ())
    form = StepReportForm(typed.fields if typed else None, asked=asked)
    notice = answers.resumed_report() if typed else None
    return _page(request, item, form, submission_of(typed.fields if typed else QueryDict()), notice=notice)


def _posted(
    request: ActingRequest,
    patient: Patient,
    publication: UUID,
    item: PlanItem | None,
) -> HttpResponse:
    """Send the report. Also one from a page that was opened before the step was stopped: its signs still count."""
    step = publications.step_of(publication, patient)
    if step is None:
        raise Http404
    form = StepReportForm(request.POST, asked=reports.accepted(step))
    submission, fits = submission_of(request.POST), token_fits(request)
    if fits and form.is_valid():
        entry = NewReport(publication, form.signs_chosen, form.cleaned_data["note"], submission)
        outcome = reports.report(patient=patient, entry=entry, by=request.actor, at=request.at)
        return _answer(request, patient, item, outcome, told=form.told)
    found = _in_unsaved_words(request, patient, submission, fits=fits)
    notice = answers.not_sent() if fits else answers.old_report()
    return _page(request, item, form, submission, notice=notice, found=found, status=UNPROCESSABLE)


def _in_unsaved_words(
    request: ActingRequest, patient: Patient, submission: UUID, *, fits: bool
) -> Danger | None:
    """What words that were not kept call for. Words of a form that may be forged tell nobody anything."""
    text = request.POST.get("note", "")
    if not fits and resume.owner_of(request) != request.person.pk:
        detection = read(text, language=patient.language)
        return danger.of_detection(detection, language=patient.language, at=request.at)
    source = TextSource.EFFECT
    found = alerts.notice(patient=patient, text=text, submission=submission, source=source, at=request.at)
    after = _("Your report was not sent yet. Your words are below.")
    return danger.of_notice(found, patient=patient, after=after, at=request.at)


def _answer(
    request: ActingRequest,
    patient: Patient,
    item: PlanItem | None,
    outcome: Outcome,
    *,
    told: tuple[str, ...],
) -> HttpResponse:
    found = _help(request, patient, outcome)
    if not outcome.stopped and found is None:
        messages.success(request, _("Thank you. It is noted, and the step stays in your plan."))
        return redirect("portal-plan")
    signer = item.signed.name if item else ""
    page = StepStoppedPage(
        stopped=outcome.stopped,
        title=item.title if item else "",
        language=item.language if item else patient.language,
        signer=signer,
        told=told,
        danger=found,
    )
    return render(request, "portal/step_stopped.html", {"page": page})


def _help(request: ActingRequest, patient: Patient, outcome: Outcome) -> Danger | None:
    """The card of the words or of the signs, whichever is graver; a sign's medical card where both are as grave."""
    of_words, alert = outcome.notice.alert, outcome.alert
    if alert and alert.card and not (of_words and of_words.level > alert.level):
        told = gettext_lazy("The clinic was told what you ticked, and that it happened with this step.")
        card, follows = danger.of_alert(alert, patient=patient, at=request.at)
        return Danger(card, told, (), "", follows)
    after = _("Your report was sent.")
    return danger.of_notice(outcome.notice, patient=patient, after=after, at=request.at)


def _gone() -> StepStoppedPage:
    """A step that is not in the plan any more: nothing is left to be reported that would stop it."""
    return StepStoppedPage(stopped=False, title="", language="", signer="", told=(), danger=None, gone=True)


def _page(
    request: ActingRequest,
    item: PlanItem | None,
    form: StepReportForm,
    submission: UUID,
    *,
    notice: Notice | None = None,
    found: Danger | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = set(form["signs"].value() or ())
    page = StepReportPage(
        title=item.title if item else "",
        language=item.language if item else "",
        stop_rule=item.stop_rule if item else "",
        action=request.path,
        back=reverse("portal-plan"),
        submission=submission or uuid4(),
        signs=tuple(SignChoice(code, words, code in chosen) for code, words in form.asked),
        note=form["note"].value() or "",
        signs_error=str(form.errors["signs"][0]) if form.is_bound and "signs" in form.errors else "",
        note_error=str(form.errors["note"][0]) if form.is_bound and "note" in form.errors else "",
        notice=notice,
        danger=found,
    )
    return render(request, "portal/step_report.html", {"page": page}, status=status)

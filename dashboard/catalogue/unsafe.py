"""Withdrawing a step as unsafe: a page that says what will stop, asks why, and only then acts."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.catalogue.loader import versions_of
from dashboard.entrance import resume
from dashboard.entrance.ended import ended
from recommendations.catalogue import unsafe as acts
from recommendations.catalogue.texts import Text
from recommendations.catalogue.unsafe import Reach
from recommendations.catalogue.write import TextRefused


class UnsafeForm(forms.Form):
    """Why a step is unsafe: a code, because words of the clinic's catalogue must not speak of a person."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why is it unsafe?"),
        choices=[(each.value, each.label) for each in acts.GROUNDS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say why it is unsafe: colleagues will ask.")},
    )


@allow(PSYCHOLOGIST, outsider=ended)
@require_http_methods(["GET", "POST"])
def unsafe(request: ActingRequest, step: str) -> HttpResponse:
    """What would stop, and the question why; posted, it stops at once. No password: stopping never waits."""
    versions = versions_of(step)
    if request.method == "POST":
        return _held(request, versions, UnsafeForm(request.POST))
    if not acts.may_hold(versions):
        messages.info(request, _("Nothing of this step is in use, so there is nothing to stop."))
        return redirect("catalogue-text", step=step)
    typed = resume.take(request)
    with transaction.atomic():
        log("catalogue_opened", by=request.actor, at=request.at, subject=versions[0].row, reason=step)
    return _page(request, versions, UnsafeForm(typed.fields if typed else None))


def _held(request: ActingRequest, versions: list[Text], form: UnsafeForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, versions, form)
    code, ground = versions[0].entry.code, form.cleaned_data["ground"]
    try:
        done = acts.hold_unsafe(code=code, ground=ground, by=request.actor, at=request.at)
    except TextRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, " ".join([_("Withdrawn as unsafe."), *_did(done)]))
    return redirect("catalogue-text", step=code)


def _page(request: ActingRequest, versions: list[Text], form: UnsafeForm) -> HttpResponse:
    entry = versions[0].entry
    summary = _will(acts.reach(entry.code, at=request.at))
    context = {"entry": entry, "form": form, "summary": summary}
    return render(
        request, "catalogue/unsafe.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _will(reach: Reach) -> list[str]:
    """What is going to happen, with counts of this moment."""
    versions = ngettext(
        "%(count)d version of this step, in use or older, ends. None of them can be used again.",
        "%(count)d versions of this step, in use or older, end. None of them can be used again.",
        reach.versions,
    )
    drafts = ngettext(
        "%(count)d open draft is withdrawn, also one that was put aside.",
        "%(count)d open drafts are withdrawn, also those that were put aside.",
        reach.drafts,
    )
    steps = ngettext(
        "%(count)d signed step is stopped; the person reads a plain sentence in its place.",
        "%(count)d signed steps are stopped; each person reads a plain sentence in its place.",
        reach.steps,
    )
    people = ngettext(
        "This concerns %(count)d person of this clinic, also in the care of others.",
        "This concerns %(count)d people of this clinic, also in the care of others.",
        reach.people,
    )
    counted = [
        (versions, reach.versions),
        (drafts, reach.drafts),
        (steps, reach.steps),
        (people, reach.people),
    ]
    return [words % {"count": count} for words, count in counted]


def _did(reach: Reach) -> list[str]:
    drafts = ngettext("%(count)d draft was withdrawn.", "%(count)d drafts were withdrawn.", reach.drafts)
    steps = ngettext(
        "%(count)d signed step was stopped; the person reads a plain sentence in its place.",
        "%(count)d signed steps were stopped; each person reads a plain sentence in its place.",
        reach.steps,
    )
    return [drafts % {"count": reach.drafts}, steps % {"count": reach.steps}]

"""The page before a signature: the exact words, what was changed, what happens next, and what will be asked."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from clinic.clock import local_date
from dashboard.access import ActingRequest
from dashboard.caseload.banner import Banner, banner
from dashboard.caseload.loader import Record
from dashboard.review.diff import DiffPart, diff
from dashboard.review.entered import Entered
from dashboard.review.estimate import EstimateShown, estimate_shown
from dashboard.review.failure import Failure
from dashboard.review.forms import SignForm
from dashboard.review.safety_now import SafetyNow, safety_now
from dashboard.times import said, said_date
from recommendations import situation
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review.preview import Preview
from recommendations.review.rules import LONGEST
from recommendations.words import PlanWords

HOW: dict[Verdict, StrOrPromise] = {
    Verdict.APPROVED: gettext_lazy("Approve as drafted"),
    Verdict.AMENDED: gettext_lazy("Approve with your changes"),
    Verdict.AUTHORED: gettext_lazy("A plan that you wrote"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the text that was changed."""

    label: str
    parts: list[DiffPart]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what happens next."""

    when: str
    words: str


@dataclass(frozen=True, slots=True)
class SignPage:
    """What `review/sign.html` shows."""

    banner: Banner
    now: SafetyNow
    name: str
    how: StrOrPromise
    words: PlanWords
    asked: tuple[str, ...]
    changes: tuple[Change, ...]
    form: SignForm
    hidden: tuple[tuple[str, str], ...]
    signature: str
    signature_words: str
    attribution: str
    until: str
    steps: tuple[Step, ...]
    estimate: EstimateShown | None
    fingerprint: list[str]
    is_amended: bool
    action: str
    edit_url: str
    back_url: str
    failure: Failure | None = None
    resumed: bool = False

    @property
    def may_sign(self) -> bool:
        """Whether nothing final stands in the way."""
        return self.failure is None or not self.failure.final


def sign_page(
    request: ActingRequest,
    record: Record,
    draft: Suggestion | None,
    preview: Preview,
    form: SignForm,
    *,
    typed: Entered,
    before: PlanWords | None,
    failure: Failure | None,
) -> SignPage:
    """The page for this preview. `before` are the draft's words, for showing what was changed."""
    today = local_date(at=request.at, zone=record.patient.zone)
    action, edit_url, back_url = _addresses(record, draft)
    return SignPage(
        banner=(top := banner(request, record)),
        now=safety_now(record, top.alerts, at=request.at),
        name=record.identity.name,
        how=HOW[preview.verdict],
        words=preview.words,
        asked=tuple(sign["words"] for sign in preview.plan.body.get("stop_signs", ())),
        changes=_changes(before, preview.words) if before else (),
        form=form,
        hidden=_hidden(preview, seen=typed.seen or now(record, draft)),
        signature=preview.signer.printed_name,
        signature_words=_signature_words(preview),
        attribution=_attribution(preview),
        until=said_date(preview.valid_until, today=today),
        steps=_steps(record, preview, at=request.at),
        estimate=estimate_shown(preview.estimate, today=today) if preview.estimate else None,
        fingerprint=preview.plan.fingerprint.split(),
        is_amended=preview.verdict is not Verdict.APPROVED,
        action=action,
        edit_url=edit_url,
        back_url=back_url,
        failure=failure or _refusal(record, preview),
        resumed=typed.resumed,
    )


def _addresses(record: Record, draft: Suggestion | None) -> tuple[str, str, str]:
    """Where the form is sent, where the words are changed, and where one goes back to."""
    ref = record.patient.record_number
    if draft is None:
        return reverse("author", args=[ref]), reverse("author", args=[ref]), reverse("patient", args=[ref])
    args = [ref, str(draft.pk)]
    return reverse("draft-sign", args=args), reverse("draft-edit", args=args), reverse("draft", args=args)


def _hidden(preview: Preview, *, seen: str) -> tuple[tuple[str, str], ...]:
    """What travels with the form: what the signer was shown, and the words where they are not the draft's own."""
    shown = (
        ("seen", seen),
        ("expected_plan", preview.plan.digest),
        ("expected_estimate", preview.estimate.digest if preview.estimate else ""),
        ("shown_until", preview.valid_until.isoformat()),
    )
    if preview.verdict is Verdict.APPROVED:
        return shown
    return shown + tuple((name, getattr(preview.words, name)) for name in LONGEST)


def _refusal(record: Record, preview: Preview) -> Failure | None:
    if not preview.refusal:
        return None
    title = _("This cannot be signed. %(name)s sees nothing new.") % {"name": record.identity.name}
    return Failure(title, preview.refusal, final=True)


def now(record: Record, draft: Suggestion | None) -> str:
    """The situation at this moment: for a page that was opened by its address, this reading is the one that counts."""
    if draft is None:
        return situation.of_patient(record.patient, record.ring).token
    return situation.of_draft(draft, record.patient, record.ring).token


def _changes(before: PlanWords, after: PlanWords) -> tuple[Change, ...]:
    labels = {
        "title": _("Title"),
        "words": _("What to do"),
        "dose": _("How often, how long"),
        "stop_rule": _("When to stop"),
    }
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in LONGEST]
    return tuple(Change(labels[name], diff(old, new)) for name, old, new in pairs if old != new)


def _signature_words(preview: Preview) -> str:
    words = _("Not signed yet. Will be signed by %(name)s, %(title)s.")
    return words % {"name": preview.signer.printed_name, "title": preview.signer.title}


def _attribution(preview: Preview) -> str:
    """How the patient will read where the words come from."""
    if preview.verdict is Verdict.APPROVED:
        return _("It will say that AI helped draft it and that you approved it.")
    if preview.verdict is Verdict.AMENDED:
        return _("It will say that AI helped draft it and that you changed and approved it.")
    return _("It will say that you wrote it.")


def _steps(record: Record, preview: Preview, *, at: dt.datetime) -> tuple[Step, ...]:
    name, until = record.identity.name, said_date(preview.valid_until, today=at.date())
    end = Step(until, _("The last day. After it the step ends by itself; you can withdraw it before."))
    minutes = int(preview.delay.total_seconds() // 60)
    if minutes == 0:
        now = _("%(name)s can read it at once, under your name.") % {"name": name}
        return Step(_("Now"), now), end
    held = ngettext("Held for %(count)d minute.", "Held for %(count)d minutes.", minutes) % {"count": minutes}
    visible = said(preview.visible_from, at=at, zone=record.zone)
    return (
        Step(_("Now"), held + " " + _("You can take it back.")),
        Step(visible, _("%(name)s sees it under your name.") % {"name": name}),
        end,
    )

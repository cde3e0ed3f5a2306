"""From a form to a signature: one domain call, and a plain answer to everything that can stand in its way."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clinic import reauth
from clinic.access import NotAllowed
from clinic.actor import log
from clinic.reauth import NotConfirmed, Proof
from dashboard.access import ActingRequest
from dashboard.caseload.loader import Record
from dashboard.entrance import resume
from dashboard.review.decided import decision_words
from dashboard.review.failure import Failure
from dashboard.review.forms import SignForm
from dashboard.review.withdrawn import withdrawn_because
from recommendations import review
from recommendations.models.suggestion import Suggestion
from recommendations.review import AlreadyDecided, Choice, ReviewRefused
from recommendations.situation import SituationChanged
from recommendations.words import PlanWords


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of it: the publication of the plan item, or why there is none."""

    publication_id: UUID | None
    failure: Failure | None = None


def attempt(
    request: ActingRequest,
    record: Record,
    draft: Suggestion | None,
    words: PlanWords,
    form: SignForm,
    *,
    changed: bool,
) -> Attempt:
    """Sign what the valid `form` was shown. Every failure is told in words, and loses nothing that was typed."""
    if form.cleaned_data["valid_until"].isoformat() != form.cleaned_data["shown_until"]:
        text = _("You changed the last day, so this is another text. Read it once more, then sign.")
        return Attempt(None, Failure(not_signed(record), text))
    try:
        proof = reauth.confirm(
            request, user=request.person, password=form.cleaned_data["password"], at=request.at
        )
        return Attempt(_signed(request, record, draft, words, form, proof, changed=changed))
    except NotConfirmed as refused:
        return _refused(
            request, record, draft, "not_confirmed", _not_confirmed(request, record, form, refused)
        )
    except SituationChanged as changes:
        return _refused(
            request, record, draft, "situation_changed", situation_changed(request, record, changes)
        )
    except AlreadyDecided as first:
        told = _already_decided(request, record, draft, first, seen=form.cleaned_data["seen"])
        return _refused(request, record, draft, "already_decided", told)
    except (ReviewRefused, NotAllowed) as refused:
        return _refused(request, record, draft, "refused", Failure(not_signed(record), str(refused)))


def not_signed(record: Record) -> str:
    """The first sentence of every failure."""
    return _("This was not signed. %(name)s sees nothing new.") % {"name": record.identity.name}


def situation_changed(request: ActingRequest, record: Record, changes: SituationChanged) -> Failure:
    """What changed while the page was read. What was typed is kept for when the record was read again."""
    resume.keep(request, resume.seal(request))
    text = _("This changed while you were reading. Read the record again; what you typed is kept.")
    return Failure(not_signed(record), text, tuple(changes.sentences), again=True, final=True)


def _signed(
    request: ActingRequest,
    record: Record,
    draft: Suggestion | None,
    words: PlanWords,
    form: SignForm,
    proof: Proof,
    *,
    changed: bool,
) -> UUID:
    seen, choice, by, at = form.cleaned_data["seen"], _choice(form), request.actor, request.at
    if draft is None:
        made = review.author(
            patient=record.patient, words=words, seen=seen, choice=choice, proof=proof, by=by, at=at
        )
    elif changed:
        made = review.amend(
            suggestion=draft, words=words, seen=seen, choice=choice, proof=proof, by=by, at=at
        )
    else:
        made = review.approve(suggestion=draft, seen=seen, choice=choice, proof=proof, by=by, at=at)
    return made[0].pk


def _choice(form: SignForm) -> Choice:
    entered = form.cleaned_data
    return Choice(
        valid_until=entered["valid_until"],
        supporting=tuple(entered.get("supporting", ())),
        reasons=tuple(entered.get("reasons", ())),
        note=entered["note"],
        with_estimate=entered["with_estimate"],
        expected=form.expected,
    )


def _not_confirmed(request: ActingRequest, record: Record, form: SignForm, refused: NotConfirmed) -> Failure:
    form.add_error("password", str(refused))
    if not request.session.get(reauth.FAILURES_KEY):
        text = _(
            "There were too many wrong passwords, so you were signed out. Send this page to sign in again."
        )
        return Failure(not_signed(record), text)
    return Failure(not_signed(record), _("Check your password below. Everything you typed is still here."))


def _already_decided(
    request: ActingRequest, record: Record, draft: Suggestion | None, first: AlreadyDecided, *, seen: str
) -> Failure:
    if first.review is None:
        text = _("The draft was withdrawn meanwhile. What you typed is still on this page.")
        why = withdrawn_because(draft, record, seen) if draft else ()
        return Failure(not_signed(record), text, why, final=True)
    told = decision_words(first.review, at=request.at, zone=record.zone)
    text = _("It was decided already. What you typed is still on this page.")
    return Failure(
        _("This was not signed. The decision that was made first stands."), text, (told,), final=True
    )


def _refused(
    request: ActingRequest, record: Record, draft: Suggestion | None, reason: str, failure: Failure
) -> Attempt:
    with transaction.atomic():
        log(
            "signing_refused",
            by=request.actor,
            at=request.at,
            patient=record.patient,
            subject=draft,
            reason=reason,
        )
    return Attempt(None, failure)

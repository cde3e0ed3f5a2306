"""What must hold before a decision is written. Each `check_` raises a sentence that can be shown as it is."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from audit import outcomes
from clinic import access
from clinic.actor import Actor
from clinic.clock import local_date
from clinic.models.clinic import Clinic
from clinic.models.patient import Patient
from clinic.models.user import Role, StaffProfile, User
from recommendations import catalogue, contraindications, steps
from recommendations.catalogue import texts
from recommendations.evidence import Side, pieces_of
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.review import Review
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords
from recommendations.workflow import ASIDE, State

LONGEST = {"title": 120, "words": 2_000, "dose": 400, "stop_rule": 600}
"""Characters of each part of a plan item: a page that can be read at once."""

LONGEST_VALIDITY = dt.timedelta(days=365)


class ReviewRefused(Exception):
    """The decision was not written; the message says why."""


class AlreadyDecided(ReviewRefused):
    """Somebody else, or another tab, decided first; carries that review."""

    def __init__(self, review: Review | None) -> None:
        super().__init__(_("This draft is no longer open for a decision."))
        self.review = review


class PutAside(ReviewRefused):
    """Somebody deferred the draft or asked about it; it is undecided and can be brought back."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes with a signature beside the words."""

    valid_until: dt.date
    supporting: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    note: str = ""
    with_estimate: bool = False
    expected: Mapping[str, str] = field(default_factory=dict)
    """Kind of words to the digest that the signer was shown."""


def check_may_decide(patient: Patient, *, by: Actor, at: dt.datetime) -> User:
    """The deciding person. Raises NotAllowed or ReviewRefused unless a treating psychologist acts as one."""
    if by.user is None or by.role != Role.PSYCHOLOGIST:
        raise ReviewRefused(_("Only a psychologist can decide about a draft."))
    access.check_may(by.user, access.REVIEW, patient, at=at)
    return by.user


def clinic_day(at: dt.datetime) -> dt.date:
    """The date at the clinic: by it a licence ends, and the administrator's page says so too. One query."""
    return local_date(at=at, zone=Clinic.objects.get().zone)


def check_licence(profile: StaffProfile | None, *, today: dt.date) -> StaffProfile:
    """Raises ReviewRefused without a professional name or with an expired licence (SR-69)."""
    if profile is None:
        raise ReviewRefused(_("You have no professional name here yet. Ask the administrator to add it."))
    if profile.licence_valid_until is None or profile.licence_valid_until < today:
        raise ReviewRefused(
            _("Your licence is not recorded as valid today, so nothing was signed. Ask the administrator.")
        )
    return profile


def check_log_whole() -> None:
    """Raises ReviewRefused after a failed check of the audit log: no new approvals until it is cleared up.

    Rejections, withdrawals and the handling of alerts go on.
    """
    outcome = outcomes.latest()
    if outcome is not None and not outcome.whole:
        raise ReviewRefused(
            _("The audit log failed its last check, so nothing new can be signed. The administrator is told.")
        )


def check_open(suggestion: Suggestion) -> None:
    """Raises PutAside while it waits, and AlreadyDecided with the review that was first."""
    if suggestion.state in ASIDE:
        raise PutAside(_("This draft was put aside meanwhile. Bring it back to decide about it."))
    if suggestion.state != State.OPEN:
        first = Review.objects.filter(suggestion=suggestion, round=suggestion.round)
        raise AlreadyDecided(first.select_related("decided_by__staff").first())


def check_supporting(suggestion: Suggestion, supporting: Collection[str]) -> None:
    """Raises ReviewRefused unless at least one known piece of evidence is named (SR-60)."""
    pieces = pieces_of(suggestion.facts)
    known = {piece.key for piece in pieces if piece.side is not Side.UNSEEN}
    if not supporting or not set(supporting) <= known:
        raise ReviewRefused(_("Name at least one piece of evidence that supports your decision."))


def check_not_blocked(suggestion: Suggestion, patient: Patient) -> None:
    """Raises ReviewRefused while a contraindication is present, or unknown where it must be known (SR-82).

    Asked of the text that the draft was made from and of the one that stands now, whichever is stricter. There is no
    way round it: nobody can override a rule of the catalogue (SR-83). A step that the clinic withdrew as unsafe,
    whatever version of it, or one that the person reported as harmful, is not signed either (SR-84).
    """
    states, now = contraindications.states_of(patient), texts.standing().get(suggestion.code)
    asked = [catalogue.of_body(suggestion.intervention.body), *([now.entry] if now else [])]
    if any(contraindications.blocks(entry, states) for entry in asked):
        raise ReviewRefused(_("A contraindication stands against this step, so it cannot be signed."))
    if texts.is_unsafe(suggestion.intervention):
        raise ReviewRefused(_("The clinic withdrew this step as unsafe, so it cannot be signed."))
    if (patient.pk, suggestion.code) in steps.reported([patient.pk]):
        raise ReviewRefused(
            _(
                "The person reported that something bad happened with this step, so the draft cannot be signed."
            )
        )


def check_not_standing(digest: str, patient: Patient) -> None:
    """Raises ReviewRefused where these very words are signed already: a form that was sent twice is signed once."""
    stopped = PublicationStop.objects.values("pk")
    if Publication.objects.filter(patient=patient, digest=digest).exclude(pk__in=stopped).exists():
        raise ReviewRefused(_("Exactly these words are signed already and still stand."))


def check_words(words: PlanWords) -> None:
    """Raises ReviewRefused for an empty or overlong part."""
    for name, longest in LONGEST.items():
        text = getattr(words, name)
        if name in {"title", "words"} and not text.strip():
            raise ReviewRefused(_("A plan needs a title and words."))
        if len(text) > longest:
            raise ReviewRefused(_("Part of the text is too long to sign."))


def check_readable(valid_until: dt.date, *, first_day: dt.date) -> None:
    """Raises ReviewRefused where the clinic's delay would outlast the plan: nobody could ever read it."""
    if valid_until < first_day:
        raise ReviewRefused(_("It would end before it can be read. Choose a later end date."))


def check_validity(valid_until: dt.date, *, today: dt.date) -> None:
    """Raises ReviewRefused unless the plan ends after today and within a year."""
    if not today < valid_until <= today + LONGEST_VALIDITY:
        raise ReviewRefused(_("Choose an end date after today and within a year."))

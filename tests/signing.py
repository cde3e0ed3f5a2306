"""A signer with a page before them: what they were shown, and the signature that goes with it."""

import datetime as dt
from dataclasses import dataclass, replace

from clinic import keys
from clinic.actor import Actor
from clinic.models.patient import Patient
from clinic.models.user import StaffProfile
from clinic.reauth import Proof
from recommendations import review, situation
from recommendations.models.publication import Publication
from recommendations.models.review import Verdict
from recommendations.models.suggestion import Suggestion
from recommendations.review import Choice
from recommendations.review.sign import Prepared, prepare_estimate, prepare_plan
from recommendations.words import PlanWords, draft_words
from tests.cast import NOW

OWN_WORDS = PlanWords(
    language="en",
    title="One song a day",
    words="Sing one song each day, at home, as loud as you like.",
    dose="Once a day.",
    stop_rule="Leave it on days when it is too much.",
)


@dataclass(frozen=True)
class Page:
    """What one person read before signing: the words, the situation and the choice that the form sends."""

    patient: Patient
    draft: Suggestion | None
    verdict: Verdict
    words: PlanWords
    seen: str
    choice: Choice

    def choosing(self, **changes: object) -> "Page":
        """The same page with another choice: `choosing(supporting=())`."""
        return replace(self, choice=replace(self.choice, **changes))  # type: ignore[arg-type]


def opened(
    draft: Suggestion,
    by: Actor,
    *,
    words: PlanWords | None = None,
    with_estimate: bool = False,
    days: int = 28,
    at: dt.datetime = NOW,
) -> Page:
    """The page of a draft as `by` reads it now; with other `words`, that of the changed draft."""
    patient, ring = draft.patient, keys.ring([draft.patient_id])
    verdict = Verdict.AMENDED if words else Verdict.APPROVED
    shown = words or draft_words(draft, ring)
    until, signer = at.date() + dt.timedelta(days=days), StaffProfile.objects.get(user=by.user)
    prepared: list[Prepared] = [
        prepare_plan(
            shown, verdict=verdict, draft=draft, valid_until=until, signer=signer, patient=patient, ring=ring
        )
    ]
    if with_estimate:
        prepared.append(
            prepare_estimate(
                draft.reading, verdict=verdict, draft=draft, signer=signer, patient=patient, ring=ring
            )
        )
    choice = Choice(
        valid_until=until,
        supporting=("below_usual",),
        reasons=("tone",) if words else (),
        with_estimate=with_estimate,
        expected={each.kind.value: each.digest for each in prepared},
    )
    return Page(patient, draft, verdict, shown, situation.of_draft(draft, patient, ring).token, choice)


def written(
    patient: Patient,
    by: Actor,
    *,
    words: PlanWords = OWN_WORDS,
    days: int = 28,
    at: dt.datetime = NOW,
) -> Page:
    """The page on which `by` has written a plan without a draft."""
    ring, until = keys.ring([patient.pk]), at.date() + dt.timedelta(days=days)
    prepared = prepare_plan(
        words,
        verdict=Verdict.AUTHORED,
        draft=None,
        valid_until=until,
        signer=StaffProfile.objects.get(user=by.user),
        patient=patient,
        ring=ring,
    )
    choice = Choice(valid_until=until, expected={prepared.kind.value: prepared.digest})
    return Page(patient, None, Verdict.AUTHORED, words, situation.of_patient(patient, ring).token, choice)


def signed(page: Page, by: Actor, *, proof: Proof | None = None, at: dt.datetime = NOW) -> list[Publication]:
    """The page signed, with a password given just now unless another proof is handed over."""
    assert by.user is not None
    used = proof or Proof(user=by.user, at=at)
    if page.draft is None:
        return review.author(
            patient=page.patient,
            words=page.words,
            seen=page.seen,
            choice=page.choice,
            proof=used,
            by=by,
            at=at,
        )
    if page.verdict is Verdict.AMENDED:
        return review.amend(
            suggestion=page.draft,
            words=page.words,
            seen=page.seen,
            choice=page.choice,
            proof=used,
            by=by,
            at=at,
        )
    return review.approve(suggestion=page.draft, seen=page.seen, choice=page.choice, proof=used, by=by, at=at)

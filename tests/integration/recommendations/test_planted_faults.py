"""Planted faults: with one rule lifted, what it forbids goes through. So it is that rule which the tests see."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clinic.actor import Actor
from clinic.models.screening import ScreeningState
from clinic.models.user import StaffProfile
from clinic.reauth import Proof
from recommendations import review, situation
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from recommendations.review import decide, rules
from recommendations.review.write import prepare
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import check_in, open_drafts, screened
from tests.integration.recommendations.faults import careless_prepare
from tests.signing import OWN_WORDS, Page, opened, signed

pytestmark = ROLLED_BACK

Attempt = Callable[[Cast, Suggestion], object]


def other_words_than_shown(cast: Cast, draft: Suggestion) -> object:
    page = opened(draft, cast.treating, words=OWN_WORDS)
    return signed(replace(page, words=replace(OWN_WORDS, dose="Ten times a day.")), cast.treating)


def after_an_alert(cast: Cast, draft: Suggestion) -> object:
    page = opened(draft, cast.treating)
    check_in(cast.patient, note="I want to kill myself")
    return signed(page, cast.treating)


def a_foreign_record(cast: Cast, draft: Suggestion) -> object:
    return signed(opened(draft, cast.other_psychologist), cast.other_psychologist)


def without_a_licence(cast: Cast, draft: Suggestion) -> object:
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=None)
    return signed(opened(draft, cast.treating), cast.treating)


def with_evidence_that_is_none(cast: Cast, draft: Suggestion) -> object:
    return signed(opened(draft, cast.treating).choosing(supporting=("moon",)), cast.treating)


def against_a_contraindication(cast: Cast, draft: Suggestion) -> object:
    screened(cast.patient, cast.treating, mania=ScreeningState.PRESENT)
    return signed(opened(draft, cast.treating), cast.treating)


def with_an_old_proof(cast: Cast, draft: Suggestion) -> object:
    assert cast.treating.user is not None
    proof = Proof(user=cast.treating.user, at=NOW - dt.timedelta(hours=1))
    return signed(opened(draft, cast.treating), cast.treating, proof=proof)


def without_end(cast: Cast, draft: Suggestion) -> object:
    return signed(opened(draft, cast.treating, days=4_000), cast.treating)


def empty_words(cast: Cast, draft: Suggestion) -> object:
    return signed(opened(draft, cast.treating, words=replace(OWN_WORDS, words="")), cast.treating)


def anybody(patient: Any, *, by: Actor, at: dt.datetime) -> Any:
    return by.user


def nothing(*_args: Any, **_kwargs: Any) -> None:
    return None


LIFTED: dict[str, tuple[Attempt, object, str, Any]] = {
    "the words shown": (other_words_than_shown, decide, "prepare", careless_prepare),
    "the situation": (after_an_alert, situation, "check_unchanged", nothing),
    "the care team": (a_foreign_record, rules, "check_may_decide", anybody),
    "the licence": (without_a_licence, rules, "check_licence", lambda profile, *, today: profile),
    "the evidence": (with_evidence_that_is_none, rules, "check_supporting", nothing),
    "the contraindication": (against_a_contraindication, rules, "check_not_blocked", nothing),
    "the proof": (with_an_old_proof, Proof, "use", nothing),
    "the end": (without_end, rules, "check_validity", nothing),
    "the words": (empty_words, rules, "check_words", nothing),
}


@pytest.mark.parametrize("rule", LIFTED)
def test_what_a_rule_forbids_goes_through_once_the_rule_is_lifted_and_not_before(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    attempt, owner, name, fault = LIFTED[rule]
    draft, *_ = open_drafts(cast.patient, cast.treating)
    with pytest.raises(Exception), transaction.atomic():  # noqa: B017, PT011  each rule has its own
        attempt(cast, draft)
    assert not Publication.objects.exists()
    monkeypatch.setattr(owner, name, fault)
    assert attempt(cast, draft)
    assert Publication.objects.exists()


def decided_twice(cast: Cast, draft: Suggestion) -> object:
    page: Page = opened(draft, cast.treating)
    review.reject(suggestion=draft, reasons=["wrong_time"], note="", by=cast.treating, at=NOW)
    return signed(page, cast.treating)


def without_evidence(cast: Cast, draft: Suggestion) -> object:
    return signed(opened(draft, cast.treating).choosing(supporting=()), cast.treating)


def without_reason(cast: Cast, draft: Suggestion) -> object:
    page = opened(draft, cast.treating, words=OWN_WORDS).choosing(reasons=())
    return decide._decide(
        Suggestion.objects.select_related("patient", "reading__release", "release", "intervention").get(
            pk=draft.pk
        ),
        page.words,
        page.verdict,
        cast.ring,
        seen=page.seen,
        choice=page.choice,
        proof=Proof(user=cast.treating.user, at=NOW) if cast.treating.user else None,  # type: ignore[arg-type]
        by=cast.treating,
        at=NOW,
    )


@pytest.mark.parametrize("attempt", [decided_twice, without_evidence, without_reason])
def test_the_database_refuses_what_careless_code_would_let_through(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, attempt: Attempt
) -> None:
    for name in ("check_open", "check_supporting"):
        monkeypatch.setattr(rules, name, nothing)
    monkeypatch.setattr(situation, "check_unchanged", nothing)
    draft, *_ = open_drafts(cast.patient, cast.treating)
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(cast, draft)
    assert not Publication.objects.exists()


def test_the_careless_function_differs_from_the_real_one_in_nothing_else(cast: Cast) -> None:
    draft, *_ = open_drafts(cast.patient, cast.treating)
    page, signer = opened(draft, cast.treating), StaffProfile.objects.get(user=cast.treating.user)
    arguments = (page.words, page.verdict, draft, page.choice, signer, cast.patient, cast.ring)
    assert careless_prepare(*arguments, at=NOW) == prepare(*arguments, at=NOW)

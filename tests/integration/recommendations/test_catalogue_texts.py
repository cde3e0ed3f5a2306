"""The clinic's texts: written, signed, superseded, withdrawn; and nothing is suggested from one that nobody signed."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from clinic.models.screening import ScreeningSource, ScreeningState
from clinic.reauth import NotConfirmed
from recommendations import catalogue, permissions, pipeline
from recommendations.catalogue import texts, write
from recommendations.catalogue.texts import Text, TextState
from recommendations.catalogue.write import TextRefused
from recommendations.models.intervention import Intervention, TextSignature
from recommendations.models.publication import PublicationStop
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_ins, open_drafts, proof, screened

pytestmark = ROLLED_BACK

CODE = "behavioural_activation"
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def _nobody_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic as a real one begins: what the program brings, and no signature."""
    monkeypatch.setattr("tests.cast.sign_texts", lambda by, *, at=NOW: None)


def newest(code: str = CODE) -> Text:
    return texts.of_code(code)[0]


def sign(cast: Cast, text: Text, *, at: dt.datetime = LATER) -> TextSignature:
    given = proof(cast.treating, at=at)
    return write.sign_text(text=text, seen=text.entry.digest, proof=given, by=cast.treating, at=at)


def written(cast: Cast, **changes: Any) -> Text:
    before = newest()
    body = before.entry.body | {"title": "One small thing this week"} | changes
    write.write_version(body=body, based_on=before.entry.digest, by=cast.treating, at=LATER)
    return newest()


@pytest.mark.usefixtures("_nobody_signed")
def test_in_a_new_clinic_every_text_arrives_unsigned_and_nothing_is_suggested(cast: Cast) -> None:
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    scored = pipeline.score([cast.patient.pk], at=NOW)
    assert (scored.readings, scored.drafts) == (1, 0)
    shown = texts.everything()
    assert len(shown) == len(catalogue.entries())
    assert {text.state for versions in shown.values() for text in versions} == {TextState.UNSIGNED}


@pytest.mark.usefixtures("_nobody_signed")
def test_once_a_psychologist_signed_a_text_it_is_suggested_from_and_only_it(cast: Cast) -> None:
    signature = sign(cast, newest(), at=NOW)
    assert (signature.printed_name, signature.meaning) == ("Dr Maya Okonkwo", "for_use")
    drafts = open_drafts(cast.patient, cast.treating)
    assert [draft.code for draft in drafts] == [CODE]
    assert AuditEntry.objects.filter(action="text_signed", subject_id=str(signature.intervention_id)).exists()


@pytest.mark.usefixtures("_nobody_signed")
def test_planted_fault_an_unsigned_text_that_drafts_is_caught_by_the_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check in `texts.standing` is taken away: then the lock below it holds alone."""
    entry = catalogue.entries()[CODE]
    row = Intervention.objects.create(code=CODE, version=entry.version, digest=entry.digest, body=entry.body)
    monkeypatch.setattr(texts, "standing", lambda: {CODE: texts.Standing(entry, row)})
    check_ins(cast.patient)
    screened(cast.patient, cast.treating)
    with pytest.raises(IntegrityError, match="nobody has signed this text"), transaction.atomic():
        pipeline.score([cast.patient.pk], at=NOW)
    assert not Suggestion.objects.exists()


def test_a_new_version_is_used_only_once_it_is_signed_and_the_older_one_is_superseded_then(
    cast: Cast,
) -> None:
    text = written(cast)
    assert (text.entry.version, text.state) == ("1.2.0", TextState.UNSIGNED)
    assert texts.standing()[CODE].entry.version == "1.1.0"
    sign(cast, text)
    assert texts.standing()[CODE].entry.title == "One small thing this week"
    assert [each.state for each in texts.of_code(CODE)] == [TextState.STANDS, TextState.SUPERSEDED]


def test_a_version_is_refused_on_words_that_promise_or_are_hard_and_on_an_old_page(cast: Cast) -> None:
    for words, said in (
        ("This will cure you.", "cure"),
        ("It is guaranteed to help.", "guarantee"),
        (" ".join(["walk"] * 40), "40 words"),
        ("Contemplate habitual circumstances considering psychological determinants.", "years of school"),
    ):
        with pytest.raises(TextRefused, match=said):
            written(cast, words=words)
    with pytest.raises(TextRefused, match="Nothing is different"):
        written(cast, title=newest().entry.title)
    body = newest().entry.body | {"title": "Another"}
    with pytest.raises(TextRefused, match="meanwhile"):
        write.write_version(body=body, based_on="0" * 64, by=cast.treating, at=LATER)
    assert len(texts.of_code(CODE)) == 1


def test_signing_takes_the_words_that_were_shown_a_proof_and_a_psychologist(cast: Cast) -> None:
    text = written(cast)
    given = proof(cast.treating, at=LATER)
    with pytest.raises(TextRefused, match="not the one that you were shown"):
        write.sign_text(text=text, seen="0" * 64, proof=given, by=cast.treating, at=LATER)
    used = proof(cast.treating, at=LATER)
    used.use(by=cast.treating.user, at=LATER)
    with pytest.raises(NotConfirmed):
        write.sign_text(text=text, seen=text.entry.digest, proof=used, by=cast.treating, at=LATER)
    given = proof(cast.administrator, at=LATER)
    with pytest.raises(TextRefused, match="Only a psychologist"):
        write.sign_text(text=text, seen=text.entry.digest, proof=given, by=cast.administrator, at=LATER)
    assert newest().state is TextState.UNSIGNED


def test_a_signature_under_other_words_is_refused_by_the_database(cast: Cast) -> None:
    row = written(cast).row
    assert row is not None
    signed = TextSignature(
        intervention=row, digest="0" * 64, signed_by=cast.treating.user, meaning="for_use", signed_at=LATER
    )
    with pytest.raises(IntegrityError, match="does not cover this text"), transaction.atomic():
        signed.save()


def test_a_text_that_was_changed_behind_its_signature_is_not_used(cast: Cast) -> None:
    digest = newest().entry.digest
    entry = replace(newest().entry, body=newest().entry.body | {"words": "Other words."})
    row = Intervention.objects.create(code=CODE, version="9.0.0", digest=digest, body=entry.body)
    signed = TextSignature(
        intervention=row, digest=digest, signed_by=cast.treating.user, meaning="for_use", signed_at=LATER
    )
    signed.save()
    assert CODE not in texts.standing()


def test_a_text_that_is_merely_not_used_any_more_leaves_drafts_and_signed_steps(cast: Cast) -> None:
    first, second = open_drafts(cast.patient, cast.treating)
    approved(first, cast.treating)
    for draft in (first, second):
        write.end_use(row=draft.intervention, by=cast.treating, at=LATER)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"approved", "open"}
    assert not PublicationStop.objects.exists()
    assert not {first.code, second.code} & set(texts.standing())


def test_a_new_fact_stops_the_signed_step_whose_rules_name_it_and_no_other(cast: Cast) -> None:
    walk, activation = sorted(open_drafts(cast.patient, cast.treating), key=lambda each: each.code)[::-1]
    signed = {draft.code: approved(draft, cast.treating) for draft in (walk, activation)}
    done = permissions.record_screening(
        patient=cast.patient,
        answers={"cardiac": ScreeningState.PRESENT},
        source=ScreeningSource.INTERVIEW,
        by=cast.treating,
        at=LATER,
    )
    assert (done.steps, len(done.facts)) == (1, 1)
    stop = PublicationStop.objects.get()
    assert (stop.publication_id, stop.reason) == (signed["planned_walk"].pk, "new_fact")


def test_a_fact_that_no_rule_names_stops_nothing(cast: Cast) -> None:
    for draft in open_drafts(cast.patient, cast.treating):
        approved(draft, cast.treating)
    done = permissions.record_screening(
        patient=cast.patient,
        answers={"ocd": ScreeningState.PRESENT},
        source=ScreeningSource.INTERVIEW,
        by=cast.treating,
        at=LATER,
    )
    assert done.steps == 0
